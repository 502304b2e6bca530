"""Starts the driver: `python -m leasecheck_driver [--aio]`."""

from __future__ import annotations

import argparse
import os


def main() -> None:
    parser = argparse.ArgumentParser(prog="leasecheck_driver", description="Asks the Azure Storage SDK for Python.")
    parser.add_argument("--aio", action="store_true", help="take the clients that are awaited, azure.storage.blob.aio")
    take_aio = parser.parse_args().aio
    # Everything goes to loopback. A proxy of the environment would be asked for it by both transports.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
    # Each flavour is imported alone, since the other one may lack what it needs.
    if take_aio:
        from .aio_sdk import serve
    else:
        from .sync_sdk import serve
    serve()


if __name__ == "__main__":
    main()
