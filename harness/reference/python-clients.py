"""Drives the official Python clients against the reference server. Run by python-clients.slow.test.ts, one part at a time."""

import sys
from datetime import datetime, timedelta, timezone

from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import (
    AccountSasPermissions,
    BlobLeaseClient,
    BlobSasPermissions,
    BlobServiceClient,
    RetentionPolicy,
    ResourceTypes,
    generate_account_sas,
    generate_blob_sas,
)
from azure.storage.fileshare import ShareServiceClient

part, blob_port, file_port, account, key = sys.argv[1:6]
blob_url = f"http://127.0.0.1:{blob_port}/{account}"
file_url = f"http://127.0.0.1:{file_port}/{account}"
credential = {"account_name": account, "account_key": key}
blobs = BlobServiceClient(blob_url, credential=credential, retry_total=0)
files = ShareServiceClient(file_url, credential=credential, retry_total=0)
ANOTHER_ID = "11111111-2222-4333-8444-555555555555"
tomorrow = datetime.now(timezone.utc) + timedelta(days=1)


def refused(call, status, code):
    """The call has to be refused with this status and code."""
    try:
        call()
    except HttpResponseError as error:
        found = (error.status_code, getattr(error.error_code, "value", error.error_code))
        assert found == (status, code), f"refused with {found}, expected {(status, code)}"
        return
    raise AssertionError(f"not refused, expected {status} {code}")


def equal(found, expected):
    assert found == expected, f"found {found!r}, expected {expected!r}"


def new_container(name):
    container = blobs.get_container_client(name)
    container.create_container(metadata={"made": "by-python"})
    return container


def new_share(name):
    share = files.get_share_client(name)
    share.create_share(quota=5)
    return share


def containers():
    container = new_container("py-containers")
    refused(container.create_container, 409, "ContainerAlreadyExists")
    equal(container.get_container_properties().metadata, {"made": "by-python"})
    container.set_container_metadata({"other": "value"})
    [listed] = blobs.list_containers(name_starts_with="py-containers", include_metadata=True)
    equal((listed.name, listed.metadata, listed.lease.state), ("py-containers", {"other": "value"}, "available"))
    container.set_container_access_policy({}, public_access="blob")
    equal(container.get_container_access_policy()["public_access"], "blob")
    lease = container.acquire_lease(lease_duration=15)
    refused(container.delete_container, 412, "LeaseIdMissing")
    lease.renew()
    lease.change(ANOTHER_ID)
    equal(lease.break_lease(lease_break_period=0), 0)
    container.delete_container()
    refused(container.get_container_properties, 404, "ContainerNotFound")


def block_blobs():
    container = new_container("py-blocks")
    blob = container.get_blob_client("dir/b c+é")
    blob.upload_blob(b"hello world", metadata={"a": "1"}, tags={"t": "u"})
    equal(blob.download_blob().readall(), b"hello world")
    equal(blob.download_blob(offset=6, length=5).readall(), b"world")
    refused(lambda: blob.upload_blob(b"again"), 409, "BlobAlreadyExists")
    blob.upload_blob(b"", overwrite=True)
    equal(blob.download_blob().readall(), b"")
    large = bytes(range(256)) * 20_000
    many = BlobServiceClient(
        blob_url, credential=credential, max_block_size=1_000_000, max_single_put_size=100_000, max_single_get_size=700_000
    )
    other = many.get_blob_client("py-blocks", "large")
    other.upload_blob(large, max_concurrency=4)
    equal(other.download_blob(max_concurrency=2).readall(), large)
    blob.set_http_headers()
    blob.set_blob_metadata({"b": "2"})
    blob.set_blob_tags({"x": "y"})
    blob.set_standard_blob_tier("Cool")
    properties = blob.get_blob_properties()
    equal((properties.metadata, properties.blob_tier, properties.tag_count), ({"b": "2"}, "Cool", 1))
    equal(blob.get_blob_tags(), {"x": "y"})
    stale = {"etag": '"0x1"', "match_condition": MatchConditions.IfNotModified}
    refused(lambda: blob.get_blob_properties(**stale), 412, "ConditionNotMet")
    blob.delete_blob()
    refused(blob.get_blob_properties, 404, "BlobNotFound")


def append_and_page_blobs():
    container = new_container("py-pages")
    log = container.get_blob_client("log")
    log.create_append_blob()
    log.append_block(b"one")
    log.append_block(b"two", appendpos_condition=3)
    refused(lambda: log.append_block(b"x", appendpos_condition=0), 412, "AppendPositionConditionNotMet")
    equal(log.download_blob().readall(), b"onetwo")
    log.seal_append_blob()
    disk = container.get_blob_client("disk")
    disk.create_page_blob(2048)
    disk.upload_page(b"p" * 1024, offset=512, length=1024)
    disk.clear_page(offset=1024, length=512)
    equal([(each.start, each.end) for each in disk.list_page_ranges()], [(512, 1023)])
    disk.resize_blob(1024)
    disk.set_sequence_number("update", "7")
    equal(disk.get_blob_properties().page_blob_sequence_number, 7)


def listings():
    container = new_container("py-listings")
    for name in ["a/1", "a/2", "b", "c/1"]:
        container.upload_blob(name, b"x", metadata={"n": "v"})
    equal([each.name for each in container.list_blobs(results_per_page=3)], ["a/1", "a/2", "b", "c/1"])
    equal(sorted(each.name for each in container.walk_blobs()), ["a/", "b", "c/"])
    container.get_blob_client("b").acquire_lease(30)
    [leased] = container.list_blobs(name_starts_with="b", include=["metadata"])
    equal((leased.lease.state, leased.lease.duration, leased.metadata), ("leased", "fixed", {"n": "v"}))


def snapshots_and_soft_delete():
    container = new_container("py-snapshots")
    blob = container.get_blob_client("blob")
    blob.upload_blob(b"one")
    snapshot = blob.create_snapshot()["snapshot"]
    blob.upload_blob(b"two", overwrite=True)
    old = container.get_blob_client("blob", snapshot=snapshot)
    equal(old.download_blob().readall(), b"one")
    refused(blob.delete_blob, 409, "SnapshotsPresent")
    blob.delete_blob(delete_snapshots="only")
    blobs.set_service_properties(delete_retention_policy=RetentionPolicy(enabled=True, days=2))
    equal(blobs.get_service_properties()["delete_retention_policy"].days, 2)
    blob.delete_blob()
    equal([each.deleted for each in container.list_blobs(include=["deleted"])], [True])
    blob.undelete_blob()
    equal(blob.download_blob().readall(), b"two")
    blobs.set_service_properties(delete_retention_policy=RetentionPolicy(enabled=False))
    blob.delete_blob()
    refused(blob.undelete_blob, 404, "BlobNotFound")


def copies():
    container = new_container("py-copies")
    source = container.get_blob_client("source")
    source.upload_blob(b"copied")
    copy = container.get_blob_client("copy")
    equal(copy.start_copy_from_url(source.url)["copy_status"], "success")
    container.get_blob_client("sync").start_copy_from_url(source.url, requires_sync=True)
    container.get_blob_client("put").upload_blob_from_url(source.url)
    for name in ["copy", "sync", "put"]:
        equal(container.download_blob(name).readall(), b"copied")
    equal(copy.get_blob_properties().copy.progress, "6/6")
    refused(lambda: copy.abort_copy(ANOTHER_ID), 409, "NoPendingCopyOperation")


def blob_leases():
    container = new_container("py-leases")
    blob = container.get_blob_client("blob")
    blob.upload_blob(b"one")
    lease = blob.acquire_lease(lease_duration=15)
    equal(blob.get_blob_properties().lease.duration, "fixed")
    refused(lambda: blob.upload_blob(b"two", overwrite=True), 412, "LeaseIdMissing")
    blob.upload_blob(b"two", overwrite=True, lease=lease)
    lease.renew()
    lease.change(ANOTHER_ID)
    lease.release()
    # A lease client forgets its id when it releases.
    refused(BlobLeaseClient(blob, lease_id=ANOTHER_ID).renew, 409, "LeaseIdMismatchWithLeaseOperation")
    refused(lambda: blob.set_blob_metadata({}, lease=ANOTHER_ID), 412, "LeaseNotPresentWithBlobOperation")
    equal(blob.acquire_lease(lease_duration=-1).break_lease(), 0)
    equal(blob.get_blob_properties().lease.state, "broken")


def signatures():
    container = new_container("py-signatures")
    container.upload_blob("blob", b"one")
    token = generate_blob_sas(
        account, "py-signatures", "blob", account_key=key, permission=BlobSasPermissions(write=True), expiry=tomorrow
    )
    signed = BlobServiceClient(blob_url, credential=token, retry_total=0).get_blob_client("py-signatures", "blob")
    signed.acquire_lease(15).release()
    refused(signed.get_blob_properties, 403, "AuthorizationPermissionMismatch")
    token = generate_account_sas(
        account, key, ResourceTypes(container=True), AccountSasPermissions(write=True, delete=True), tomorrow
    )
    signed = BlobServiceClient(blob_url, credential=token, retry_total=0)
    signed.get_container_client("py-signatures").acquire_lease(15).break_lease(0)
    refused(lambda: signed.get_blob_client("py-signatures", "blob").acquire_lease(15), 403, "AuthorizationResourceTypeMismatch")


def shares():
    share = new_share("py-shares")
    refused(share.create_share, 409, "ShareAlreadyExists")
    share.set_share_metadata({"a": "b"})
    share.set_share_quota(7)
    [listed] = files.list_shares(name_starts_with="py-shares", include_metadata=True)
    equal((listed.metadata, listed.quota, listed.lease.state), ({"a": "b"}, 7, "available"))
    equal(share.get_share_stats(), 0)
    share.set_share_access_policy({})
    equal(share.get_share_access_policy()["signed_identifiers"], [])
    permission = share.create_permission_for_share("O:SYG:SYD:(A;;FA;;;SY)")
    equal(share.get_permission_for_share(permission), "O:SYG:SYD:(A;;FA;;;SY)")
    share.delete_share()
    refused(share.get_share_properties, 404, "ShareNotFound")


def share_leases():
    share = new_share("py-share-leases")
    lease = share.acquire_lease(lease_duration=15)
    refused(share.delete_share, 412, "LeaseIdMissing")
    refused(lambda: share.set_share_metadata({"a": "b"}), 412, "LeaseIdMissing")
    lease.renew()
    lease.change(ANOTHER_ID)
    equal(lease.break_lease(lease_break_period=0), 0)
    snapshot = share.create_snapshot()["snapshot"]
    snapped = files.get_share_client("py-share-leases", snapshot=snapshot)
    snapped.acquire_lease()
    equal(snapped.get_share_properties().lease.state, "leased")
    refused(lambda: share.delete_share(delete_snapshots=True), 409, "DeleteShareWhenSnapshotLeased")
    share.delete_share(delete_snapshots="include-leased")


def directories_and_files():
    share = new_share("py-files")
    directory = share.create_directory("dir", metadata={"a": "b"})
    equal(directory.get_directory_properties().metadata, {"a": "b"})
    directory.create_subdirectory("sub")
    file = directory.get_file_client("file")
    file.upload_file(b"hello world", metadata={"c": "d"})
    equal(file.download_file().readall(), b"hello world")
    equal(file.download_file(offset=6, length=5).readall(), b"world")
    large = bytes(range(256)) * 20_000
    other = directory.get_file_client("large")
    other.upload_file(large, max_concurrency=2)
    equal(other.download_file(max_concurrency=2).readall(), large)
    file.resize_file(2048)
    file.upload_range(b"r" * 512, offset=1024, length=512)
    file.clear_range(offset=0, length=512)
    equal([(each["start"], each["end"]) for each in file.get_ranges()], [(1024, 1535)])
    file.set_file_metadata({"e": "f"})
    equal(file.get_file_properties().metadata, {"e": "f"})
    equal(sorted(each.name for each in directory.list_directories_and_files()), ["file", "large", "sub"])
    copy = share.get_file_client("copy")
    equal(copy.start_copy_from_url(other.url)["copy_status"], "success")
    equal(copy.get_file_properties().size, len(large))
    refused(directory.delete_directory, 409, "DirectoryNotEmpty")
    file.delete_file()
    refused(file.get_file_properties, 404, "ResourceNotFound")


def file_leases():
    share = new_share("py-file-leases")
    file = share.get_file_client("file")
    file.create_file(10)
    lease = file.acquire_lease()
    refused(lambda: file.upload_range(b"x", offset=0, length=1), 412, "LeaseIdMissing")
    file.upload_range(b"x", offset=0, length=1, lease=lease)
    lease.change(ANOTHER_ID)
    equal(file.get_file_properties().lease.state, "leased")
    lease.break_lease()
    equal(file.get_file_properties().lease.state, "broken")
    lease.release()
    refused(lambda: file.delete_file(lease=ANOTHER_ID), 412, "LeaseNotPresentWithFileOperation")
    file.delete_file()


def renames():
    share = new_share("py-renames")
    source = share.get_file_client("old")
    source.create_file(3)
    target = share.get_file_client("new")
    target.create_file(5)
    moving, replaced = source.acquire_lease(), target.acquire_lease()
    refused(lambda: source.rename_file("new", overwrite=True), 412, "LeaseIdMissing")
    moved = source.rename_file("new", overwrite=True, source_lease=moving, destination_lease=replaced)
    equal((moved.get_file_properties().size, moved.get_file_properties().lease.state), (3, "leased"))
    directory = share.create_directory("dir")
    directory.upload_file("in it", b"x")
    renamed = directory.rename_directory("moved")
    equal(renamed.get_file_client("in it").download_file().readall(), b"x")


globals()[part]()
print(f"{part} passed")
