"""The driver: what is done for each message of the driver protocol.

It is written once for both flavours of the SDK, as coroutines. Those of the clients that block never wait, since
`Sdk.settled` has a result at once; `run_now` runs them to their end like functions.
"""

from __future__ import annotations

import logging
import platform
import sys
from importlib.metadata import version
from typing import Any, Coroutine, Dict, List, Mapping, Tuple, Type

from .blob_calls import BLOB_CALLS
from .call import Method, Use
from .credential import service_client
from .documented import DOCUMENTED
from .file_calls import FILE_CALLS
from .lease_calls import LEASE_ACTIONS, LeaseHandle, lease_table
from .place import Place, Sdk
from .result import raised

PROTOCOL = 1
KINDS = ("blob", "blob-snapshot", "container", "share", "share-snapshot", "file")
# A scenario has a few places, and the next one has others.
MOST_PLACES = 16
PACKAGES = ("azure-storage-blob", "azure-storage-file-share")

Message = Mapping[str, Any]
Answer = Dict[str, Any]

_USES: Mapping[str, Use] = {**BLOB_CALLS, **FILE_CALLS}


class Port:
    """A place to send requests to, with the service client for it and the clients that were got from that."""

    def __init__(self, service: Any, connect: Message) -> None:
        self.service = service
        self.connect = connect
        self.places: Dict[Tuple[Tuple[str, str], ...], Place] = {}


class Driver:
    """Holds the clients of all ports, and the lease clients of all handles."""

    def __init__(self, name: str, sdk: Sdk, in_flight: int, token_class: Type[Any], plain_transport: Type[Any]) -> None:
        self._name = name
        self._sdk = sdk
        self._in_flight = in_flight
        self._token_class = token_class
        self._plain_transport = plain_transport
        self._ports: Dict[int, Port] = {}
        self._handles: Dict[int, LeaseHandle] = {}

    async def answer(self, message: Message) -> Answer:
        """The answer to a message that has one."""
        seq = message["seq"]
        try:
            return {"seq": seq, **await self._answer(message)}
        except Exception as error:  # What the SDK raises is told by `_call`, so this is the driver's own.
            return {"seq": seq, "failed": f"{type(error).__name__}: {error}"}

    def forget(self, handles: List[int]) -> None:
        for handle in handles:
            self._handles.pop(handle, None)

    async def close(self) -> None:
        for port in self._ports.values():
            await self._sdk.settled(port.service.close())

    async def _answer(self, message: Message) -> Answer:
        wanted = message["do"]
        if wanted == "hello":
            return self._hello(message)
        if wanted == "connect":
            return await self._connect(message)
        if wanted == "call":
            return await self._call(message)
        raise ValueError(f"message {wanted} is unknown; expected hello, connect, call, forget or stop")

    def _hello(self, message: Message) -> Answer:
        if message["protocol"] != PROTOCOL:
            raise ValueError(f"protocol {message['protocol']} is unknown; this driver speaks {PROTOCOL}")
        probe = self._sdk.BlobServiceClient("http://127.0.0.1/account")
        return {
            "protocol": PROTOCOL,
            "driver": self._name,
            "language": f"Python {platform.python_version()}",
            "packages": [{"name": name, "version": version(name)} for name in PACKAGES],
            "apiVersion": probe.api_version,
            "inFlight": self._in_flight,
            # An int of Python is as large as it has to be.
            "numbers": "whole",
            "calls": self._table(),
            "documented": DOCUMENTED,
        }

    def _table(self) -> Dict[str, Any]:
        leases = {name: entry for kind in KINDS for name, entry in lease_table(kind).items()}
        # Older packages lack some methods.
        uses = {name: use.describe(self._has) for name, use in _USES.items() if self._has(use.method)}
        return {**leases, **uses}

    def _has(self, method: Method) -> bool:
        sdk = self._sdk
        service = sdk.ShareServiceClient if method.name == "list_shares" else sdk.BlobServiceClient
        classes = {
            "service": service,
            "container": sdk.ContainerClient,
            "blob": sdk.BlobClient,
            "share": sdk.ShareClient,
            "file": sdk.ShareFileClient,
        }
        return hasattr(classes[method.client], method.name)

    async def _connect(self, message: Message) -> Answer:
        wanted = {name: value for name, value in message.items() if name != "seq"}
        known = self._ports.get(message["port"])
        if known is not None and known.connect == wanted:
            # The same place for another scenario: an application would keep its service client.
            known.places.clear()
            return {"connected": True}
        if known is not None:
            await self._sdk.settled(known.service.close())
        if message.get("logging"):
            _log_everything()
        is_blob = message["service"] == "blob"
        client_class = self._sdk.BlobServiceClient if is_blob else self._sdk.ShareServiceClient
        service = service_client(client_class, message, self._token_class, self._plain_transport)
        self._ports[message["port"]] = Port(service, wanted)
        return {"connected": True}

    async def _call(self, message: Message) -> Answer:
        place = self._place(message["port"], message["place"])
        if message["call"] in LEASE_ACTIONS:
            return await self._lease_call(place, message)
        try:
            return {"returned": await self._use(place, message)}
        except Exception as error:
            return {"raised": raised(error)}

    def _place(self, port_number: int, named: Mapping[str, str]) -> Place:
        port = self._ports[port_number]
        key = tuple(named.items())
        # Taken out and put back, the places that were asked for last stand last.
        place = port.places.pop(key, None) or Place(self._sdk, port.service, named)
        port.places[key] = place
        if len(port.places) > MOST_PLACES:
            del port.places[next(iter(port.places))]
        return place

    async def _use(self, place: Place, message: Message) -> Dict[str, str]:
        use, arguments, way = _USES[message["call"]], message["arguments"], message.get("way")
        source = self._place(message["port"], arguments["source"]["place"]) if use.source_lease else None
        said = use.ways.get(way or "", use.method)
        client = getattr(source or place, said.client)
        keywords = use.keywords(place, source, arguments, way, message["kind"])
        result = getattr(client, said.name)(**said.given(place, arguments), **keywords)
        if not said.pages:
            return use.reading.read(await self._sdk.settled(result))
        items = await self._sdk.first_page(result)
        return use.reading.read(_listed(items, place, message["kind"])) if use.reading.tells else {}

    async def _lease_call(self, place: Place, message: Message) -> Answer:
        asked, kind = message["lease"], message["kind"]
        handle = self._handles.get(asked["handle"])
        if handle is None:
            handle = LeaseHandle(place.lease_client(kind, asked.get("id")))
            self._handles[asked["handle"]] = handle
            place.leases.insert(0, handle)
        before = handle.show()
        try:
            told = await handle.perform(
                self._sdk, place, kind, message["call"], message.get("way"), message["arguments"]
            )
            outcome: Answer = {"returned": told}
        except Exception as error:
            outcome = {"raised": raised(error)}
        return {**outcome, "lease": {"before": before, "after": handle.show()}}


def _listed(items: List[Any], place: Place, kind: str) -> Any:
    """What a listing says of the resource. A snapshot is listed under the same name, and is not what is asked for."""
    names = {"blob": place.blob_name, "container": place.container_name, "share": place.share_name}
    return next((item for item in items if item.name == names[kind] and not getattr(item, "snapshot", None)), None)


def _log_everything() -> None:
    """Lets the SDK log what it can: standard output is for the protocol, so to standard error."""
    logger = logging.getLogger("azure")
    if logger.handlers:
        return
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.setLevel(logging.DEBUG)


def run_now(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that never waits."""
    try:
        coroutine.send(None)
    except StopIteration as ended:
        return ended.value
    raise RuntimeError("a call of the clients that block waits for something")
