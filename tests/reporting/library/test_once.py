"""Over quarters that follow one another, each decision and each change stands in one report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.outcomes.models import Outcome
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from reporting.figures.shapes import Facts, SaidAndDone
from reporting.library import making, operations, queries
from reporting.library.models import Report
from reporting.library.papers import paper_text
from tests.factories.reports import change, decide, noon, say, theme_of
from tests.reporting.conftest import begun, made

pytestmark = pytest.mark.django_db

QUARTERS = ("2025/26-Q1", "2025/26-Q2", "2025/26-Q3", "2025/26-Q4")
day = dt.date


def thread(title: str, said: dt.date, decided: dt.date, **fields: Any) -> Decision:
    theme = theme_of(title, [say(f"{title}, please.", said)], said)
    return decide(theme, "AGREED", f"{title}: yes.", decided, **fields)


@pytest.fixture
def year(in_poole: Landlord) -> dict[str, Any]:
    """A year in which things are decided and done around the ends of its quarters."""
    decided_then = thread("Ramps", day(2025, 1, 6), day(2025, 2, 3))
    known_late = thread("Keys", day(2025, 2, 4), day(2025, 3, 20), at=noon(day(2025, 5, 5)))
    lamps = thread("Lamps", day(2025, 4, 7), day(2025, 6, 2))
    seats = thread("Seats", day(2025, 7, 8), day(2025, 9, 20), at=noon(day(2025, 11, 10)))
    hedge = thread("Hedges", day(2025, 9, 30), day(2025, 10, 3))
    slide = theme_of("Slides", [say("A slide.", day(2025, 10, 6))], day(2025, 10, 6))
    no = decide(slide, "NOT_AGREED", "No slide.", day(2025, 10, 30), because="Money", reason="COST")
    bins = thread("Bins", day(2026, 2, 3), day(2026, 3, 30), at=noon(day(2026, 4, 2)))
    return {
        "decisions": [
            {known_late.pk, lamps.pk},
            set(),
            {seats.pk, hedge.pk, no.pk},
            {bins.pk},
        ],
        "changes": [
            {change(decided_then, "The ramps are there", day(2025, 6, 30)).pk},
            {change(lamps, "The lamps are lit", day(2025, 7, 3)).pk},
            {change(seats, "The seats stand", day(2025, 9, 28), at=noon(day(2025, 11, 11))).pk},
            set(),
        ],
        "after": change(bins, "The bins are larger", day(2026, 4, 10)),
        "lamps": lamps,
    }


def report_of(period: str, landlord: Landlord, by: Actor) -> Report:
    return made(begun(by, period=period), landlord, by)


def keys(facts: Facts, code: str) -> set[int]:
    figure = facts.figure(code)
    assert figure is not None
    assert figure.number == f"{len(figure.keys)}"
    assert len(set(figure.keys)) == len(figure.keys)
    return set(figure.keys)


def pair(facts: Facts, title: str) -> SaidAndDone:
    return next(each for each in facts.pairs if each.title == title)


def test_the_quarters_add_up_to_the_year(
    in_poole: Landlord, year: dict[str, Any], officer: Actor
) -> None:
    quarters = [queries.facts_of(report_of(code, in_poole, officer)) for code in QUARTERS]
    whole = queries.facts_of(report_of("2025/26", in_poole, officer))
    assert [keys(each, "T17") for each in quarters] == year["decisions"]
    assert [keys(each, "T10") for each in quarters] == year["changes"]
    assert keys(whole, "T17") == set.union(*year["decisions"])
    assert keys(whole, "T10") == set.union(*year["changes"])
    for number in ("said", "decisions", "refused", "changes"):
        assert sum(each.numbers[number] for each in quarters) == whole.numbers[number]
    assert Decision.objects.count() == whole.numbers["decisions"] + 1  # one of the year before
    assert Outcome.objects.count() == whole.numbers["changes"] + 1  # one of the year after


def test_each_change_is_printed_with_its_proof_in_one_report(
    in_poole: Landlord, year: dict[str, Any], officer: Actor
) -> None:
    quarters = [queries.facts_of(report_of(code, in_poole, officer)) for code in QUARTERS]
    printed = [each.words for facts in quarters for p in facts.pairs for each in p.changes]
    assert sorted(printed) == ["The lamps are lit.", "The ramps are there.", "The seats stand."]


def test_what_was_done_after_the_quarter_is_pointed_at_and_told_in_the_next(
    in_poole: Landlord, year: dict[str, Any], officer: Actor
) -> None:
    first, second = (report_of(code, in_poole, officer) for code in QUARTERS[:2])
    lamps = pair(queries.facts_of(first), "Lamps")
    assert (lamps.fate, lamps.changes) == ("will", ())
    assert lamps.since == "Done since, on 3 July 2025: the next report says what."
    assert "Do what was agreed about “Lamps”." not in str(queries.facts_of(first).steps)
    assert queries.facts_of(first).opening.endswith("We made 1 change in this time.")
    told = pair(queries.facts_of(second), "Lamps")
    assert told.earlier
    assert [each.words for each in told.changes] == ["The lamps are lit."]
    text = paper_text(making.told_of(first), making.issue_of(first))
    assert "The lamps are lit" not in text
    assert "Since 30 June 2025, 1 of the 1 thing said has gone further." in " ".join(text.split())


def test_what_was_decided_after_the_quarter_is_not_called_late(
    in_poole: Landlord, year: dict[str, Any], officer: Actor
) -> None:
    facts = queries.facts_of(report_of("2025/26-Q2", in_poole, officer))
    hedges = pair(facts, "Hedges")
    assert (hedges.fate, hedges.due) == ("waiting", "")
    assert hedges.since == "Decided since, on 3 October 2025: the next report says how."
    assert "Hedges" not in str(facts.steps)
    # The seats were decided in the quarter, but nobody wrote it down in time
    assert pair(facts, "Seats").fate == "waiting"
    assert "Seats" in str(facts.steps)


def test_a_quarter_says_how_much_came_late_into_it(
    in_poole: Landlord, year: dict[str, Any], officer: Actor
) -> None:
    rule = queries.facts_of(report_of("2025/26-Q3", in_poole, officer)).rule
    assert "2 decisions and changes of before 1 October 2025 came into our records too late" in rule


def test_what_is_said_again_is_answered_again_and_not_counted_again(
    in_poole: Landlord, year: dict[str, Any], officer: Actor
) -> None:
    again = say("Lamps, again.", day(2025, 10, 9))
    year["lamps"].theme.entries.create(feedback=again, at=noon(day(2025, 10, 9)))
    facts = queries.facts_of(report_of("2025/26-Q3", in_poole, officer))
    lamps = pair(facts, "Lamps")
    assert (lamps.fate, lamps.did, lamps.changes) == ("done", "The lamps are lit.", ())
    assert lamps.note.endswith("An earlier report told of this; it is not counted again.")
    assert keys(facts, "T10") == year["changes"][2]


def test_a_new_version_keeps_what_it_counted_and_takes_nothing_from_later_reports(
    in_poole: Landlord, year: dict[str, Any], officer: Actor
) -> None:
    quarters = [report_of(code, in_poole, officer) for code in QUARTERS]
    now = timezone.now()
    second = operations.approve_report(report=quarters[1], by=officer, at=now)
    made(second, in_poole, officer)
    operations.publish_report(report=second, by=officer, at=now)
    lights = thread("Lights", day(2025, 8, 4), day(2025, 8, 6), at=noon(day(2026, 11, 9)))
    anew = operations.restate_report(
        report=second, because="We found a decision", counted_at=now, by=officer, at=now
    )
    made(anew, in_poole, officer)
    facts = queries.facts_of(anew)
    # Nobody had counted this one; the seats stand in the third quarter's report
    assert keys(facts, "T17") == year["decisions"][1] | {lights.pk}
    assert keys(facts, "T10") == year["changes"][1]
