"""ShareFileClient.set_file_metadata is documented to return ETag and last modified, and returns no last modified.

Prints what it returns, and the date that the service answers. Found in azure-storage-file-share 12.8.0, 12.12.0,
12.16.0, 12.23.1, 12.25.0 and 12.26.0, gone in 12.27.0.
"""

import os
import uuid

from azure.storage.fileshare import ShareServiceClient

service = ShareServiceClient.from_connection_string(os.environ["AZURE_STORAGE_CONNECTION_STRING"])
file = service.create_share(f"defect-{uuid.uuid4()}").get_file_client("file")
file.create_file(512)
answered = []
result = file.set_file_metadata(
    {"a": "b"}, raw_response_hook=lambda answer: answered.append(answer.http_response.headers)
)
print("last_modified:", result.get("last_modified"), "answered:", answered[0].get("Last-Modified"))
