"""What was kept as long as promised is let go, after warnings, except what a hold stands over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry, ViewLogEntry
from involvement.auditing.operations import tidy
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy.kinds import kind_named, kinds
from residents.privacy.models import RecordWarnedOf, RetentionRule, RetentionRun, RetentionWarning
from residents.privacy.operations import complaints, holds, looking, requests, retention
from residents.privacy.operations.retention import change_rule
from residents.privacy.ports import A_RESIDENT
from residents.privacy.queries import retention as queries
from tests.factories.people import make_person

LEFT = dt.date(2024, 1, 15)
OVER = dt.date(2026, 1, 15)
WEEK = dt.timedelta(days=7)
BEFORE = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)


def on(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(3), tzinfo=dt.UTC)


def warn_before(day: dt.date, by: Actor) -> None:
    """The last warning in time for a day."""
    retention.warn(by=by, at=on(day - WEEK))


def warnings() -> list[tuple[int, int, dt.date]]:
    rows = RetentionWarning.objects.order_by("warned_at", "-days", "pk")
    return [(row.days, row.rows, row.due_on) for row in rows]


@pytest.fixture
def leaver(in_poole: Landlord, administrator: Actor) -> Person:
    """Somebody who left on 15 January 2024, under rules that have long begun."""
    retention.adopt_rules(by=administrator, at=BEFORE)
    return make_person("Doreen Hackett (demo)", status="LEFT", status_on=LEFT)


def ask(person: Person, by: Actor) -> None:
    requests.record_request(
        person=person,
        asked_on=LEFT,
        asked_how="PHONE",
        identity_words="Rang from their number",
        by=by,
        at=BEFORE,
    )


def complain(person: Person | None, by: Actor, *, name: str) -> None:
    complaints.receive(
        person=person,
        name=name,
        contact="at the office",
        words="You wrote to my old address.",
        received_on=LEFT,
        received_how="PHONE",
        by=by,
        at=BEFORE,
    )


def test_they_are_forgotten_when_the_period_is_over_and_not_a_day_before(
    leaver: Person, administrator: Actor
) -> None:
    warn_before(dt.date(2026, 1, 14), administrator)
    warn_before(OVER, administrator)
    retention.tidy_up(by=administrator, at=on(dt.date(2026, 1, 14)))
    leaver.refresh_from_db()
    assert leaver.name == "Doreen Hackett (demo)"

    run = retention.tidy_up(by=administrator, at=on(dt.date(2026, 1, 15)))
    leaver.refresh_from_db()
    assert leaver.name == A_RESIDENT
    assert run.counts == [{"kind": "people-left", "then": "PSEUDONYMISE", "rows": 1, "held": 0}]


def test_a_second_night_finds_nothing(leaver: Person, administrator: Actor) -> None:
    warn_before(OVER, administrator)
    for _ in range(2):
        run = retention.tidy_up(by=administrator, at=on(dt.date(2026, 1, 15)))
    assert run.counts == []
    assert RetentionRun.objects.count() == 2


def test_a_trial_says_who_and_changes_nothing(leaver: Person, administrator: Actor) -> None:
    day = dt.date(2026, 1, 15)
    trials = {kept.kind.key: queries.trial(kept, day) for kept in queries.schedule(day)}
    assert (trials["people-left"].count, trials["people-left"].names) == (
        1,
        ["Doreen Hackett (demo)"],
    )
    leaver.refresh_from_db()
    assert leaver.name == "Doreen Hackett (demo)"


def test_a_hold_on_the_person_or_on_the_record_holds_it_back(
    leaver: Person, administrator: Actor
) -> None:
    other = make_person("Walter Brooker (demo)", status="DECEASED", status_on=LEFT)
    night = on(OVER)
    warn_before(OVER, administrator)
    given = {"reason": "A claim", "ends_on": None, "by": administrator, "at": night}
    hold = holds.place_hold(person=leaver, **given)  # type: ignore[arg-type]  # as given above
    holds.place_hold(kind="people-left", record_id=other.pk, **given)  # type: ignore[arg-type]  # as given above

    run = retention.tidy_up(by=administrator, at=night)

    assert run.counts == [{"kind": "people-left", "then": "PSEUDONYMISE", "rows": 0, "held": 2}]
    holds.release_hold(hold=hold, by=administrator, at=night)
    assert retention.tidy_up(by=administrator, at=night).counts[0]["rows"] == 1


def test_who_is_held_takes_nobodys_place_in_a_night(
    leaver: Person, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST_IN_A_NIGHT", 1)
    for name in ("Leroy Biggs (demo)", "Walter Brooker (demo)"):
        make_person(name, status="LEFT", status_on=LEFT)
    warn_before(OVER, administrator)
    holds.place_hold(
        person=leaver, reason="A claim", ends_on=None, by=administrator, at=on(OVER - WEEK)
    )
    nights = [retention.tidy_up(by=administrator, at=on(OVER)).counts[0] for _ in range(3)]
    assert [(night["rows"], night["held"]) for night in nights] == [(1, 1), (1, 1), (0, 1)]


@pytest.mark.parametrize("open_as", ["request", "complaint", "nobody's complaint"])
def test_who_has_something_open_waits_and_everybody_else_is_let_go(
    leaver: Person, administrator: Actor, open_as: str
) -> None:
    other = make_person("Leroy Biggs (demo)", status="LEFT", status_on=LEFT)
    if open_as == "request":
        ask(leaver, administrator)
    else:
        person = leaver if open_as == "complaint" else None
        complain(person, administrator, name="Doreen Hackett")
    day = dt.date(2026, 1, 15)
    kept = next(one for one in queries.schedule(day) if one.kind.key == "people-left")
    tried = queries.trial(kept, day)
    assert (tried.count, tried.held, tried.names) == (1, 1, ["Leroy Biggs (demo)"])

    warn_before(day, administrator)
    run = retention.tidy_up(by=administrator, at=on(day))

    assert run.counts == [{"kind": "people-left", "then": "PSEUDONYMISE", "rows": 1, "held": 1}]
    leaver.refresh_from_db()
    other.refresh_from_db()
    assert (leaver.name, other.name) == ("Doreen Hackett (demo)", A_RESIDENT)


def test_administrators_are_warned_once_thirty_days_before_and_once_seven(
    leaver: Person, administrator: Actor
) -> None:
    for days in (31, 30, 30, 29, 8, 7, 7, 1):
        retention.warn(by=administrator, at=on(OVER - dt.timedelta(days=days)))
    assert warnings() == [(30, 1, OVER), (7, 1, OVER)]
    first, last = Message.objects.order_by("pk")
    assert "Within 30 days, by 15 January 2026: 1 record of “People who left" in first.body
    assert "In 7 days, on 15 January 2026: 1 record of “People who left" in last.body


def test_nights_the_worker_was_down_lose_no_warning(leaver: Person, administrator: Actor) -> None:
    other = make_person("Leroy Biggs (demo)", status="LEFT", status_on=LEFT + WEEK)
    back = OVER - dt.timedelta(days=3)
    retention.warn(by=administrator, at=on(back))
    assert warnings() == [(30, 1, back + dt.timedelta(days=30)), (7, 1, back + WEEK)]
    assert (
        retention.tidy_up(by=administrator, at=on(back + WEEK - dt.timedelta(days=1))).counts == []
    )
    run = retention.tidy_up(by=administrator, at=on(back + WEEK))
    assert run.counts[0]["rows"] == 1
    other.refresh_from_db()
    assert other.name == "Leroy Biggs (demo)"


def test_what_is_long_over_and_unknown_is_warned_of_first_and_waits(
    leaver: Person, administrator: Actor
) -> None:
    late = OVER + dt.timedelta(days=90)
    retention.warn(by=administrator, at=on(late))
    assert warnings() == [(7, 1, late + WEEK)]
    backdated = make_person("Leroy Biggs (demo)", status="LEFT", status_on=LEFT - WEEK)
    for days in (0, 6):
        night = on(late + dt.timedelta(days=days))
        assert retention.tidy_up(by=administrator, at=night).counts == []
    retention.warn(by=administrator, at=on(late + WEEK))
    assert retention.tidy_up(by=administrator, at=on(late + WEEK)).counts[0]["rows"] == 1
    backdated.refresh_from_db()
    assert backdated.name == "Leroy Biggs (demo)"
    assert retention.tidy_up(by=administrator, at=on(late + 2 * WEEK)).counts[0]["rows"] == 1


def test_who_came_back_and_left_again_is_warned_of_anew(
    leaver: Person, administrator: Actor
) -> None:
    warn_before(OVER, administrator)
    Person.objects.filter(pk=leaver.pk).update(status="CURRENT")
    retention.warn(by=administrator, at=on(OVER))
    assert not RecordWarnedOf.objects.exists()
    Person.objects.filter(pk=leaver.pk).update(status="LEFT")
    assert retention.tidy_up(by=administrator, at=on(OVER + WEEK)).counts == []


def test_nothing_counts_as_warned_of_where_nobody_can_be_told(
    leaver: Person, ada: Membership, administrator: Actor
) -> None:
    Membership.objects.filter(pk=ada.pk).update(is_active=False)
    warn_before(OVER, administrator)
    assert retention.tidy_up(by=administrator, at=on(OVER)).counts == []
    Membership.objects.filter(pk=ada.pk).update(is_active=True)
    assert retention.warn(by=administrator, at=on(OVER)) == 1


def test_a_trial_says_what_waits_for_its_warning_and_until_when(
    leaver: Person, administrator: Actor
) -> None:
    def tried(day: dt.date) -> tuple[int, int, dt.date | None]:
        kept = next(one for one in queries.schedule(day) if one.kind.key == "people-left")
        found = queries.trial(kept, day)
        return found.going, found.waiting, found.until

    assert tried(OVER) == (0, 1, OVER + dt.timedelta(days=8))
    retention.warn(by=administrator, at=on(OVER))
    assert tried(OVER + dt.timedelta(days=6)) == (0, 1, OVER + WEEK)
    assert tried(OVER + WEEK) == (1, 0, None)


@pytest.mark.parametrize("people", [1, 3])
def test_warning_of_one_and_of_many_takes_the_same_queries(
    in_poole: Landlord, administrator: Actor, people: int, django_assert_num_queries: Any
) -> None:
    retention.adopt_rules(by=administrator, at=BEFORE)
    for number in range(people):
        make_person(f"Leroy Biggs {number} (demo)", status="LEFT", status_on=LEFT)
    with django_assert_num_queries(74):
        retention.warn(by=administrator, at=on(OVER))
    assert RecordWarnedOf.objects.count() == people


def test_a_changed_rule_waits_thirty_days_and_warns_of_all_it_will_let_go(
    leaver: Person, administrator: Actor
) -> None:
    kind = kind_named("people-left")
    assert kind is not None
    today = dt.date(2025, 3, 3)
    change_rule(
        kind=kind,
        months=6,
        then="PSEUDONYMISE",
        source="The board decided so.",
        by=administrator,
        at=on(today),
    )
    retention.warn(by=administrator, at=on(today))
    assert RetentionWarning.objects.get().rows == 1
    assert retention.tidy_up(by=administrator, at=on(today)).counts == []
    begins = today + dt.timedelta(days=30)
    warn_before(begins, administrator)
    later = on(begins)
    assert retention.tidy_up(by=administrator, at=later).counts[0]["rows"] == 1


def test_keeping_for_ever_lets_nothing_go(leaver: Person, administrator: Actor) -> None:
    kind = kind_named("people-left")
    assert kind is not None
    values = {"months": None, "then": "KEEP", "source": "The board decided so."}
    change_rule(kind=kind, by=administrator, at=BEFORE, **values)  # type: ignore[arg-type]  # as given above
    warn_before(dt.date(2026, 6, 1), administrator)
    assert retention.tidy_up(by=administrator, at=on(dt.date(2026, 6, 1))).counts == []


def test_history_is_deleted_after_its_years_and_never_within_one(
    in_poole: Landlord, administrator: Actor, now: dt.datetime
) -> None:
    doreen = make_person()
    for at in (now - dt.timedelta(days=8 * 366), now):
        looking.record_view(person=doreen, by=administrator, at=at, page="their page")
    retention.adopt_rules(by=administrator, at=now - dt.timedelta(days=60))
    retention.warn(by=administrator, at=now - WEEK)
    retention.tidy_up(by=administrator, at=now)
    assert ViewLogEntry.objects.count() == 1
    with pytest.raises(IntegrityError, match="a year at least"), transaction.atomic():
        tidy(looks=False, before=timezone.now(), by=administrator, at=now)


def test_no_history_goes_while_anything_is_under_a_hold(
    in_poole: Landlord, administrator: Actor, now: dt.datetime
) -> None:
    doreen, long_ago = make_person(), now - dt.timedelta(days=8 * 366)
    looking.record_view(person=doreen, by=administrator, at=long_ago, page="their page")
    retention.adopt_rules(by=administrator, at=now - dt.timedelta(days=60))
    retention.warn(by=administrator, at=now - WEEK)
    hold = holds.place_hold(
        person=doreen, reason="A claim", ends_on=None, by=administrator, at=now - WEEK
    )
    held = {"kind": "looks", "then": "DELETE", "rows": 0, "held": 1}
    assert held in retention.tidy_up(by=administrator, at=now).counts
    assert ViewLogEntry.objects.filter(at=long_ago).exists()
    holds.release_hold(hold=hold, by=administrator, at=now)
    retention.tidy_up(by=administrator, at=now)
    assert not ViewLogEntry.objects.filter(at=long_ago).exists()


def test_the_web_role_cannot_alter_history_or_the_register_itself(
    in_poole: Landlord, administrator: Actor, now: dt.datetime
) -> None:
    looking.record_view(person=make_person(), by=administrator, at=now, page="their page")
    for model in (ViewLogEntry, AuditEntry):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.all().delete()


def test_every_kind_says_from_when_how_long_and_why(in_poole: Landlord) -> None:
    found = list(kinds())
    assert len({kind.key for kind in found}) == len(found)
    for kind in found:
        assert kind.starts.startswith("from the day")
        assert kind.source.endswith(".")
        assert kind.then in kind.may
        assert RetentionRule.Then.KEEP in kind.may
