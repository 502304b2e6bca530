"""The calls for uses of blobs and containers.

Left out is what the SDK has no method for: metadata are read together with the other properties, lease clients send no
unknown action. Left out, too, is what sends more than one request: `upload_blob` of page and append blobs creates first
and writes then, and `delete_blobs` is a batch of requests in the body of another one. Each entry lists the parameters
that the reference of its method names, and no others: `abort_copy` for one takes a lease, and does not say so.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping

from azure.storage.blob import ContentSettings

from . import conditions
from .call import Arguments, Given, Use, method
from .content import BLOCK_ID, COPY_ID, METADATA, PAGE, PAGE_BYTES, RESIZED_BYTES, TAGS, TEXT
from .place import Place
from .result import DOWNLOADED, PROPERTIES, UPDATED

_DATES = conditions.DATES
_ETAGS_AND_DATES = conditions.ETAGS + conditions.DATES
_ALL = _ETAGS_AND_DATES + conditions.TAGS


def _constant(**values: Any) -> Given:
    return lambda _place, _arguments: values


def _from_source(**values: Any) -> Given:
    return lambda _place, arguments: {**values, "source_url": arguments["source"]["url"]}


def _append_from_source(_place: Place, arguments: Arguments) -> Dict[str, Any]:
    return {"copy_source_url": arguments["source"]["url"], "source_offset": 0, "source_length": len(TEXT)}


def _snapshots(_place: Place, arguments: Arguments) -> Dict[str, Any]:
    return {"delete_snapshots": arguments["snapshots"]} if "snapshots" in arguments else {}


def _snapshots_of_named(place: Place, arguments: Arguments) -> Dict[str, Any]:
    return {"blob": place.blob_name, **_snapshots(place, arguments)}


def _blob_prefix(place: Place, _arguments: Arguments) -> Dict[str, Any]:
    return {"name_starts_with": place.blob_name}


def _container_prefix(place: Place, _arguments: Arguments) -> Dict[str, Any]:
    return {"name_starts_with": place.container_name}


def _container_named(place: Place, _arguments: Arguments) -> Dict[str, Any]:
    return {"container": place.container_name}


def _blob_named(place: Place, _arguments: Arguments) -> Dict[str, Any]:
    return {"blob": place.blob_name}


_TEXT_TYPE = ContentSettings(content_type="text/plain")
_WHOLE_PAGE = {"offset": 0, "length": PAGE_BYTES}


def _copy(name: str, given: Given) -> Use:
    """What makes a blob from another one. Its lease is that of the destination."""
    return Use(method(name, given), UPDATED, lease="destination_lease", conditions=_ETAGS_AND_DATES, source=True)


# The results of appending and of writing pages from a URL are documented without any field.

BLOB_CALLS: Mapping[str, Use] = {
    "getBlob": Use(
        method("blob.download_blob"),
        DOWNLOADED,
        conditions=_ALL,
        ways={"container-client": method("container.download_blob", _blob_named)},
    ),
    "getBlobProperties": Use(method("blob.get_blob_properties"), PROPERTIES, conditions=_ALL),
    # Their other conditions go out under names of their own (x-ms-blob-if-match), which the model does not know.
    "getBlobTags": Use(method("blob.get_blob_tags"), conditions=conditions.TAGS),
    "getBlockList": Use(method("blob.get_block_list", _constant(block_list_type="all")), conditions=conditions.TAGS),
    "getPageRanges": Use(
        method("blob.list_page_ranges", pages=True),
        conditions=_ALL,
        ways={"get-page-ranges": method("blob.get_page_ranges")},
    ),
    "listBlobs": Use(
        method("container.list_blobs", _blob_prefix, pages=True),
        PROPERTIES,
        lease=None,
        ways={"walk-blobs": method("container.walk_blobs", _blob_prefix, pages=True)},
    ),
    "snapshotBlob": Use(method("blob.create_snapshot"), UPDATED, conditions=_ALL),
    "setBlobMetadata": Use(method("blob.set_blob_metadata", _constant(metadata=METADATA)), UPDATED, conditions=_ALL),
    "setBlobProperties": Use(
        method("blob.set_http_headers", _constant(content_settings=_TEXT_TYPE)), UPDATED, conditions=_ALL
    ),
    "appendBlock": Use(method("blob.append_block", _constant(data=TEXT)), UPDATED, conditions=_ALL),
    "appendBlockFromUrl": Use(method("blob.append_block_from_url", _append_from_source), conditions=_ALL, source=True),
    "sealAppendBlob": Use(method("blob.seal_append_blob"), UPDATED, conditions=_ETAGS_AND_DATES),
    "putPage": Use(method("blob.upload_page", _constant(page=PAGE, **_WHOLE_PAGE)), UPDATED, conditions=_ALL),
    "clearPage": Use(method("blob.clear_page", _constant(**_WHOLE_PAGE)), UPDATED, conditions=_ALL),
    "putPageFromUrl": Use(
        method("blob.upload_pages_from_url", _from_source(source_offset=0, **_WHOLE_PAGE)),
        conditions=_ALL,
        source=True,
    ),
    "resizePageBlob": Use(method("blob.resize_blob", _constant(size=RESIZED_BYTES)), UPDATED, conditions=_ALL),
    "setSequenceNumber": Use(
        method("blob.set_sequence_number", _constant(sequence_number_action="update", sequence_number="1")),
        UPDATED,
        conditions=_ALL,
    ),
    "setBlobTags": Use(method("blob.set_blob_tags", _constant(tags=TAGS)), UPDATED, conditions=conditions.TAGS),
    "setBlobTier": Use(
        method("blob.set_standard_blob_tier", _constant(standard_blob_tier="Hot")), conditions=conditions.TAGS
    ),
    "putBlob": Use(
        method("blob.upload_blob", _constant(data=TEXT, overwrite=True, tags=TAGS)), UPDATED, conditions=_ALL
    ),
    "putAppendBlob": Use(method("blob.create_append_blob", _constant(tags=TAGS)), UPDATED, conditions=_ETAGS_AND_DATES),
    "putPageBlob": Use(
        method("blob.create_page_blob", _constant(size=PAGE_BYTES, tags=TAGS)), UPDATED, conditions=_ETAGS_AND_DATES
    ),
    "putBlockList": Use(
        method("blob.commit_block_list", _constant(block_list=[], tags=TAGS)), UPDATED, conditions=_ALL
    ),
    "putBlobFromUrl": _copy("blob.upload_blob_from_url", _from_source(overwrite=True, tags=TAGS)),
    "copyBlobSync": _copy("blob.start_copy_from_url", _from_source(requires_sync=True, tags=TAGS)),
    "copyBlob": _copy("blob.start_copy_from_url", _from_source(tags=TAGS)),
    "putBlock": Use(method("blob.stage_block", _constant(block_id=BLOCK_ID, data=TEXT))),
    "putBlockFromUrl": Use(method("blob.stage_block_from_url", _from_source(block_id=BLOCK_ID)), source=True),
    "abortCopyBlob": Use(method("blob.abort_copy", _constant(copy_id=COPY_ID)), lease=None, timeout=False),
    "deleteBlob": Use(
        method("blob.delete_blob", _snapshots),
        conditions=_ALL,
        snapshots=("include",),
        ways={"container-client": method("container.delete_blob", _snapshots_of_named)},
    ),
    "undeleteBlob": Use(method("blob.undelete_blob"), lease=None),
    "getBlobSnapshot": Use(method("blob.download_blob"), DOWNLOADED, conditions=_ALL),
    "getBlobSnapshotProperties": Use(method("blob.get_blob_properties"), PROPERTIES, conditions=_ALL),
    "deleteBlobSnapshot": Use(method("blob.delete_blob"), conditions=_ALL),
    "getContainerProperties": Use(method("container.get_container_properties"), PROPERTIES),
    "getContainerAcl": Use(method("container.get_container_access_policy")),
    "listContainers": Use(method("service.list_containers", _container_prefix, pages=True), PROPERTIES, lease=None),
    "setContainerMetadata": Use(
        method("container.set_container_metadata", _constant(metadata=METADATA)),
        UPDATED,
        conditions=("if-modified-since",),
    ),
    "setContainerAcl": Use(
        method("container.set_container_access_policy", _constant(signed_identifiers={})), UPDATED, conditions=_DATES
    ),
    "createContainer": Use(method("container.create_container"), UPDATED, lease=None),
    "deleteContainer": Use(
        method("container.delete_container"),
        conditions=_DATES,
        ways={"service-client": method("service.delete_container", _container_named)},
    ),
}
