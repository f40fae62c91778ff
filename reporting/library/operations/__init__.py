"""The only writers of reports: `making` begins and makes them, `lease` keeps two workers apart,
`wording` changes our own words, `publishing` approves, publishes, withdraws and restates."""

from reporting.library.operations.lease import (
    LeaseLost,
    note_failure,
    note_progress,
    renew_lease,
    take_lease,
)
from reporting.library.operations.making import (
    ask_again,
    begin_report,
    finish_making,
    freeze_facts,
    keep_file,
    recount_draft,
)
from reporting.library.operations.publishing import (
    approve_report,
    publish_report,
    restate_report,
    take_back_approval,
    withdraw_report,
)
from reporting.library.operations.wording import word_text

__all__ = [
    "LeaseLost",
    "approve_report",
    "ask_again",
    "begin_report",
    "finish_making",
    "freeze_facts",
    "keep_file",
    "note_failure",
    "note_progress",
    "publish_report",
    "recount_draft",
    "renew_lease",
    "restate_report",
    "take_back_approval",
    "take_lease",
    "withdraw_report",
    "word_text",
]
