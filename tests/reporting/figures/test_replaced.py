"""What a report says where a later decision has replaced the one that was carried out."""

from __future__ import annotations

import datetime as dt

import pytest

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from involvement.calendars.periods import read_period
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import kind_named
from reporting.figures.queries import facts_of
from reporting.figures.shapes import Facts
from reporting.library.pairs import pair_of
from tests.factories.reports import ask, change, decide, noon, say, tell, theme_of

pytestmark = pytest.mark.django_db

FIRST, DONE, LATER = dt.date(2026, 7, 10), dt.date(2026, 8, 3), dt.date(2026, 9, 14)
THEN = "Messages with a two-hour slot go out for every repair."
NOW = "Messages also go out the night before."


@pytest.fixture
def said(in_poole: Landlord) -> list[Feedback]:
    """Two people said a thing; it was decided, done, told and asked after; then decided anew."""
    both = [
        say(f"Nobody says when, {name}.", dt.date(2026, 7, 1), by_name=name)
        for name in ("Ada (demo)", "Bea (demo)")
    ]
    first = decide(theme_of("Appointments", both, dt.date(2026, 7, 2)), "AGREED", "Slots.", FIRST)
    change(first, THEN, DONE, "The message log")
    for reply in tell(first, both, FIRST):
        ask(reply, DONE, "YES")
    later = decide(first.theme, "AGREED", NOW, LATER, replaced_by=first)
    Decision.objects.filter(pk=first.pk).update(replaced_by=later)
    Decision.objects.filter(pk=later.pk).update(replaced_by=None)
    return both


def facts(landlord: Landlord) -> Facts:
    return facts_of(
        kind=kind_named("you-said-we-did"),
        landlord=landlord,
        period=read_period("2026-Q3"),
        moment=noon(dt.date(2026, 10, 31)),
        before=None,
    )


def test_the_answer_is_what_stands_and_the_change_is_told_under_what_it_came_of(
    in_poole: Landlord, said: list[Feedback]
) -> None:
    found = facts(in_poole)
    (pair,) = found.pairs
    assert (pair.fate, pair.did) == ("will", NOW)
    assert "on 14 September 2026" in pair.note
    assert "done on" not in pair.note
    printed = pair_of(pair, found)
    assert printed.answer == "will"
    assert printed.evidence == (
        f"Done on 3 August 2026, under the decision of 10 July 2026: {THEN}",
        "Evidenced: The message log",
    )
    assert found.numbers["changes"] == 1
    assert (found.numbers["done"], found.numbers["will"]) == (0, 2)


def test_who_heard_of_the_earlier_decision_has_not_been_told_of_the_later(
    in_poole: Landlord, said: list[Feedback]
) -> None:
    found = facts(in_poole)
    (pair,) = found.pairs
    assert (pair.told, pair.to_tell) == (0, 2)
    assert (found.numbers["told"], found.numbers["to_tell"]) == (0, 2)
    tell(Decision.objects.get(what=NOW), said[:1], dt.date(2026, 9, 20))
    found = facts(in_poole)
    assert (found.pairs[0].told, found.numbers["told"]) == (1, 1)


def test_whether_it_happened_was_asked_of_what_was_decided_then(
    in_poole: Landlord, said: list[Feedback]
) -> None:
    found = facts(in_poole)
    assert (found.pairs[0].asked, found.pairs[0].yes) == (0, 0)
    assert pair_of(found.pairs[0], found).verdict == ""
    assert found.numbers["verdict_yes"] == 2


def test_what_the_later_decision_changes_is_the_answer_once_it_is_done(
    in_poole: Landlord, said: list[Feedback]
) -> None:
    change(Decision.objects.get(what=NOW), "The messages go out.", dt.date(2026, 9, 28), "A list")
    found = facts(in_poole)
    (pair,) = found.pairs
    assert (pair.fate, pair.did) == ("done", "The messages go out.")
    assert [one.under for one in pair.changes] == [str(FIRST), ""]
    assert found.numbers["changes"] == 2
    assert "done on 28 September 2026" in pair.note


def test_where_it_is_taken_back_the_reason_is_the_answer(
    in_poole: Landlord, said: list[Feedback]
) -> None:
    Decision.objects.filter(what=NOW).update(
        result="NOT_AGREED", what="No more messages.", because="They cost too much.", reason="COST"
    )
    found = facts(in_poole)
    printed = pair_of(found.pairs[0], found)
    assert (printed.answer, printed.did) == ("not", "They cost too much.")
    assert printed.evidence[0].endswith(THEN)
