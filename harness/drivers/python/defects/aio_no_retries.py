"""The clients of azure.storage.blob.aio send a lease operation twice although retry_total=0 asks for no retries.

Needs no account: it talks to a server that reads a request and hangs up. Prints how often it was asked. The second request is
aiohttp's, which sends PUT again where a connection ends without an answer. Found in azure-storage-blob 12.31.1 with aiohttp 3.14.5;
with aiohttp 3.9.5 one request is sent.
"""

import asyncio

from azure.core.exceptions import AzureError
from azure.storage.blob.aio import BlobClient, BlobLeaseClient

requests = 0


async def hang_up(reader, writer):
    global requests
    requests += (await reader.readuntil(b"\r\n\r\n")).startswith(b"PUT")
    writer.close()


async def main():
    server = await asyncio.start_server(hang_up, "127.0.0.1")
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/account/container/blob"
    async with BlobClient.from_blob_url(url, retry_total=0) as blob:
        try:
            await BlobLeaseClient(blob).release()
        except AzureError as error:
            print(type(error).__name__, "after", requests, "requests")


asyncio.run(main())
