"""BlobClient.download_blob of a page blob sends a second request, without the lease id, conditions and timeout given.

Prints the requests of one call. Found in azure-storage-blob 12.4.0, 12.12.0, 12.20.0, 12.26.0 and 12.31.1.
"""

import os
import uuid

from azure.storage.blob import BlobServiceClient


def show(response):
    request = response.http_request
    print(request.method, "?" + request.url.partition("?")[2], "lease id:", request.headers.get("x-ms-lease-id"))


connection_string = os.environ["AZURE_STORAGE_CONNECTION_STRING"]
container = BlobServiceClient.from_connection_string(connection_string).create_container(f"defect-{uuid.uuid4()}")
container.get_blob_client("page-blob").create_page_blob(512)
lease = container.get_blob_client("page-blob").acquire_lease(15)

service = BlobServiceClient.from_connection_string(connection_string, raw_response_hook=show)
service.get_blob_client(container.container_name, "page-blob").download_blob(lease=lease, timeout=30)
