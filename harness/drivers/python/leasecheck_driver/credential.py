"""Credentials, as applications give them to the SDK, and the service clients that are made with them."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Type
from urllib.parse import urlsplit

from azure.core.credentials import AccessToken


class StaticToken:
    """A token credential for the clients that block: always the same token."""

    def __init__(self, token: str, expires_on: int) -> None:
        self._token = AccessToken(token, expires_on)

    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        return self._token

    def close(self) -> None:
        pass


class AsyncStaticToken:
    """A token credential for the clients that are awaited."""

    def __init__(self, token: str, expires_on: int) -> None:
        self._token = AccessToken(token, expires_on)

    async def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        return self._token

    async def close(self) -> None:
        pass

    async def __aenter__(self) -> "AsyncStaticToken":
        return self

    async def __aexit__(self, *_error: Any) -> None:
        pass


def service_client(
    client_class: Any, wanted: Mapping[str, Any], token_class: Type[Any], plain_transport: Type[Any]
) -> Any:
    """The service client for a `connect` message.

    `plain_transport` sends what is meant for https over http: the SDK gives a token to https alone, and has no option
    for loopback.
    """
    url, credential = wanted["url"], wanted["credential"]
    options = {**_retries(wanted), "logging_enable": wanted.get("logging", False)}
    by = credential["by"]
    if by == "connection-string":
        text = _through(credential["connectionString"], wanted["service"], url)
        return client_class.from_connection_string(text, **options)
    if by == "token":
        secured = url.replace("http:", "https:", 1)
        token = token_class(credential["token"], credential["expiresOn"])
        return client_class(secured, credential=token, transport=plain_transport(), **options)
    if by == "key":
        return client_class(url, credential=credential["key"], **options)
    if by == "sas":
        return client_class(url, credential=credential["sas"], **options)
    if by == "none":
        return client_class(url, **options)
    raise ValueError(f"credential by {by} is unknown; expected key, connection-string, sas, token or none")


def _retries(wanted: Mapping[str, Any]) -> Dict[str, Any]:
    """Source: `Retry Policy configuration` in the readme of azure-storage-blob."""
    retry = wanted["retry"]
    if retry == "none":
        return {"retry_total": 0}
    if retry == "to-secondary":
        # A host and no path: the SDK puts it in the place of the host of a request, and keeps the path.
        return {"retry_to_secondary": True, "secondary_hostname": urlsplit(wanted["secondaryUrl"]).netloc}
    return {}


def _through(connection_string: str, service: str, url: str) -> str:
    """A connection string with the place to send requests to as the endpoint of the service."""
    endpoint = "BlobEndpoint" if service == "blob" else "FileEndpoint"
    kept = [part for part in connection_string.split(";") if part and not part.startswith(f"{endpoint}=")]
    return ";".join([*kept, f"{endpoint}={url}"])
