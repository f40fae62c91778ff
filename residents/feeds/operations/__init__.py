"""The only writers of sources and of what comes from them."""

from residents.feeds.operations.intakes import (
    begin_bringing_in,
    bring_in,
    choose_fields,
    in_words,
    intake_failed,
    set_aside,
    stage_intake,
    start_intake,
    wait_again,
)
from residents.feeds.operations.receiving import bring_in_unseen, let_go, receive
from residents.feeds.operations.releasing import release_reference
from residents.feeds.operations.sources import (
    add_source,
    archive_source,
    change_source,
    make_token,
    revoke_token,
    the_source,
    token_used,
)

__all__ = [
    "add_source",
    "archive_source",
    "begin_bringing_in",
    "bring_in",
    "bring_in_unseen",
    "change_source",
    "choose_fields",
    "in_words",
    "intake_failed",
    "let_go",
    "make_token",
    "receive",
    "release_reference",
    "revoke_token",
    "set_aside",
    "stage_intake",
    "start_intake",
    "the_source",
    "token_used",
    "wait_again",
]
