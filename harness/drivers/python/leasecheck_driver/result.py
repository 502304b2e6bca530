"""What the SDK gives its caller, as the driver protocol tells it: results and lease clients by the headers that their
fields stand for, exceptions by what they say and why they were raised.
"""

from __future__ import annotations

import dis
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Callable, Dict, Iterator, Optional, Tuple

from azure.core.exceptions import (
    DecodeError,
    DeserializationError,
    HttpResponseError,
    IncompleteReadError,
    SerializationError,
    ServiceRequestError,
    ServiceResponseError,
)

Told = Dict[str, str]


@dataclass(frozen=True)
class Reading:
    """How a kind of result is read, and what it is documented to hold."""

    tells: Tuple[str, ...]
    read: Callable[[Any], Told]


def _text(value: Any) -> Optional[str]:
    """A field as text; None stays None. Dates are those of the service and so in UTC, whether they say so or not."""
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo else value.isoformat() + "Z"
    return None if value is None else str(value)


def _told(fields: Dict[str, Any]) -> Told:
    texts = {header: _text(value) for header, value in fields.items()}
    return {header: text for header, text in texts.items() if text is not None}


def _read_properties(properties: Any) -> Told:
    if properties is None:
        return {}
    lease = properties.lease
    return _told(
        {
            "etag": properties.etag,
            "last-modified": properties.last_modified,
            "x-ms-lease-state": lease.state,
            "x-ms-lease-status": lease.status,
            "x-ms-lease-duration": lease.duration,
        }
    )


_REPORTED = ("etag", "last-modified", "x-ms-lease-state", "x-ms-lease-status", "x-ms-lease-duration")

NOTHING = Reading((), lambda _: {})
"""Results that hold nothing of what concerns leases. Most of them are None."""

UPDATED = Reading(
    ("etag", "last-modified"),
    lambda result: _told({"etag": result.get("etag"), "last-modified": result.get("last_modified")}),
)
"""`Blob-updated property dict (Etag and last modified)`, and its like of containers, shares and files."""

PROPERTIES = Reading(_REPORTED, _read_properties)
"""BlobProperties, ContainerProperties, ShareProperties, FileProperties; None where a listing lacks the resource."""

DOWNLOADED = Reading(_REPORTED, lambda downloader: _read_properties(downloader.properties))
"""StorageStreamDownloader, which has read the content when it is returned, as long as that is small."""

TIME_LEFT = Reading(("x-ms-lease-time",), lambda seconds: _told({"x-ms-lease-time": seconds}))
"""break_lease returns `approximate time remaining in the lease period, in seconds`."""


def shown(lease: Any) -> Dict[str, str]:
    """What a lease client shows of itself: its attributes id, etag and last_modified."""
    fields = {"id": lease.id, "etag": lease.etag, "lastModified": lease.last_modified}
    return _told(fields)


class BodyErrorSwallowed(Exception):
    """The context manager took the error of the body for its own, so the application never hears of it."""


def raised(error: Exception) -> Dict[str, Any]:
    """What an exception of the SDK says, and why it was raised.

    What never was in the SDK is the driver's own mistake: it is raised again, so that nobody takes it for the SDK's.
    """
    if not isinstance(error, BodyErrorSwallowed) and not any(_is_of_sdk(frame) for frame in _frames(error)):
        raise error
    said: Dict[str, Any] = {"error": type(error).__name__, "because": _reason(error)}
    if isinstance(error, HttpResponseError):
        if error.status_code is not None:
            said["status"] = int(error.status_code)
        code = getattr(error, "error_code", None)
        # Codes that the SDK knows are members of an enumeration, others are plain text.
        code = getattr(code, "value", code)
        if code is not None:
            said["code"] = str(code)
    return said


def _reason(error: Exception) -> str:
    if isinstance(error, (ServiceRequestError, ServiceResponseError, IncompleteReadError)):
        return "connection"
    if isinstance(error, (DecodeError, DeserializationError)):
        return "accident"
    if isinstance(error, HttpResponseError):
        return "accident" if error.response is None else "service"
    if isinstance(error, SerializationError):
        return "client"
    return "client" if _was_meant(error) else "accident"


def _was_meant(error: Exception) -> bool:
    """Whether a line of the SDK says `raise`: the language raises a TypeError, KeyError and the like without."""
    *_, innermost = _frames(error)
    instruction = innermost.tb_frame.f_code.co_code[innermost.tb_lasti]
    return dis.opname[instruction] == "RAISE_VARARGS" and _is_of_sdk(innermost)


def _is_of_sdk(frame: TracebackType) -> bool:
    return str(frame.tb_frame.f_globals.get("__name__", "")).startswith("azure.")


def _frames(error: Exception) -> Iterator[TracebackType]:
    """Where an exception came through, from the outside to where it was raised."""
    trace = error.__traceback__
    while trace is not None:
        yield trace
        trace = trace.tb_next
