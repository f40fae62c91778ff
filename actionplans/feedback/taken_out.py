"""The log, to be taken out. Imported again it changes nothing, since each row brings its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from actionplans.feedback.forms.log import LogFilters
from actionplans.feedback.models import Feedback
from actionplans.feedback.queries import log_rows
from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport, iso, yes_no


def _log(narrowed: Mapping[str, str]) -> QuerySet[Feedback]:
    return log_rows(LogFilters(dict(narrowed)).narrowed())


def _said(said: Feedback) -> list[str]:
    named = said.person or said.body
    return [
        str(said.pk),
        iso(said.said_on),
        said.get_source_kind_display(),
        said.source_words,
        named.name if named else said.speaker_words,
        said.words,
        str(said.subject or ""),
        str(said.place or ""),
        str(said.unit or ""),
        str(said.team or ""),
        yes_no(said.quote_permission),
        yes_no(said.wants_reply),
        said.get_state_display(),
        said.noted_reason,
        "; ".join(entry.theme.title for entry in said.theme_entries.all()),
        iso(timezone.localdate(said.recorded_at)),
    ]


LISTS: Final = (
    ListToExport(
        "said",
        "What was said",
        (
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
        ),
        _log,
        _said,
        "feedback:log",
        narrowed_by=(
            "state",
            "source_kind",
            "subject",
            "place",
            "unit",
            "theme",
            "said_from",
            "said_to",
            "words",
        ),
        also=(Permission.FEEDBACK_READ,),
    ),
)
