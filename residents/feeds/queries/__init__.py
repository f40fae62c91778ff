"""What a list may say, what was read of one, and what came so far."""

from residents.feeds.queries.arrivals import (
    DEFAULT_SOURCE,
    all_tokens,
    digest_of,
    failed_lately,
    intakes,
    leavers,
    missing,
    of_source,
    refused,
    sent_before,
    source_named,
    sources,
    staged,
    token_for,
    tokens,
    waiting,
)
from residents.feeds.queries.erased import mark_for, released
from residents.feeds.queries.fields import FIELDS
from residents.feeds.queries.previews import (
    PARTS,
    first_part,
    mapping_of,
    part,
    parts,
    write_refused,
)
from residents.feeds.queries.reading import CannotMap, NoName, Reading, read_feed

__all__ = [
    "DEFAULT_SOURCE",
    "FIELDS",
    "PARTS",
    "CannotMap",
    "NoName",
    "Reading",
    "all_tokens",
    "digest_of",
    "failed_lately",
    "first_part",
    "intakes",
    "leavers",
    "mapping_of",
    "mark_for",
    "missing",
    "of_source",
    "part",
    "parts",
    "read_feed",
    "refused",
    "released",
    "sent_before",
    "source_named",
    "sources",
    "staged",
    "token_for",
    "tokens",
    "waiting",
    "write_refused",
]
