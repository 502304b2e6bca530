"""A leasecheck driver for the Azure Storage SDK for Python: blobs and file shares, with the clients of either flavour.

`python -m leasecheck_driver` reads requests from its standard input and answers on its standard output, one JSON object
a line. Which messages there are is said in reports/driver-protocol.ts. Read in this order: blob_calls, call, place,
lease_calls, result, driver, and sync_sdk or aio_sdk for what differs between the clients that block and those that are
awaited.
"""
