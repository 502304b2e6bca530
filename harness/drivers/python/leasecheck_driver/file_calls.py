"""The calls for uses of shares and files.

Left out is what the SDK has no method for: metadata are read together with the other properties, lease clients send no
unknown action. Each entry lists the parameters that the reference of its method names, and no others.
"""

from __future__ import annotations

import inspect
from typing import Any, Dict, Mapping, Sequence

from azure.storage.fileshare import ContentSettings, ShareClient

from .call import Arguments, Given, Use, method
from .content import COPY_ID, FILE_BYTES, METADATA, QUOTA_GIB, TEXT
from .place import Place
from .result import DOWNLOADED, PROPERTIES, UPDATED


def _constant(**values: Any) -> Given:
    return lambda _place, _arguments: values


def _source_url(_place: Place, arguments: Arguments) -> Dict[str, Any]:
    return {"source_url": arguments["source"]["url"]}


def _new_name(place: Place, _arguments: Arguments) -> Dict[str, Any]:
    return {"new_name": place.file_name, "overwrite": True}


def _snapshots(_place: Place, arguments: Arguments) -> Dict[str, Any]:
    if "snapshots" not in arguments:
        return {}
    # Either of True and "include" is documented; older releases know nothing but True.
    return {"delete_snapshots": True if arguments["snapshots"] == "include" else arguments["snapshots"]}


def _snapshot_options() -> Sequence[str]:
    """Older releases delete no leased snapshots, and take the word for it as any other that is true."""
    taken = inspect.signature(ShareClient.delete_share).parameters["delete_snapshots"].annotation
    return ("include", "include-leased") if "include-leased" in str(taken) else ("include",)


def _share_prefix(place: Place, _arguments: Arguments) -> Dict[str, Any]:
    return {"name_starts_with": place.share_name}


_TEXT_TYPE = ContentSettings(content_type="text/plain")

FILE_CALLS: Mapping[str, Use] = {
    "getShareProperties": Use(method("share.get_share_properties"), PROPERTIES),
    "getShareAcl": Use(method("share.get_share_access_policy")),
    "getShareStats": Use(method("share.get_share_stats")),
    "listShares": Use(method("service.list_shares", _share_prefix, pages=True), PROPERTIES, lease=None),
    "snapshotShare": Use(method("share.create_snapshot"), UPDATED, lease=None),
    "setShareMetadata": Use(method("share.set_share_metadata", _constant(metadata=METADATA)), UPDATED),
    "setShareProperties": Use(
        method("share.set_share_properties", _constant(quota=QUOTA_GIB)),
        UPDATED,
        ways={"quota": method("share.set_share_quota", _constant(quota=QUOTA_GIB))},
    ),
    "setShareAcl": Use(method("share.set_share_access_policy", _constant(signed_identifiers={})), UPDATED),
    "createShare": Use(method("share.create_share"), UPDATED, lease=None),
    "deleteShare": Use(method("share.delete_share", _snapshots), snapshots=_snapshot_options()),
    "getShareSnapshotProperties": Use(method("share.get_share_properties"), PROPERTIES),
    "deleteShareSnapshot": Use(method("share.delete_share")),
    "getFile": Use(method("file.download_file"), DOWNLOADED),
    "getFileProperties": Use(method("file.get_file_properties"), PROPERTIES),
    "listRanges": Use(method("file.get_ranges"), ways={"list-ranges": method("file.list_ranges", pages=True)}),
    "setFileMetadata": Use(method("file.set_file_metadata", _constant(metadata=METADATA)), UPDATED),
    "setFileProperties": Use(method("file.set_http_headers", _constant(content_settings=_TEXT_TYPE)), UPDATED),
    "putRange": Use(method("file.upload_range", _constant(data=TEXT, offset=0, length=len(TEXT))), UPDATED),
    "clearRange": Use(method("file.clear_range", _constant(offset=0, length=FILE_BYTES)), UPDATED),
    "createFile": Use(method("file.create_file", _constant(size=FILE_BYTES, content_settings=_TEXT_TYPE)), UPDATED),
    "copyFile": Use(method("file.start_copy_from_url", _source_url), UPDATED, source=True),
    "abortCopyFile": Use(method("file.abort_copy", _constant(copy_id=COPY_ID))),
    # A method of what is renamed. It returns a client for the new name, and nothing of what was answered.
    "renameFile": Use(
        method("file.rename_file", _new_name),
        lease="destination_lease",
        source_lease="source_lease",
        source=True,
    ),
    "deleteFile": Use(method("file.delete_file")),
}
