"""BlobLeaseClient.acquire takes an answer that ends within its headers for a success, and forgets its lease id.

Needs no account: it talks to a server that sends the first half of an answer to Lease Blob and hangs up. Prints the lease id
before and after. Found in azure-storage-blob 12.20.0 and 12.31.1.
"""

import socket
import threading

from azure.storage.blob import BlobClient, BlobLeaseClient

server = socket.create_server(("127.0.0.1", 0))


def answer_by_half():
    connection, _ = server.accept()
    connection.recv(65_536)
    connection.sendall(b'HTTP/1.1 201 Created\r\nETag: "0x1"\r\n')
    connection.close()


threading.Thread(target=answer_by_half).start()
url = f"http://127.0.0.1:{server.getsockname()[1]}/account/container/blob"
lease = BlobLeaseClient(BlobClient.from_blob_url(url, retry_total=0))
print("before:", lease.id)
lease.acquire()
print("after:", lease.id)
