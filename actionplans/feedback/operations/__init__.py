"""The only writers of feedback and themes."""

from actionplans.feedback.operations.changing import (
    change_about,
    change_theme,
    classify,
    correct_words,
    identify_speaker,
    summarise_theme,
)
from actionplans.feedback.operations.closing import note_and_thank, reopen
from actionplans.feedback.operations.importing import confirm_import, read_upload, write_rows
from actionplans.feedback.operations.receiving import hash_key, issue_mail_key, receive_email
from actionplans.feedback.operations.recording import Said, record_feedback, record_many, spoken_by
from actionplans.feedback.operations.taking_part import count_as_taking_part
from actionplans.feedback.operations.themes import (
    add_to_theme,
    mark_decided,
    mark_undecided,
    merge_themes,
    split_theme,
    start_theme,
    take_out,
)

__all__ = [
    "Said",
    "add_to_theme",
    "change_about",
    "change_theme",
    "classify",
    "confirm_import",
    "correct_words",
    "count_as_taking_part",
    "hash_key",
    "identify_speaker",
    "issue_mail_key",
    "mark_decided",
    "mark_undecided",
    "merge_themes",
    "note_and_thank",
    "read_upload",
    "receive_email",
    "record_feedback",
    "record_many",
    "reopen",
    "split_theme",
    "spoken_by",
    "start_theme",
    "summarise_theme",
    "take_out",
    "write_rows",
]
