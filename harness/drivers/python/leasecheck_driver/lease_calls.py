"""The calls of lease clients: BlobLeaseClient for blobs and containers, ShareLeaseClient for shares and files.

A lease client keeps an id from call to call, so a call names none: which one is sent is the lease client's own affair.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence

from . import conditions
from .call import Arguments
from .content import TIMEOUT_SECONDS
from .place import Place, Sdk
from .result import TIME_LEFT, BodyErrorSwallowed, Told, shown

LEASE_ACTIONS = ("acquire", "renew", "change", "release", "break")

_KEPT = ["x-ms-lease-id", "etag", "last-modified"]
"""What acquire, renew and change leave in the attributes of the lease client; they return None."""

_ALL = conditions.ETAGS + conditions.DATES + conditions.TAGS
# Lease Container takes no others, and ContainerClient.acquire_lease names no others.
_CONDITIONS_OF: Mapping[str, Sequence[str]] = {
    "blob": _ALL,
    "blob-snapshot": _ALL,
    "container": conditions.DATES,
}


def lease_table(kind: str) -> Dict[str, Dict[str, Any]]:
    """The entries of the call table for lease calls on a kind of resource."""
    taken = list(_CONDITIONS_OF.get(kind, ()))
    if kind == "file":
        # `Lease renewal operations are only valid for ShareClient`, and a break period is of shares alone.
        own = {"renew": {"leaseId": "required", "sends": "nothing"}, "break": {}}
    else:
        own = {"renew": {"leaseId": "required"}, "break": {"breakPeriod": "optional"}}
    # break_lease of blobs names no ETag among its conditions.
    break_taken = [header for header in taken if header not in conditions.ETAGS]
    acquire = {"proposedLeaseId": "optional", "duration": "optional", "fills": ["proposedLeaseId", "duration"]}
    change = {"leaseId": "required", "proposedLeaseId": "required"}
    release = {"leaseId": "required"}
    leaving = ["context-manager", "context-manager-raising"]
    return {
        f"{kind}.acquire": _entry(acquire, taken, _KEPT, ["shortcut"]),
        f"{kind}.renew": _entry(own["renew"], taken, _KEPT),
        f"{kind}.change": _entry(change, taken, _KEPT),
        f"{kind}.release": _entry(release, taken, ["etag", "last-modified"], leaving),
        f"{kind}.break": _entry(own["break"], break_taken, list(TIME_LEFT.tells)),
    }


def _entry(
    takes: Mapping[str, Any], taken: Sequence[str], tells: Sequence[str], ways: Sequence[str] = ()
) -> Dict[str, Any]:
    asked = {"conditions": list(taken)} if taken else {}
    return {**takes, **asked, "tells": list(tells), "ways": ["timeout", *ways]}


class LeaseHandle:
    """A lease client in use. An acquire by the shortcut gives it another one."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.last_id: Optional[str] = client.id

    def show(self) -> Told:
        """What the lease client shows of itself."""
        self.last_id = self.client.id or self.last_id
        return shown(self.client)

    async def perform(
        self, sdk: Sdk, place: Place, kind: str, action: str, way: Optional[str], arguments: Arguments
    ) -> Told:
        """Performs a lease action, and tells what came of it."""
        keywords = conditions.parameters_of(arguments.get("condition"))
        if way == "timeout":
            keywords["timeout"] = TIMEOUT_SECONDS
        if action == "break":
            if "breakPeriod" in arguments:
                keywords["lease_break_period"] = arguments["breakPeriod"]
            return TIME_LEFT.read(await sdk.settled(self.client.break_lease(**keywords)))
        if action == "acquire":
            await self._acquire(sdk, place, kind, way, arguments, keywords)
        elif action == "change":
            await sdk.settled(self.client.change(arguments["proposedLeaseId"], **keywords))
        elif action == "renew":
            await sdk.settled(self.client.renew(**keywords))
        elif action == "release":
            await self._release(sdk, way, keywords)
        else:
            raise ValueError(f"{action} is no lease action; expected one of {', '.join(LEASE_ACTIONS)}")
        return self._kept(without_id=action == "release")

    async def _acquire(
        self, sdk: Sdk, place: Place, kind: str, way: Optional[str], arguments: Arguments, keywords: Dict[str, Any]
    ) -> None:
        if "duration" in arguments:
            keywords["lease_duration"] = arguments["duration"]
        # The shortcut of a file takes no duration, so an acquire that has one goes through the lease client.
        if way == "shortcut" and not (kind == "file" and "duration" in arguments):
            lease_id = {"lease_id": arguments["proposedLeaseId"]} if "proposedLeaseId" in arguments else {}
            self.client = await sdk.settled(place.leased(kind).acquire_lease(**lease_id, **keywords))
        else:
            await sdk.settled(self.client.acquire(**keywords))

    async def _release(self, sdk: Sdk, way: Optional[str], keywords: Dict[str, Any]) -> None:
        # A context manager releases without any argument.
        if way == "context-manager" and not keywords:
            await sdk.leave(self.client, None)
        elif way == "context-manager-raising" and not keywords:
            await self._leave_by_error(sdk)
        else:
            await sdk.settled(self.client.release(**keywords))

    async def _leave_by_error(self, sdk: Sdk) -> None:
        """A body that raises has the lease released, and its error has to come through."""
        try:
            await sdk.leave(self.client, _BodyError())
        except _BodyError:
            return
        raise BodyErrorSwallowed()

    def _kept(self, without_id: bool) -> Told:
        told = {"x-ms-lease-id" if name == "id" else name: text for name, text in shown(self.client).items()}
        if "lastModified" in told:
            told["last-modified"] = told.pop("lastModified")
        if without_id:
            told.pop("x-ms-lease-id", None)
        return told


class _BodyError(Exception):
    """Raised in the body of a `with` statement."""
