"""The flavour of the SDK whose clients block: calls run in threads, one call a thread."""

from __future__ import annotations

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Optional

from azure.core.pipeline.transport import RequestsTransport
from azure.storage.blob import BlobClient, BlobLeaseClient, BlobServiceClient, ContainerClient
from azure.storage.fileshare import ShareClient, ShareFileClient, ShareLeaseClient, ShareServiceClient

from .credential import StaticToken
from .driver import Driver, Message, run_now

IN_FLIGHT = 16


class SyncSdk:
    BlobServiceClient = BlobServiceClient
    BlobClient = BlobClient
    ContainerClient = ContainerClient
    BlobLeaseClient = BlobLeaseClient
    ShareServiceClient = ShareServiceClient
    ShareClient = ShareClient
    ShareFileClient = ShareFileClient
    ShareLeaseClient = ShareLeaseClient

    async def settled(self, value: Any) -> Any:
        return value

    async def first_page(self, pages: Any) -> Any:
        return list(next(pages.by_page()))

    async def leave(self, lease: Any, error: Optional[Exception]) -> None:
        with lease:
            if error is not None:
                raise error


class PlainTransport(RequestsTransport):
    """Sends what is meant for https over http: see credential.service_client."""

    def send(self, request: Any, **options: Any) -> Any:
        request.url = request.url.replace("https:", "http:", 1)
        return super().send(request, **options)


def serve() -> None:
    driver = Driver("python", SyncSdk(), IN_FLIGHT, StaticToken, PlainTransport)
    output = sys.stdout.buffer
    writing = threading.Lock()

    def answer(message: Message) -> None:
        line = json.dumps(run_now(driver.answer(message))).encode() + b"\n"
        with writing:
            output.write(line)
            output.flush()

    with ThreadPoolExecutor(IN_FLIGHT) as threads:
        for line in sys.stdin.buffer:
            message = json.loads(line)
            if message["do"] == "stop":
                break
            if message["do"] == "forget":
                driver.forget(message["handles"])
            else:
                threads.submit(answer, message)
    run_now(driver.close())
