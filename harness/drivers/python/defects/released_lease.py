"""A lease client that has released its lease has no id any more: given as `lease`, no lease id is sent at all.

So what should be refused succeeds: `only succeeds if the container's lease is active and matches this ID`. Found in
azure-storage-blob 12.4.0, 12.12.0, 12.20.0, 12.26.0 and 12.31.1, and alike in azure-storage-file-share 12.27.1.
"""

import os
import uuid

from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobServiceClient

service = BlobServiceClient.from_connection_string(os.environ["AZURE_STORAGE_CONNECTION_STRING"])
container = service.create_container(f"defect-{uuid.uuid4()}")
lease = container.acquire_lease(15)
lease_id = lease.id
lease.release()
for name, given in (("the lease id", lease_id), ("the lease client", lease)):
    try:
        container.set_container_metadata({"a": "b"}, lease=given)
        print(f"with {name}: it succeeds")
    except HttpResponseError as error:
        print(f"with {name}: {error.status_code} {getattr(error, 'error_code', None)}")
