"""The flavour of the SDK whose clients are awaited: calls are tasks of one event loop."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from typing import Any, Callable, List, Optional, Set

from azure.core.pipeline.transport import AioHttpTransport
from azure.storage.blob.aio import BlobClient, BlobLeaseClient, BlobServiceClient, ContainerClient
from azure.storage.fileshare.aio import ShareClient, ShareFileClient, ShareLeaseClient, ShareServiceClient

from .credential import AsyncStaticToken
from .driver import Driver, Message

IN_FLIGHT = 64
_CHUNK_BYTES = 65_536


class AioSdk:
    BlobServiceClient = BlobServiceClient
    BlobClient = BlobClient
    ContainerClient = ContainerClient
    BlobLeaseClient = BlobLeaseClient
    ShareServiceClient = ShareServiceClient
    ShareClient = ShareClient
    ShareFileClient = ShareFileClient
    ShareLeaseClient = ShareLeaseClient

    async def settled(self, value: Any) -> Any:
        return await value

    async def first_page(self, pages: Any) -> Any:
        page = await pages.by_page().__anext__()
        return [item async for item in page]

    async def leave(self, lease: Any, error: Optional[Exception]) -> None:
        async with lease:
            if error is not None:
                raise error


class PlainTransport(AioHttpTransport):
    """Sends what is meant for https over http: see credential.service_client."""

    async def send(self, request: Any, **options: Any) -> Any:
        request.url = request.url.replace("https:", "http:", 1)
        return await super().send(request, **options)


def serve() -> None:
    asyncio.run(_serve())


async def _serve() -> None:
    driver = Driver("python-aio", AioSdk(), IN_FLIGHT, AsyncStaticToken, PlainTransport)
    stopped = asyncio.Event()
    tasks: Set["asyncio.Task[None]"] = set()

    loop = asyncio.get_running_loop()
    answers: List[str] = []

    def write() -> None:
        sys.stdout.write("\n".join(answers) + "\n")
        sys.stdout.flush()
        answers.clear()

    async def answer(message: Message) -> None:
        answers.append(json.dumps(await driver.answer(message)))
        # A write wakes the reader up, so there is one for all answers that are there by then.
        if len(answers) == 1:
            loop.call_soon(write)

    def take(lines: List[bytes]) -> None:
        for line in lines:
            message = json.loads(line)
            if message["do"] == "stop":
                stopped.set()
                return
            if message["do"] == "forget":
                driver.forget(message["handles"])
            else:
                task = asyncio.create_task(answer(message))
                # The loop holds its tasks only weakly.
                tasks.add(task)
                task.add_done_callback(tasks.discard)

    _read(take, stopped)
    await stopped.wait()
    await driver.close()


def _read(take: Callable[[List[bytes]], None], stopped: asyncio.Event) -> None:
    """Hands over the lines of standard input as they come."""
    loop = asyncio.get_running_loop()
    rest = b""

    def feed(chunk: bytes) -> None:
        nonlocal rest
        if not chunk:
            stopped.set()
        *lines, rest = (rest + chunk).split(b"\n")
        if lines:
            take(lines)

    descriptor = sys.stdin.fileno()

    def read_ready() -> None:
        chunk = os.read(descriptor, _CHUNK_BYTES)
        if not chunk:
            # The end can be read for ever.
            loop.remove_reader(descriptor)
        feed(chunk)

    def read_blocking() -> None:
        chunk = b"\n"
        while chunk:
            chunk = os.read(descriptor, _CHUNK_BYTES)
            loop.call_soon_threadsafe(feed, chunk)

    try:
        loop.add_reader(descriptor, read_ready)
    except (NotImplementedError, PermissionError):
        # Event loops watch no pipes on Windows, and no files anywhere. A thread costs the loop some of its time.
        threading.Thread(target=read_blocking, daemon=True).start()
