"""Leases as the Python SDK's users take them: a small test suite that asks wherever AZURE_STORAGE_CONNECTION_STRING leads.

Run it with: leasecheck proxy TARGET -- python leases.py
"""

import os
import sys
import time
import uuid

from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobLeaseClient, BlobServiceClient
from azure.storage.fileshare import ShareServiceClient

CONNECTION_STRING = os.environ["AZURE_STORAGE_CONNECTION_STRING"]
HAS_FILES = bool(os.environ.get("LEASECHECK_FILE_ENDPOINT"))


def refused(code, call, *args, **kwargs):
    """Expects that a call is refused with an error code."""
    try:
        call(*args, **kwargs)
    except HttpResponseError as error:
        assert error.error_code == code, f"expected {code}, and it was {error.error_code}"
        return
    raise AssertionError(f"expected {code}, and it succeeded")


def blob_lease(container):
    """A holder keeps a blob for itself, hands it on, and lets it go."""
    blob = container.get_blob_client("report.txt")
    blob.upload_blob(b"first")
    lease = blob.acquire_lease(lease_duration=15)
    assert blob.get_blob_properties().lease.state == "leased"
    refused("LeaseIdMissing", blob.upload_blob, b"second", overwrite=True)
    blob.upload_blob(b"second", overwrite=True, lease=lease)
    lease.renew()
    lease.change(proposed_lease_id=str(uuid.uuid4()))
    stranger = BlobLeaseClient(blob, lease_id=str(uuid.uuid4()))
    refused("LeaseIdMismatchWithLeaseOperation", stranger.renew)
    lease.release()
    assert blob.get_blob_properties().lease.state == "available"


def blob_lease_as_context(container):
    """The lease ends with its block."""
    blob = container.get_blob_client("context.txt")
    blob.upload_blob(b"text")
    with blob.acquire_lease() as lease:
        refused("LeaseIdMissing", blob.delete_blob)
        assert lease.id
    blob.delete_blob()


def broken_blob_lease(container):
    """Whoever needs the blob breaks the lease, and waits until it is over."""
    blob = container.get_blob_client("broken.txt")
    blob.upload_blob(b"text")
    lease = blob.acquire_lease(lease_duration=-1)
    assert lease.break_lease(lease_break_period=1) <= 1
    assert blob.get_blob_properties().lease.state in ("breaking", "broken")
    time.sleep(1.5)
    assert blob.get_blob_properties().lease.state == "broken"
    refused("LeaseIsBrokenAndCannotBeRenewed", lease.renew)
    blob.delete_blob()


def container_lease(container):
    """A leased container is not deleted without its lease; what is in it is free."""
    lease = container.acquire_lease(lease_duration=60)
    refused("LeaseIdMissing", container.delete_container)
    container.upload_blob("free.txt", b"text")
    assert [each.name for each in container.list_blobs(name_starts_with="free")] == ["free.txt"]
    lease.renew()
    lease.release()


def share_lease(share):
    """A share is leased like a container."""
    lease = share.acquire_lease(lease_duration=30)
    refused("LeaseIdMissing", share.delete_share)
    lease.renew()
    lease.change(proposed_lease_id=str(uuid.uuid4()))
    lease.release()


def file_lease(share):
    """The lease of a file has no end of its own."""
    file = share.get_file_client("notes.txt")
    file.upload_file(b"first")
    lease = file.acquire_lease()
    refused("LeaseIdMissing", file.delete_file)
    lease.change(proposed_lease_id=str(uuid.uuid4()))
    lease.break_lease()
    file.delete_file()


def main():
    """Runs every test, each on resources of its own."""
    tests = [blob_lease, blob_lease_as_context, broken_blob_lease, container_lease]
    blobs = BlobServiceClient.from_connection_string(CONNECTION_STRING)
    for test in tests:
        with_container(blobs, test)
    if HAS_FILES:
        shares = ShareServiceClient.from_connection_string(CONNECTION_STRING)
        for test in [share_lease, file_lease]:
            with_share(shares, test)
            tests.append(test)
    print(f"{len(tests)} tests passed")


def with_container(service, test):
    container = service.create_container(f"sample-{uuid.uuid4().hex[:12]}")
    test(container)
    container.delete_container()


def with_share(service, test):
    share = service.create_share(f"sample-{uuid.uuid4().hex[:12]}")
    test(share)
    share.delete_share()


if __name__ == "__main__":
    sys.exit(main())
