"""Records the official Python clients with vcrpy against the reference server. Run by vcrpy.slow.test.ts.

Prints, one JSON object a line, every request with its answer as the client saw them.
"""

import json
import sys

import vcr
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobServiceClient
from azure.storage.fileshare import ShareServiceClient

cassette, serializer, blob_port, file_port, account, key = sys.argv[1:7]
credential = {"account_name": account, "account_key": key}
UNTOLD = {"authorization"}
ANOTHER_ID = "11111111-2222-4333-8444-555555555555"


def tell(response):
    request, answer = response.http_request, response.http_response
    headers = {name.lower(): value for name, value in request.headers.items() if name.lower() not in UNTOLD}
    seen = {
        "method": request.method,
        "url": request.url,
        "requestHeaders": headers,
        "status": answer.status_code,
        "responseHeaders": {name.lower(): value for name, value in answer.headers.items()},
    }
    print(json.dumps(seen))


def refused(call, **arguments):
    try:
        call(**arguments)
    except HttpResponseError:
        return
    raise AssertionError("not refused")


def blobs():
    url = f"http://127.0.0.1:{blob_port}/{account}"
    service = BlobServiceClient(url, credential=credential, retry_total=0, raw_response_hook=tell)
    container = service.create_container(f"recorded-{serializer}", metadata={"made": "by: vcrpy, 'quoted'"})
    blob = container.get_blob_client("a folder/b c+é#?")
    blob.upload_blob(b"some text")
    lease = blob.acquire_lease(lease_duration=15)
    refused(blob.upload_blob, data=b"no id", overwrite=True)
    refused(blob.set_blob_metadata, metadata={}, lease=ANOTHER_ID)
    blob.upload_blob(b"with the id", overwrite=True, lease=lease)
    lease.renew()
    lease.change(ANOTHER_ID)
    blob.get_blob_properties()
    refused(container.get_blob_client("none").get_blob_properties)
    lease.break_lease(lease_break_period=5)
    list(container.list_blobs())
    if serializer == "yaml":
        # The JSON serializer of vcrpy has no form for bytes.
        data = container.get_blob_client("bytes")
        data.upload_blob(bytes(range(256)) * 40)
        assert data.download_blob().readall() == bytes(range(256)) * 40
    refused(container.delete_container, lease=ANOTHER_ID)
    container.delete_container()


def shares():
    url = f"http://127.0.0.1:{file_port}/{account}"
    service = ShareServiceClient(url, credential=credential, retry_total=0, raw_response_hook=tell)
    share = service.create_share(f"recorded-{serializer}")
    lease = share.acquire_lease(lease_duration=-1)
    refused(share.delete_share)
    file = share.get_file_client("a.txt")
    file.upload_file(b"some text")
    held = file.acquire_lease()
    refused(file.delete_file)
    file.delete_file(lease=held)
    share.delete_share(lease=lease)


with vcr.VCR(record_mode="all", serializer=serializer).use_cassette(cassette):
    blobs()
    shares()
