"""The clients of one resource, as an application gets them from a service client."""

from __future__ import annotations

from functools import cached_property
from typing import Any, List, Mapping, Optional, Protocol


class Sdk(Protocol):
    """One flavour of the SDK: the clients that block, or those that are awaited. Both have the same names."""

    BlobServiceClient: Any
    BlobClient: Any
    ContainerClient: Any
    BlobLeaseClient: Any
    ShareServiceClient: Any
    ShareClient: Any
    ShareFileClient: Any
    ShareLeaseClient: Any

    async def settled(self, value: Any) -> Any:
        """What a method of a client came to: it returned that, or something to await."""

    async def first_page(self, pages: Any) -> Any:
        """The items of the first page of a listing, for which one request is sent."""

    async def leave(self, lease: Any, error: Optional[Exception]) -> None:
        """Enters a lease client as a context manager, and leaves it at once, by an error if there is one."""


class Leased(Protocol):
    """A lease client in use, and the id that it has shown last."""

    client: Any
    last_id: Optional[str]


class Place:
    """A resource and what it lies in. Clients are made when they are asked for, and kept."""

    def __init__(self, sdk: Sdk, service: Any, named: Mapping[str, str]) -> None:
        self._sdk = sdk
        self.service = service
        self._snapshot = named.get("snapshot")
        self.container_name = named.get("container", "")
        self.blob_name = named.get("blob", "")
        self.share_name = named.get("share", "")
        self.file_name = named.get("file", "")
        self.leases: List[Leased] = []
        """Those that are about this resource."""

    @cached_property
    def container(self) -> Any:
        return self.service.get_container_client(self.container_name)

    @cached_property
    def blob(self) -> Any:
        """Of a snapshot, the client of the snapshot."""
        return self.service.get_blob_client(self.container_name, self.blob_name, snapshot=self._snapshot)

    @cached_property
    def share(self) -> Any:
        """Of a snapshot, the client of the snapshot."""
        return self.service.get_share_client(self.share_name, snapshot=self._snapshot)

    @cached_property
    def file(self) -> Any:
        return self.share.get_file_client(self.file_name)

    def lease_client(self, kind: str, lease_id: Optional[str]) -> Any:
        """A new lease client, which makes an id of its own where it is given none."""
        if kind in ("blob", "blob-snapshot"):
            return self._sdk.BlobLeaseClient(self.blob, lease_id=lease_id)
        if kind == "container":
            return self._sdk.BlobLeaseClient(self.container, lease_id=lease_id)
        if kind == "file":
            return self._sdk.ShareLeaseClient(self.file, lease_id=lease_id)
        return self._sdk.ShareLeaseClient(self.share, lease_id=lease_id)

    def lease_for(self, kind: str, lease_id: str) -> Any:
        """The lease client that an application has for a lease id: the one that held it last, released or not."""
        for lease in self.leases:
            if lease.last_id == lease_id:
                return lease.client
        return self.lease_client(kind, lease_id)

    def leased(self, kind: str) -> Any:
        """The client of what a lease is about."""
        if kind == "container":
            return self.container
        if kind == "file":
            return self.file
        return self.blob if kind in ("blob", "blob-snapshot") else self.share
