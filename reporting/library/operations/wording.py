"""Changing our own words, beside the frozen facts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from reporting.library import queries
from reporting.library.models import Report, Wording
from reporting.library.policies import check_can_word
from reporting.library.texts import label_of, original_of


@transaction.atomic
def word_text(*, report: Report, key: str, words: str, by: Actor, at: dt.datetime) -> Report:
    """Change one of our own texts, or leave a quotation out (`P01.quote` with no words).

    The first wording is kept. Returns the report. Raises ReportIsClosed, NotADraft,
    ResidentsWordsStay, OpeningTooLong.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    facts = queries.facts_of(report)
    check_can_word(report, facts, key, words)
    original = original_of(facts, key)
    words = "" if key.endswith(".quote") else words.strip()
    if words == queries.wording_of(report).get(key, original):
        return report
    Wording.objects.create(
        report=report, key=key, original=original, words=words, changed_at=at, **by.columns()
    )
    report.edition += 1
    report.save(update_fields=["edition"])
    change = auditing.Change(field=key, label=label_of(key), old=original, new=words)
    auditing.record(
        verb="report.worded",
        record=report,
        sentence=f"changed the wording of {label_of(key)}",
        changes=[change],
        by=by,
        at=at,
    )
    return report
