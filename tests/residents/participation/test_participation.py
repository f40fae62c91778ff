"""The fact that somebody took part: kept as it was, counted three ways, put right, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor, Channel
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from residents.eligibility.models import Check, RuleSet
from residents.eligibility.operations import add_rule_set
from residents.eligibility.policies import RulesStandInTheWay
from residents.exports.queries import list_named
from residents.participation import operations, queries
from residents.participation.models import Participation
from residents.participation.policies import HasNotHappened, WithdrawnAlready
from residents.people.models import Home, Person
from residents.people.operations import add_home, add_person, move_in
from residents.segments.rules import Asked

K = Participation.Kind
DAY = dt.date(2026, 6, 10)


@pytest.fixture
def ada(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    return add_person(
        name="Ada Coles (demo)", preferred_channel="POST", address="1 Quay", by=officer, at=now
    )


def took_part(person: Person | None, by: Actor, at: dt.datetime, **fact: Any) -> Participation:
    values = {
        "kind": K.MEETING,
        "label": "Repairs panel",
        "began_on": DAY,
        "channel": Channel.FACE,
        **fact,
    }
    return operations.record_participation(people=[person], by=by, at=at, **values)[0]


def test_a_later_move_never_rewrites_where_they_lived(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    old = add_home(address="1 Quay", tenure="SHELTERED", by=officer, at=now)
    move_in(person=ada, home=old, capacity="TENANT", on=DAY, by=officer, at=now)
    ada.refresh_from_db()
    row = took_part(ada, officer, now)
    new: Home = add_home(address="2 Hill", tenure="GENERAL", by=officer, at=now)
    move_in(person=ada, home=new, capacity="TENANT", on=DAY, by=officer, at=now)

    row.refresh_from_db()
    assert row.tenure == "SHELTERED"
    ada.refresh_from_db()
    assert ada.home == new


def test_people_attendances_and_contacts_are_three_counts(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    took_part(ada, officer, now)
    took_part(ada, officer, now, label="Fun day")
    took_part(ada, officer, now, kind=K.SURVEY, label="Repairs survey")
    took_part(None, officer, now)
    took_part(ada, officer, now, kind=K.MEMBER, label="Repairs panel")

    found = queries.counts(queries.between(DAY, DAY))

    assert (found.people, found.attendances, found.contacts, found.unnamed) == (1, 3, 1, 1)
    assert dict(queries.counts_by_kind(queries.standing()))["Answered a survey"].contacts == 1


@pytest.fixture
def youth(in_poole: Landlord, officer: Actor, now: dt.datetime) -> RuleSet:
    """Rules that Ada, whose age nobody knows, may not join by."""
    return add_rule_set(
        name="Youth forum", conditions=[Asked("age-below", "25")], by=officer, at=now
    )


def test_who_may_not_join_becomes_a_member_only_for_a_reason_that_is_kept(
    ada: Person, youth: RuleSet, officer: Actor, now: dt.datetime
) -> None:
    fact = {"kind": K.MEMBER, "label": "youth forum"}
    with pytest.raises(RulesStandInTheWay, match=r"Ada Coles .*“Youth forum”.*Age is below 25"):
        took_part(ada, officer, now, **fact)
    assert not Participation.objects.exists()
    assert not Check.objects.exists()

    row = took_part(ada, officer, now, in_spite="she founded it", **fact)
    assert "all the same, because she founded it" in history_of(row)[0].sentence
    assert [(each.person, each.rule_set) for each in Check.objects.all()] == [(ada, youth)]


def test_who_may_join_and_who_only_comes_is_asked_nothing(
    ada: Person, youth: RuleSet, officer: Actor, now: dt.datetime
) -> None:
    took_part(ada, officer, now, kind=K.MEETING, label="Youth forum")
    took_part(None, officer, now, kind=K.MEMBER, label="Youth forum")
    took_part(ada, officer, now, kind=K.MEMBER, label="Gardeners")
    assert not Check.objects.exists()

    ada.born_on = DAY.replace(year=2008)
    ada.save()
    row = took_part(ada, officer, now, kind=K.MEMBER, label="Youth forum", in_spite="no need")
    assert Check.objects.get().verdict == Check.Verdict.YES
    assert "all the same" not in history_of(row)[0].sentence


def test_a_membership_falls_on_every_day_it_lasts(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    later = DAY + dt.timedelta(days=60)
    took_part(ada, officer, now, kind=K.MEMBER, label="Panel", began_on=DAY)
    took_part(ada, officer, now, label="A meeting")

    assert [str(row) for row in queries.between(later, later)] == ["Panel"]
    assert list(queries.people_involved(later, later)) == [ada.pk]


def test_what_is_to_come_is_no_fact(ada: Person, officer: Actor, now: dt.datetime) -> None:
    with pytest.raises(HasNotHappened):
        took_part(ada, officer, now, began_on=timezone.localdate(now) + dt.timedelta(days=1))


def test_what_was_taken_back_counts_no_more_and_stays_in_the_history(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    row = took_part(ada, officer, now)

    operations.withdraw_participation(row=row, why="The wrong Ada", by=officer, at=now)

    assert queries.counts(queries.standing()).people == 0
    assert Participation.objects.get(pk=row.pk).withdrawn_why == "The wrong Ada"
    with pytest.raises(WithdrawnAlready):
        operations.correct_participation(row=row, label="x", by=officer, at=now)


def test_a_source_counts_once_however_often_it_is_given(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    def fact() -> Participation:
        return Participation(
            **operations.as_they_are(ada),
            kind=K.SAID,
            label="A letter",
            began_on=DAY,
            channel=Channel.POST,
            source="feedback 1",
        )

    assert operations.keep_facts(rows=[fact()], by=officer, at=now) == 1
    assert operations.keep_facts(rows=[fact()], by=officer, at=now) == 0


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"label": ""}, "participation_says_in_what"),
        ({"began_on": dt.date(1989, 12, 31)}, "participation_is_not_before_1990"),
        ({"ended_on": DAY - dt.timedelta(days=1)}, "participation_ends_after_it_begins"),
        ({"minutes": 1441}, "participation_lasts_at_most_a_day"),
        ({"withdrawn_why": "A slip"}, "participation_is_withdrawn_with_a_reason"),
        ({"withdrawn_at": timezone.now()}, "participation_is_withdrawn_with_a_reason"),
    ],
)
def test_the_database_refuses_nonsense(
    ada: Person, officer: Actor, now: dt.datetime, values: dict[str, Any], constraint: str
) -> None:
    row = took_part(ada, officer, now)
    for name, value in values.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_the_same_source_twice_is_refused(ada: Person, officer: Actor, now: dt.datetime) -> None:
    one, two = took_part(ada, officer, now), took_part(ada, officer, now)
    one.source = two.source = "feedback 1"
    one.save()

    with (
        pytest.raises(IntegrityError, match="participation_has_a_source_once"),
        transaction.atomic(),
    ):
        two.save()


class TestPages:
    def test_the_form_quotes_the_rule_and_goes_on_only_with_a_reason(
        self, officer_client: Client, ada: Person, youth: RuleSet
    ) -> None:
        page, form = (
            "/desk/took-part/record/",
            {
                "kind": "MEMBER",
                "label": "Youth forum",
                "began_on": "2026-06-10",
                "channel": "FACE",
                "people": ada.name,
            },
        )
        assert "all the same, because" not in officer_client.get(page).text
        asked = officer_client.post(page, form).text
        assert "Age is below 25" in asked
        assert "They join all the same, because" in asked
        assert not Participation.objects.exists()

        officer_client.post(page, {**form, "in_spite": "she founded it"})
        assert Participation.objects.get().person == ada

    def test_several_people_are_written_down_at_once(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        ben = add_person(
            name="Ben Hale (demo)", preferred_channel="POST", address="2 Quay", by=officer, at=now
        )
        answer = officer_client.post(
            "/desk/took-part/record/",
            {
                "kind": "MEETING",
                "label": "Fun day",
                "began_on": "2026-06-10",
                "channel": "FACE",
                "people": f"ada coles (demo)\n{ben.pk}",
                "unnamed": "3",
            },
            follow=True,
        )

        assert "5 people took part: kept." in answer.text
        assert "2 people took part" in answer.text
        assert Participation.objects.filter(person__isnull=True).count() == 3

    def test_a_name_that_fits_several_is_asked_about(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        add_person(
            name="Ada Coleman (demo)", preferred_channel="POST", address="2", by=officer, at=now
        )
        fact = {"kind": "MEETING", "label": "x", "began_on": "2026-06-10", "channel": "FACE"}

        answer = officer_client.post(
            "/desk/took-part/record/", {**fact, "people": "Ada Col\nNobody Here"}
        )

        assert "fits several people" in answer.text
        assert "Nobody is called “Nobody Here”" in answer.text
        assert not Participation.objects.exists()

    def test_a_fact_is_put_right_and_taken_back(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        row = took_part(ada, officer, now)
        officer_client.post(
            f"/desk/took-part/{row.pk}/",
            {"kind": "MEETING", "label": "Pets", "began_on": "2026-06-10", "channel": "PHONE"},
        )
        row.refresh_from_db()
        assert (row.label, row.channel) == ("Pets", "PHONE")
        page = officer_client.get(f"/desk/took-part/{row.pk}/")
        assert "changed which one, how they took part" in page.text

        officer_client.post(f"/desk/took-part/{row.pk}/withdraw/", {"why": "A slip"})
        assert "Nobody is written down" in officer_client.get("/desk/took-part/").text

    def test_putting_right_makes_nobody_a_member_against_the_rules_unasked(
        self,
        officer_client: Client,
        ada: Person,
        youth: RuleSet,
        officer: Actor,
        now: dt.datetime,
    ) -> None:
        row = took_part(ada, officer, now, kind=K.MEETING, label="Youth forum")
        page = f"/desk/took-part/{row.pk}/"
        form = {
            "kind": "MEMBER",
            "label": "Youth forum",
            "began_on": "2026-06-10",
            "channel": "FACE",
        }
        assert "Age is below 25" in officer_client.post(page, form).text
        row.refresh_from_db()
        assert row.kind == K.MEETING

        officer_client.post(page, {**form, "in_spite": "she founded it"})
        row.refresh_from_db()
        assert row.kind == K.MEMBER
        assert "all the same, because she founded it" in officer_client.get(page).text
        officer_client.post(page, {**form, "channel": "PHONE"})
        row.refresh_from_db()
        assert row.channel == "PHONE"

    def test_a_persons_page_shows_what_they_took_part_in(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        took_part(ada, officer, now)

        assert "Repairs panel" in officer_client.get(f"/desk/people/{ada.pk}/").text

    def test_strangers_find_nothing_and_contributors_may_not(
        self, poole: Landlord, ada: Person, stranger_client: Client, contributor_client: Client
    ) -> None:
        for path in ("/desk/took-part/", "/desk/took-part/record/"):
            assert stranger_client.get(path).status_code == 404
            assert contributor_client.get(path).status_code == 403

    @pytest.mark.parametrize("times", [1, 3])
    def test_the_list_asks_the_same_at_any_size(
        self,
        officer_client: Client,
        ada: Person,
        officer: Actor,
        now: dt.datetime,
        times: int,
        django_assert_num_queries: Any,
    ) -> None:
        for _ in range(times):
            took_part(ada, officer, now)

        with django_assert_num_queries(10):
            officer_client.get("/desk/took-part/")


def test_the_list_counts_a_period_by_what_was_so_at_the_time(
    officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
) -> None:
    home = add_home(address="1 Quay", tenure="SHELTERED", by=officer, at=now)
    move_in(person=ada, home=home, capacity="TENANT", on=DAY, by=officer, at=now)
    ada.refresh_from_db()
    took_part(ada, officer, now)
    took_part(ada, officer, now, kind=K.SURVEY, label="Repairs survey")
    took_part(None, officer, now, began_on=DAY - dt.timedelta(days=1))
    page = reverse("participation:participation_list")
    shown = officer_client.get(
        page, {"first": str(DAY), "last": str(DAY), "by": "tenure"}
    ).content.decode()
    assert "1 person took part: 1 attendance and 1 contact." in shown
    assert "Sheltered or retirement" in shown
    one_kind = officer_client.get(page, {"kind": "SURVEY", "first": "nonsense"}).content.decode()
    assert "(answered a survey): 0 attendances and 1 contact." in one_kind
    counted = queries.counts_in_words(queries.standing(), "tenure")
    assert [(words, each.attendances) for words, each in counted] == [
        ("Sheltered or retirement", 1),
        ("Tenure not known", 1),
    ]


def test_the_list_is_taken_out_as_it_is_narrowed(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    took_part(ada, officer, now)
    took_part(None, officer, now, began_on=DAY - dt.timedelta(days=1))
    found = list_named("took-part")
    assert found is not None
    assert len(list(found.lines({}))) == 2
    [line] = found.lines({"first": DAY.isoformat(), "last": DAY.isoformat()})
    assert line[:5] == [
        "Ada Coles (demo)",
        "",
        "Came to a meeting or event",
        "Repairs panel",
        "2026-06-10",
    ]
