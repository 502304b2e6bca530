"""Calls the SDK and does nothing else, for the bench: `python bare_loop.py URL KEY WORKERS ROUNDS [--aio]`.

Each worker has a service client and a blob of its own, and in each round acquires a lease, reads properties and
releases. Prints how many seconds that took, without what comes before.
"""

import asyncio
import sys
import time
from concurrent.futures import ThreadPoolExecutor

url, key, workers, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
CONTAINER = f"bare-{time.time_ns()}"


def work(blob):
    for _ in range(rounds):
        lease = blob.acquire_lease(15)
        blob.get_blob_properties(lease=lease.id)
        lease.release()


async def work_async(blob):
    for _ in range(rounds):
        lease = await blob.acquire_lease(15)
        await blob.get_blob_properties(lease=lease.id)
        await lease.release()


def blocking():
    from azure.storage.blob import BlobServiceClient

    services = [BlobServiceClient(url, credential=key, retry_total=0) for _ in range(workers)]
    services[0].create_container(CONTAINER)
    blobs = [service.get_blob_client(CONTAINER, f"blob-{i}") for i, service in enumerate(services)]
    for blob in blobs:
        blob.upload_blob(b"")
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(work, blobs))
    return time.perf_counter() - began


async def awaited():
    from azure.storage.blob.aio import BlobServiceClient

    services = [BlobServiceClient(url, credential=key, retry_total=0) for _ in range(workers)]
    await services[0].create_container(CONTAINER)
    blobs = [service.get_blob_client(CONTAINER, f"blob-{i}") for i, service in enumerate(services)]
    for blob in blobs:
        await blob.upload_blob(b"")
    began = time.perf_counter()
    await asyncio.gather(*(work_async(blob) for blob in blobs))
    seconds = time.perf_counter() - began
    for service in services:
        await service.close()
    return seconds


print(asyncio.run(awaited()) if "--aio" in sys.argv else blocking())
