from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, Theme, ThemeEntry
from actionplans.outcomes.models import Outcome
from actionplans.replies.models import Reply, Verdict
from involvement.calendars.periods import read_period
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord, Subject
from reporting.catalogue.queries import kind_named
from reporting.figures import frozen
from reporting.figures.queries import facts_of, said_late
from reporting.figures.shapes import Facts, SaidAndDone
from residents.people.models import Person
from tests.factories.reports import change, decide, noon, say, theme_of

pytestmark = pytest.mark.django_db

PERIOD = read_period("2026-Q3")
COUNTED = noon(dt.date(2026, 10, 31))


def facts(landlord: Landlord, moment: dt.datetime = COUNTED, **options: Any) -> Facts:
    return facts_of(
        kind=kind_named("you-said-we-did"),
        landlord=landlord,
        period=PERIOD,
        moment=moment,
        before=options.get("before"),
    )


def pair(found: Facts, title: str) -> SaidAndDone:
    return next(each for each in found.pairs if each.title == title)


def test_the_counts_are_the_rows_in_the_log(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    numbers = facts(in_poole).numbers
    assert numbers["said"] == Feedback.objects.count() == 14
    assert numbers["speakers"] == 14
    assert numbers["decided"] == 10
    assert numbers["done"] == 5
    assert numbers["will"] == 3
    assert numbers["not"] == 2
    assert numbers["noted"] == 1
    assert numbers["waiting"] == 3
    assert numbers["decisions"] == Decision.objects.count() == 4
    assert numbers["refused"] == 1
    assert numbers["changes"] == Outcome.objects.count() == 2


def test_each_thing_said_has_one_fate(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    numbers = facts(in_poole).numbers
    fates = ("done", "will", "not", "noted", "waiting")
    assert sum(numbers[fate] for fate in fates) == numbers["said"]


def test_days_are_counted_from_the_day_it_was_said(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    found = facts(in_poole)
    shown = {each.code: each.number for each in found.figures}
    # 36, 30, 19; 27, 27; 24, 7; 40, 40, 40 days to decide
    assert shown["T12"] == "28.5 days"
    assert shown["T13"] == "40 days"
    # 48, 42, 32; 34 days to be told
    assert shown["T14"] == "38 days"
    assert shown["T15"] == "48 days"


def test_somebody_is_told_when_told_about_everything(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    numbers = facts(in_poole).numbers
    assert numbers["to_tell"] == 9  # ten things decided, one of them by nobody known
    assert numbers["told"] == 4


@pytest.mark.parametrize("status", ["DECEASED", "LEFT"])
def test_whoever_died_or_left_before_they_could_be_told_is_not_to_be_told(
    in_poole: Landlord, quarter: dict[str, Any], status: str
) -> None:
    told = Reply.objects.filter(person__isnull=False).order_by("pk")[0].person
    untold = Person.objects.get(name="Bea Hart (demo)")
    assert told is not None
    before = {each.title: (each.to_tell, each.told) for each in facts(in_poole).pairs}

    Person.objects.filter(pk__in=[told.pk, untold.pk]).update(
        status=status, status_on=COUNTED.date()
    )

    found = facts(in_poole)
    assert (found.numbers["to_tell"], found.numbers["told"]) == (8, 4)
    after = {each.title: (each.to_tell, each.told) for each in found.pairs}
    changed = {title: after[title] for title in before if after[title] != before[title]}
    of_bea = ThemeEntry.objects.get(feedback__person=untold).theme.title
    assert changed == {of_bea: (before[of_bea][0] - 1, before[of_bea][1])}


def test_whoever_left_after_the_counting_was_to_be_told_when_it_was_counted(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    before = facts(in_poole)
    Person.objects.filter(name="Bea Hart (demo)").update(
        status="LEFT", status_on=COUNTED.date() + dt.timedelta(days=1)
    )
    assert facts(in_poole) == before


def test_a_message_that_went_counts_before_the_timer_notes_it(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    before = facts(in_poole)
    reply = Reply.objects.filter(told_at__isnull=False).order_by("pk")[0]
    message = Message.objects.create(
        key=f"reply:{reply.pk}",
        channel="EMAIL",
        state="SENT",
        to_name="Somebody (demo)",
        to_address="somebody@post.example",
        subject="What became of it",
        body="It is done.",
        queued_at=reply.told_at,
        sent_at=reply.told_at,
    )
    Reply.objects.filter(pk=reply.pk).update(message=message, told_at=None)
    assert facts(in_poole) == before
    Message.objects.filter(pk=message.pk).update(state="FAILED", sent_at=None)
    assert facts(in_poole).numbers["told"] < before.numbers["told"]


def test_verdicts_come_with_their_base(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    found = pair(facts(in_poole), "Know when repairs come")
    assert (found.asked, found.yes, found.partly, found.no) == (3, 2, 1, 0)
    assert Verdict.objects.count() == 3


def test_only_what_may_be_quoted_is_quoted(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    found = facts(in_poole)
    texts = pair(found, "Know when repairs come")
    assert texts.said == "I stayed in all day and nobody came. A text would have done."
    assert texts.more_quotes == ("A message the evening before, please.",)
    seats = pair(found, "Seats by the bus stop")
    assert not seats.is_quote
    assert seats.said == "There is nowhere to sit at the stop."
    everything = str(frozen.to_json(found))
    assert Feedback.objects.filter(words="Nobody tells us when the plumber comes.").exists()
    assert "plumber" not in everything
    assert "Doreen" not in everything


def test_a_quotation_longer_than_a_box_gives_way_to_what_an_officer_wrote_in_short(
    in_poole: Landlord,
) -> None:
    said = say("Damp. " * 80, dt.date(2026, 7, 3), quote_permission=True)
    theme = theme_of("Damp in Drake Court", [said], dt.date(2026, 7, 4))
    Theme.objects.filter(pk=theme.pk).update(summary="The mould comes back each winter.")
    found = pair(facts(in_poole), "Damp in Drake Court")
    assert (found.said, found.is_quote) == ("The mould comes back each winter.", False)


def test_a_themes_title_never_stands_as_what_residents_said(in_poole: Landlord) -> None:
    said = say(
        "Mrs Ray's damp.", dt.date(2026, 7, 3), subject=Subject.objects.create(name="Repairs")
    )
    theme_of("Working title of the desk", [said], dt.date(2026, 7, 4))
    found = pair(facts(in_poole), "Working title of the desk")
    assert found.said == "1 thing about Repairs, in words we do not print."


def test_facts_frozen_before_a_field_was_there_are_still_read(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    kept = frozen.to_json(facts(in_poole))
    assert all(each.pop("in_short") for each in kept["pairs"])
    assert {each.in_short for each in frozen.from_json(kept).pairs} == {""}
    del kept["pairs"][0]["title"]
    with pytest.raises(KeyError):
        frozen.from_json(kept)


def test_a_no_brings_its_reason_its_votes_and_the_view_of_the_minority(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    found = pair(facts(in_poole), "One-hour windows for repairs")
    assert found.because.startswith("One-hour windows would cost £46,000 a year")
    assert found.note == (
        "Not agreed by Housing Strategy Panel on 8 August 2026, by 9 votes to 2. "
        "We will look again on 1 July 2027."
    )
    assert found.minority_view == (
        "We asked for one-hour windows because carers lose a day’s pay for a tap."
    )


def test_a_change_brings_its_measure_and_its_evidence(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    (found,) = pair(facts(in_poole), "Know when repairs come").changes
    assert found.measure == "Missed visits in each hundred repairs: 11 before, 7 after"
    assert found.evidence == ("Log of messages sent, September 2026",)


def test_what_is_recorded_after_the_day_of_counting_changes_nothing(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    before = frozen.to_json(facts(in_poole))
    after = noon(dt.date(2026, 11, 3))
    grass = quarter["themes"]["grass"]
    later = decide(grass, "AGREED", "The grass is cut.", dt.date(2026, 9, 30), at=after)
    change(later, "The grass is cut", dt.date(2026, 9, 30), at=after)
    Feedback.objects.filter(pk=quarter["alone"].pk).order_by().update(
        state="NOTED", noted_reason="Heard", noted_at=after
    )
    assert frozen.to_json(facts(in_poole)) == before
    now = facts(in_poole, noon(dt.date(2026, 11, 4))).numbers
    assert (now["done"], now["noted"], now["waiting"]) == (7, 2, 0)


def test_what_came_late_is_said(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    Feedback.objects.filter(pk=quarter["alone"].pk).order_by().update(
        recorded_at=noon(dt.date(2026, 11, 3))
    )
    found = facts(in_poole)
    assert said_late(PERIOD, COUNTED) == 1
    assert found.numbers["said"] == 13
    assert found.rule.endswith("1 more thing was said in the period but recorded after that day.")


def test_what_was_said_before_and_answered_now_stands_apart(in_poole: Landlord) -> None:
    said = say("A handrail at the steps.", dt.date(2026, 5, 4), quote_permission=True)
    theme = theme_of("Handrails", [said], dt.date(2026, 5, 5))
    decision = decide(theme, "AGREED", "A handrail.", dt.date(2026, 6, 1))
    change(decision, "There is a handrail", dt.date(2026, 7, 30))
    found = facts(in_poole)
    assert found.numbers["said"] == 0
    assert found.numbers["changes"] == 1
    assert [each.earlier for each in found.pairs] == [True]


def test_each_team_has_its_line(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    (team,) = [each for each in facts(in_poole).teams if each.name == "Repairs team"]
    assert (team.said, team.done, team.not_agreed, team.waiting) == (5, 3, 2, 0)


def test_what_is_next_is_in_the_order_of_days(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    steps = facts(in_poole).steps
    assert [step.on for step in steps] == ["2026-10-19", "2027-07-01", ""]
    assert steps[0].words == "Decide about “Grass over the ramps”. This is late."


def test_every_figure_has_a_code_without_look_alikes(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    found = facts(in_poole)
    codes = [each.code for each in found.figures] + [each.code for each in found.pairs]
    assert len(set(codes)) == len(codes) == 22
    assert all(code[0] not in "IO" and code[1:].isdigit() for code in codes)


def test_the_period_before_stands_beside(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    before = {**facts(in_poole).numbers, "said": 9, "decide_days_doubled": 31}
    shown = {each.code: each.beside for each in facts(in_poole, before=before).figures}
    assert shown["T01"] == "9 in the period before"
    assert shown["T12"] == "15.5 days in the period before"


def test_an_empty_quarter_is_said_honestly(in_poole: Landlord) -> None:
    found = facts(in_poole)
    assert found.opening == (
        "You told us nothing that is in our log. The fault may be ours: ask us how to be heard."
    )
    assert found.pairs == ()
    assert {each.number for each in found.figures} == {"0", "none yet"}


def test_facts_survive_being_frozen(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    found = facts(in_poole)
    kept = frozen.to_json(found)
    assert frozen.from_json(kept) == found
    assert frozen.checksum(kept) == frozen.checksum(frozen.to_json(frozen.from_json(kept)))
    assert frozen.checksum({**kept, "late": 1}) != frozen.checksum(kept)


def test_facts_frozen_before_a_shape_grew_are_read_all_the_same(
    in_poole: Landlord, quarter: dict[str, Any]
) -> None:
    kept = frozen.to_json(facts(in_poole))
    for each in kept["pairs"]:
        del each["since"]
        del each["decided_here"]
    assert frozen.from_json(kept).pairs[0].since == ""
    del kept["pairs"][0]["title"]
    with pytest.raises(KeyError):
        frozen.from_json(kept)


@pytest.mark.parametrize("size", [1, 3])
def test_the_database_is_asked_as_often_for_three_as_for_one(
    in_poole: Landlord, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        said = say(f"Number {number}", dt.date(2026, 7, 3), by_name=f"Person {number} (demo)")
        theme = theme_of(f"Theme {number}", [said], dt.date(2026, 7, 4))
        decision = decide(theme, "AGREED", "Yes.", dt.date(2026, 7, 5))
        change(decision, "Done", dt.date(2026, 7, 6), "A photo")
    with django_assert_num_queries(11):
        assert len(facts(in_poole).pairs) == size


def test_a_figure_with_nothing_to_count_from_says_so_in_words(in_poole: Landlord) -> None:
    said = say("The bins are full.", dt.date(2026, 7, 3))
    theme_of("Bins", [said], dt.date(2026, 7, 4))
    shown = {each.code: (each.number, each.base) for each in facts(in_poole).figures}
    assert shown["T03"] == ("0", "of 1 thing said")
    assert shown["T09"] == ("none yet", "nothing was decided in the period")
    assert shown["T11"] == ("none yet", "there is nobody to tell yet")
    assert shown["T14"] == ("none yet", "nobody has been told yet")
    assert shown["T16"] == ("none yet", "nobody has been asked yet")


def test_no_figure_is_ever_out_of_nothing(in_poole: Landlord, quarter: dict[str, Any]) -> None:
    Verdict.objects.update(answer="", answered_at=None)
    full = {each.code: each.base for each in facts(in_poole).figures}
    assert full["T16"] == "nobody who was asked has answered yet"
    empty = facts_of(
        kind=kind_named("you-said-we-did"),
        landlord=in_poole,
        period=read_period("2019-Q1"),
        moment=COUNTED,
        before=None,
    )
    assert {each.base for each in empty.figures if " 0 " in f" {each.base} "} == set()
    assert {each.base for each in empty.figures if each.code == "T01"} == {
        "nothing was said in the period"
    }
