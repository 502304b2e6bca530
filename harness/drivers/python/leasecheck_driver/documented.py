"""What the documentation of the SDK promises beyond what every client library has to do."""

from __future__ import annotations

from typing import Any, Dict, List

_ANY_ERROR = [
    "ClientAuthenticationError",
    "HttpResponseError",
    "ResourceExistsError",
    "ResourceModifiedError",
    "ResourceNotFoundError",
    "ResourceNotModifiedError",
]

# Source: the descriptions of the classes in azure.core.exceptions, and the samples that catch them. Codes that say that
# something is there already are those of what the samples create.
_ERRORS: List[Dict[str, Any]] = [
    # The one is described as of status 304; the other, of code ConditionNotMet, is what is raised (tried with 12.31.1).
    {"status": 304, "names": ["ResourceNotModifiedError", "ResourceModifiedError"]},
    {"status": 404, "names": ["ResourceNotFoundError"]},
    {"status": 412, "code": "ConditionNotMet", "names": ["ResourceModifiedError"]},
    *(
        {"status": 409, "code": code, "names": ["ResourceExistsError"]}
        for code in ("ContainerAlreadyExists", "BlobAlreadyExists", "ShareAlreadyExists")
    ),
    # `Storage Blob clients raise exceptions defined in Azure Core.` Source: the readme of azure-storage-blob.
    {"names": _ANY_ERROR},
]

# ExponentialRetry, which is the default: `retry_total: the maximum number of retry attempts. The default value is 3.`
_TRIES = {"none": 1, "default": 4, "to-secondary": 4}

# Attributes of BlobLeaseClient and ShareLeaseClient: None until a lease has been acquired or modified.
_LEASE_CLIENT = ["etag", "last-modified"]

DOCUMENTED = {"errors": _ERRORS, "leaseClient": _LEASE_CLIENT, "tries": _TRIES}
