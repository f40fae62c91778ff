"""The log as a file. Imported again it changes nothing, since each row brings its number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Final, Literal

from django.utils import timezone

from actionplans.feedback.models import Feedback
from actionplans.feedback.queries.log import LogFilter, log_rows
from involvement.importing.writers import write_csv, write_xlsx

HEADINGS: Final = (
    "Number",
    "Said on",
    "How it reached us",
    "Which one",
    "Who said it",
    "Words",
    "About",
    "Where",
    "Part of",
    "Looked after by",
    "May be quoted",
    "Wants a reply",
    "State",
    "Why noted",
    "Themes",
    "Recorded on",
)
WIDTHS: Final = (9, 12, 18, 24, 24, 60, 20, 20, 16, 20, 10, 10, 18, 30, 30, 12)
_AT_A_TIME: Final = 2000
_IN_MEMORY: Final = 5 * 1024 * 1024


def exported(narrowed: LogFilter, *, kind: Literal["csv", "xlsx"]) -> IO[bytes]:
    """The filtered log as an open file, at its beginning. `kind` is "csv" or "xlsx"."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- the response closes it
    if kind == "csv":
        write_csv(file, HEADINGS, _rows(narrowed), for_excel=True)
    else:
        write_xlsx(file, HEADINGS, _rows(narrowed), sheet="What was said", widths=WIDTHS)
    file.seek(0)
    return file


def _rows(narrowed: LogFilter) -> Iterator[list[str]]:
    for said in log_rows(narrowed).iterator(chunk_size=_AT_A_TIME):
        yield _cells(said)


def _cells(said: Feedback) -> list[str]:
    named = said.person or said.body
    return [
        str(said.pk),
        said.said_on.isoformat(),
        said.get_source_kind_display(),
        said.source_words,
        named.name if named else said.speaker_words,
        said.words,
        str(said.subject or ""),
        str(said.place or ""),
        str(said.unit or ""),
        str(said.team or ""),
        "yes" if said.quote_permission else "no",
        "yes" if said.wants_reply else "no",
        said.get_state_display(),
        said.noted_reason,
        "; ".join(entry.theme.title for entry in said.theme_entries.all()),
        timezone.localdate(said.recorded_at).isoformat(),
    ]
