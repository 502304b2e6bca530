"""Conditional headers, as parameters of the SDK.

Source: the keywords etag, match_condition, if_modified_since, if_unmodified_since and if_tags_match_condition in the
reference of azure.storage.blob, and azure.core.MatchConditions.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any, Dict, Mapping, Optional

from azure.core import MatchConditions

ETAGS = ("if-match", "if-none-match")
DATES = ("if-modified-since", "if-unmodified-since")
TAGS = ("x-ms-if-tags",)


def parameters_of(condition: Optional[Mapping[str, str]]) -> Dict[str, Any]:
    """The parameters that ask for a condition, which is a header and its value."""
    if condition is None:
        return {}
    header, value = condition["header"], condition["value"]
    if header == "if-match":
        if value == "*":
            return {"match_condition": MatchConditions.IfPresent}
        return {"etag": value, "match_condition": MatchConditions.IfNotModified}
    if header == "if-none-match":
        if value == "*":
            return {"match_condition": MatchConditions.IfMissing}
        return {"etag": value, "match_condition": MatchConditions.IfModified}
    if header in DATES:
        return {header.replace("-", "_"): parsedate_to_datetime(value)}
    if header == "x-ms-if-tags":
        return {"if_tags_match_condition": value}
    raise ValueError(f"{header} is no conditional header; expected one of {', '.join(ETAGS + DATES + TAGS)}")
