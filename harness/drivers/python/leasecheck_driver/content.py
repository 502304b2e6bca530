"""What requests carry: as little as is valid, and the same as every other driver of leasecheck sends."""

from __future__ import annotations

TEXT = b"leasecheck"

PAGE_BYTES = 512
PAGE = (TEXT * PAGE_BYTES)[:PAGE_BYTES]

# The size of a page blob after a call that changes it.
RESIZED_BYTES = 1024

FILE_BYTES = 512

QUOTA_GIB = 100

# The id of the one block that is ever staged. It goes over the wire in base64, which the SDK sees to.
BLOCK_ID = "leasecheck"

# The copy that is aborted: none has this id.
COPY_ID = "1ea5ec4e-0000-4000-8000-000000000000"

METADATA = {"leasecheck": "set"}

# Every blob carries the tag from its creation on, so that conditions can ask for it.
TAGS = {"leasecheck": "yes"}

# The server-side timeout of the way `timeout`, long enough for every operation.
TIMEOUT_SECONDS = 30
