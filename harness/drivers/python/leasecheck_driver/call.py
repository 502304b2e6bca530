"""How a use is said in the SDK: which method of which client with which arguments, and how its result is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Mapping, Optional, Sequence

from . import conditions
from .content import TIMEOUT_SECONDS
from .place import Place
from .result import NOTHING, Reading

Arguments = Mapping[str, Any]
"""`arguments` of a call in the driver protocol."""

Given = Callable[[Place, Arguments], Dict[str, Any]]


def _nothing_given(_place: Place, _arguments: Arguments) -> Dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Method:
    """A method of one of the clients for a place, and what it is given besides lease, conditions and timeout."""

    client: str
    name: str
    given: Given = _nothing_given
    pages: bool = False
    """It returns pages, the first of which is one request."""


def method(path: str, given: Given = _nothing_given, pages: bool = False) -> Method:
    """`blob.get_blob_properties`: the client as Place has it, and its method."""
    client, name = path.split(".")
    return Method(client, name, given, pages)


@dataclass(frozen=True)
class Use:
    """A use, as the reference of its method has it."""

    method: Method
    reading: Reading = NOTHING
    lease: Optional[str] = "lease"
    """The parameter that takes a lease id or a lease client; None: there is none."""
    source_lease: Optional[str] = None
    conditions: Sequence[str] = ()
    source: bool = False
    snapshots: Sequence[str] = ()
    timeout: bool = True
    ways: Mapping[str, Method] = field(default_factory=dict)
    """Other methods for the same request, with the same parameters."""

    def describe(self, exists: Callable[[Method], bool]) -> Dict[str, Any]:
        """The entry of the call table, with the methods that this version of the SDK has."""
        ways = [
            *(["lease-client"] if self.lease else []),
            *(["timeout"] if self.timeout else []),
            *(name for name, way in self.ways.items() if exists(way)),
        ]
        entry = {
            "leaseId": "optional" if self.lease else None,
            "sourceLeaseId": "optional" if self.source_lease else None,
            "source": "required" if self.source else None,
            "snapshots": list(self.snapshots) or None,
            "conditions": list(self.conditions) or None,
            "ways": ways or None,
        }
        return {
            **{name: value for name, value in entry.items() if value is not None},
            "tells": list(self.reading.tells),
        }

    def keywords(
        self, place: Place, source: Optional[Place], arguments: Arguments, way: Optional[str], kind: str
    ) -> Dict[str, Any]:
        """What the method is given for the arguments of a call."""
        found = conditions.parameters_of(arguments.get("condition"))
        for name, parameter, of in (("leaseId", self.lease, place), ("sourceLeaseId", self.source_lease, source)):
            if name in arguments and parameter is not None:
                lease_id = arguments[name]
                # Every parameter that takes a lease id takes a lease client as well, and is to send its id.
                found[parameter] = of.lease_for(kind, lease_id) if of and way == "lease-client" else lease_id
        if way == "timeout":
            found["timeout"] = TIMEOUT_SECONDS
        return found
