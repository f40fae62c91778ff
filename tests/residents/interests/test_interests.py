from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership, StaffMember
from involvement.auditing.actors import Actor
from involvement.delivery.models import Message
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Level, Subject
from residents.eligibility.models import Check
from residents.eligibility.operations import add_rule_set
from residents.eligibility.policies import RulesStandInTheWay
from residents.interests import operations, policies, queries
from residents.interests.models import (
    ChosenMethod,
    Expression,
    GroupNote,
    GroupPartner,
    GroupToReach,
    Interest,
    Method,
    MethodWish,
    Offer,
    TenancyVisit,
)
from residents.interests.queries import Wishes
from residents.interests.queries.expressions import clock_of
from residents.interests.queries.uninvolved import months_before, uninvolved_since
from residents.interests.queries.wishes import at_level, ended_interests, with_time_for
from residents.participation.models import Participation
from residents.people.models import Home, Person, Residency, Tenancy
from residents.people.policies import HasDied
from residents.preferences.models import Source
from residents.preferences.queries import needs_of
from residents.segments.rules import Asked
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.preferences.said import CLERK, heard

BY = CLERK.columns()


@pytest.fixture
def person(in_poole: Landlord) -> Person:
    return make_person()


@pytest.fixture
def lifts(in_poole: Landlord) -> Subject:
    subject: Subject = Subject.objects.create(name="Lifts")
    return subject


@pytest.fixture
def meetings(in_poole: Landlord) -> Method:
    method: Method = Method.objects.create(name="Meetings")
    return method


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def today() -> dt.date:
    return timezone.localdate()


def told() -> dict[str, Any]:
    return {"recorded_at": timezone.now(), **heard().columns(), **BY}


def keep(person: Person, wishes: Wishes, *, days_ago: int = 0, add: bool = False) -> None:
    verb = operations.add_wishes if add else operations.set_wishes
    verb(person=person, wishes=wishes, heard=heard(days_ago=days_ago), by=CLERK, at=timezone.now())


def express(person: Person, wishes: Wishes, days_ago: int = 0, **fields: Any) -> Expression:
    return operations.express(
        person=person,
        wishes=wishes,
        heard=heard(Source.LEAFLET, days_ago),
        by=CLERK,
        at=timezone.now(),
        **fields,
    )


def answer(row: Expression, *, accepted: bool = True, **fields: Any) -> Expression:
    fields.setdefault("told", "Come on Tuesday.")
    return operations.answer_expression(
        expression=row,
        accepted=accepted,
        subject="Taking part",
        by=CLERK,
        at=timezone.now(),
        **fields,
    )


def test_what_is_left_out_is_ended_and_kept_and_what_stays_keeps_its_date(
    person: Person, lifts: Subject, meetings: Method
) -> None:
    doors = Subject.objects.create(name="Doors")
    keep(person, Wishes((lifts, doors), (meetings,), 120), days_ago=20)
    keep(person, Wishes((lifts,), (), 30, "YEAR"))
    held = queries.wishes_of(person)
    assert [(str(row), (today() - row.said_on).days) for row in held.interests] == [("Lifts", 20)]
    assert held.methods == []
    assert str(held.offer) == "30 minutes a year"
    assert [str(row) for row in ended_interests(person)] == ["Doors"]
    assert Offer.objects.filter(person=person).count() == 2


def test_adding_ends_nothing_and_keeps_the_time_that_was_said(
    person: Person, lifts: Subject, meetings: Method
) -> None:
    keep(person, Wishes((lifts,), (), 120))
    keep(person, Wishes((), (meetings,)), add=True)
    held = queries.wishes_of(person)
    assert (len(held.interests), len(held.methods)) == (1, 1)
    assert str(held.offer) == "2 hours a month"
    assert Offer.objects.count() == 1


def test_people_are_found_by_subject_way_time_and_level(
    person: Person, lifts: Subject, meetings: Method
) -> None:
    level = Level.objects.create(name="Advise")
    other = make_person("B (demo)")
    keep(person, Wishes((lifts,), (meetings,), 60, "MONTH", level))
    keep(other, Wishes((), (), 600, "YEAR"))
    found = Person.objects.order_by("pk")
    assert list(found.filter(queries.interested_in(lifts))) == [person]
    assert list(found.filter(queries.willing_to(meetings))) == [person]
    assert list(found.filter(with_time_for(700))) == [person]
    assert list(found.filter(with_time_for(600))) == [person, other]
    assert list(found.filter(at_level(level))) == [person]


def test_a_way_chosen_once_leaves_the_usual_ones(person: Person, meetings: Method) -> None:
    online = Method.objects.create(name="Online")
    keep(person, Wishes((), (meetings,)))
    operations.choose_method(
        person=person,
        method=online,
        about="Autumn forum",
        heard=heard(),
        by=CLERK,
        at=timezone.now(),
    )
    held = queries.wishes_of(person)
    assert [str(row) for row in held.methods] == ["Meetings"]
    assert [str(row) for row in held.chosen] == ["Online: Autumn forum"]


def test_the_clock_counts_working_days_from_the_day_they_said_so(
    person: Person, lifts: Subject
) -> None:
    row = express(person, Wishes((lifts,)), days_ago=14)
    clock = clock_of(row, today())
    assert (clock.promise, clock.is_late) == (5, True)
    assert clock.days in {9, 10}
    assert queries.late_count(today()) == 1


def test_accepting_writes_to_them_in_their_formats_and_keeps_what_they_named(
    in_poole: Landlord, lifts: Subject, meetings: Method
) -> None:
    in_poole.contact_name, in_poole.contact_phone = "Jean Marlow (demo)", "01632 960 142"
    in_poole.save()
    person = make_person(needs=["LARGE_PRINT", "BRAILLE"])
    row = express(person, Wishes((lifts,), (meetings,), 60), days_ago=3)
    assert Interest.objects.count() == 0
    row = answer(row)
    message = Message.objects.get()
    assert (row.state, row.message, message.state) == ("ACCEPTED", message, "QUEUED")
    assert message.formats == ["BRAILLE", "LARGE_PRINT"]
    assert message.large_print
    assert message.needs_making
    assert message.body.startswith("Dear Doreen Hackett (demo),\n\nCome on Tuesday.")
    assert "Telephone 01632 960 142" in message.body
    held = queries.wishes_of(person)
    assert [(str(each), each.source) for each in held.interests] == [("Lifts", "LEAFLET")]
    with pytest.raises(policies.AnsweredAlready):
        answer(row)


def test_whoever_is_accepted_is_judged_by_the_rules_of_what_they_join(
    officer_client: Client, person: Person, lifts: Subject, meetings: Method, officer: Actor
) -> None:
    at = timezone.now()
    too_old = add_rule_set(
        name="Youth forum", conditions=[Asked("age-below", "25")], by=officer, at=at
    )
    row = express(person, Wishes((lifts,), (meetings,)))
    page = f"/desk/interests/{row.pk}/"
    form = {"decision": "yes", "words": "Welcome.", "how": "hand", "joins": too_old.pk}

    asked = officer_client.post(page, form).text
    assert "“Youth forum”, because of “Age is below 25" in asked
    assert "They join all the same, because" in asked
    row.refresh_from_db()
    assert row.state == "OPEN"

    answer = officer_client.post(page, {**form, "in_spite": "she leads it"}, follow=True)
    assert "accepted all the same, because she leads it" in answer.text
    assert Check.objects.get().rule_set == too_old


def test_a_way_they_named_that_has_rules_is_judged_too_and_turning_down_is_not(
    person: Person, lifts: Subject, meetings: Method, officer: Actor
) -> None:
    at, old = timezone.now(), Asked("age-from", "60")
    add_rule_set(name=str(meetings).upper(), conditions=[old], by=officer, at=at)
    row = express(person, Wishes((lifts,), (meetings,)))
    with pytest.raises(RulesStandInTheWay, match="Age is at least 60"):
        answer(row, by_hand=True)
    assert answer(row, accepted=False, by_hand=True, reason="Full.").state == "TURNED_DOWN"


@pytest.mark.parametrize("by_hand", [True, False])
def test_whoever_died_waits_for_nothing_and_is_answered_nothing(
    officer_client: Client, person: Person, lifts: Subject, *, by_hand: bool
) -> None:
    row = express(person, Wishes((lifts,)), days_ago=14)
    page = f"/desk/interests/{row.pk}/"
    assert "Give the answer" in officer_client.get(page).text
    assert (queries.open_count(), queries.late_count(today())) == (1, 1)
    Person.objects.filter(pk=person.pk).update(status="DECEASED", status_on=today())

    with pytest.raises(HasDied):
        answer(row, by_hand=by_hand)
    shown = officer_client.get(page).text
    assert "so no answer goes to them" in shown
    assert "Give the answer" not in shown
    assert (queries.open_count(), queries.late_count(today())) == (0, 0)
    assert not queries.open_expressions().exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "page", ["/desk/interests/record/", "/desk/reach/add/", "/desk/segments/add/"]
)
def test_only_who_may_open_it_is_offered_to_look_after_it(
    officer_client: Client, jean: Membership, asha: Membership, page: str
) -> None:
    shown = officer_client.get(page).text
    assert f">{jean.staff}</option>" in shown
    assert f">{asha.staff}</option>" not in shown


def test_turning_down_needs_a_reason_and_keeps_nothing(person: Person, lifts: Subject) -> None:
    row = express(person, Wishes((lifts,)))
    with pytest.raises(policies.ReasonMissing):
        answer(row, accepted=False, by_hand=True)
    row = answer(row, accepted=False, by_hand=True, reason="The panel is full.")
    assert (row.state, row.reason, row.message) == ("TURNED_DOWN", "The panel is full.", None)
    assert Interest.objects.count() == Message.objects.count() == 0


def test_nobody_is_written_to_without_somebody_to_ring_or_by_telephone(
    in_poole: Landlord, lifts: Subject
) -> None:
    letter = express(make_person(), Wishes((lifts,)))
    with pytest.raises(policies.NobodyNamed):
        answer(letter)
    caller = make_person("Kasia (demo)", preferred_channel="PHONE", phone="07700 900 123")
    with pytest.raises(policies.NoMessageGoes):
        answer(express(caller, Wishes((lifts,))))
    assert queries.open_count() == 2


def test_the_same_form_twice_makes_one_and_nothing_said_makes_none(
    person: Person, lifts: Subject
) -> None:
    token = uuid.uuid4()
    for _ in range(2):
        express(person, Wishes((lifts,)), form_token=token)
    assert Expression.objects.count() == 1
    with pytest.raises(policies.NothingSaid):
        express(person, Wishes())


def test_anybody_asks_to_take_part_without_script_and_changes_nobodys_interests(
    poole: Landlord, visitor: Client
) -> None:
    with landlord_scope(poole):
        lifts = Subject.objects.create(name="Lifts")
        known = make_person("Kasia Nowak (demo)", email="kasia@mail.example")
    form = {
        "name": "Kasia Nowak (demo)",
        "contact": "kasia@mail.example",
        "subjects": [lifts.pk],
        "token": uuid.uuid4(),
    }
    for _ in range(2):
        response = visitor.post("/take-part/", form, follow=True)
        assert "will answer you by" in text_of(response)
    visitor.post("/take-part/", {**form, "token": uuid.uuid4(), "website": "http://spam.example"})
    with landlord_scope(poole):
        row = Expression.objects.get()
        assert (row.person, row.source, row.by_kind) == (known, "WEB", "RESIDENT")
        assert Interest.objects.count() == 0


def test_too_many_from_one_connection_are_asked_to_wait(poole: Landlord, visitor: Client) -> None:
    form = {"name": "A (demo)", "contact": "a@mail.example", "said": "Yes"}
    codes = [visitor.post("/take-part/", form).status_code for _ in range(11)]
    assert codes == [302] * 10 + [429]


def test_a_contributor_writes_it_down_without_seeing_who_else_there_is(
    poole: Landlord, contributor_client: Client
) -> None:
    with landlord_scope(poole):
        make_person("Doreen Hackett (demo)")
        make_person("Doreen Hackett (demo)")
    form = {
        "who": "Doreen Hackett (demo)",
        "contact": "01632 960 123",
        "said": "She would like to come.",
        "source": "VISIT",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    response = contributor_client.post("/desk/interests/record/", form, follow=True)
    assert "We promise an answer by" in text_of(response)
    assert contributor_client.get("/desk/interests/").status_code == 403
    with landlord_scope(poole):
        assert Expression.objects.get().by_name == "Asha Patel (demo)"


def test_an_officer_answers_from_the_queue(
    officer_client: Client, person: Person, lifts: Subject
) -> None:
    row = express(person, Wishes((lifts,)), days_ago=14)
    assert "Your promise is 5." in text_of(officer_client.get("/desk/interests/"))
    page = f"/desk/interests/{row.pk}/"
    form = {"decision": "yes", "words": "Come on Tuesday.", "how": "hand"}
    response = officer_client.post(page, form, follow=True)
    assert "has an answer" in text_of(response)
    assert [str(each) for each in queries.wishes_of(person).interests] == ["Lifts"]


def test_a_card_finds_the_person_and_adds_to_what_is_known(
    officer_client: Client, person: Person, lifts: Subject, meetings: Method
) -> None:
    keep(person, Wishes((lifts,)))
    form = {
        "who": person.name,
        "methods": [meetings.pk],
        "amount": "2",
        "unit": "HOURS",
        "per": "MONTH",
        "formats": ["LARGE_PRINT"],
        "support": ["TRANSPORT"],
        "source": "CARD",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    response = officer_client.post("/desk/interests/card/", form, follow=True)
    assert f"The card of {person.name} is keyed in." in text_of(response)
    held = queries.wishes_of(person)
    assert ([str(row) for row in held.interests], str(held.offer)) == (
        ["Lifts"],
        "2 hours a month",
    )
    assert {need.kind for need in needs_of(person)} == {"LARGE_PRINT", "TRANSPORT"}
    assert Person.objects.get().large_print


def test_a_card_of_somebody_new_asks_for_a_way_to_reach_them(
    officer_client: Client, in_poole: Landlord, meetings: Method
) -> None:
    form = {
        "who": "Ŵyn Łuczak (demo)",
        "methods": [meetings.pk],
        "source": "CARD",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    shown = text_of(officer_client.post("/desk/interests/card/", form))
    assert "They are new to us: write one way to reach them." in shown
    assert Person.objects.count() == 0
    officer_client.post("/desk/interests/card/", {**form, "contact": "07700 900 321"})
    assert Person.objects.get().name == "Ŵyn Łuczak (demo)"


def test_two_of_one_name_are_told_apart_by_number(
    officer_client: Client, in_poole: Landlord, meetings: Method
) -> None:
    first, second = make_person(), make_person()
    form = {
        "who": first.name,
        "methods": [meetings.pk],
        "source": "CARD",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    shown = text_of(officer_client.post("/desk/interests/card/", form))
    assert f"2 people have this name. Type one of: {first.name}, no. {first.pk}" in shown
    officer_client.post("/desk/interests/card/", {**form, "who": f"{second.name}, no. {second.pk}"})
    assert [wish.person for wish in MethodWish.objects.all()] == [second]


def make_tenancy(person: Person, began: dt.date) -> Tenancy:
    home = Home.objects.create(address="3 Drake Court", created_at=timezone.now())
    tenancy: Tenancy = Tenancy.objects.create(home=home, started_on=began)
    Residency.objects.create(person=person, home=home, tenancy=tenancy, started_on=began)
    return tenancy


def test_a_tenancy_that_began_brings_one_visit_however_often_it_is_asked(person: Person) -> None:
    make_tenancy(person, today() - dt.timedelta(days=10))
    make_tenancy(make_person("Old (demo)"), today() - dt.timedelta(days=400))
    counts = [operations.pull_visits(by=CLERK, at=timezone.now()) for _ in range(2)]
    assert counts == [1, 0]
    visit = TenancyVisit.objects.get()
    assert visit.person == person
    assert visit.due_on == today() + dt.timedelta(days=42 - 10)


def test_a_visit_is_made_once_with_what_was_talked_about_and_what_interests_them(
    officer_client: Client, person: Person, lifts: Subject, meetings: Method
) -> None:
    staff = StaffMember.objects.create(name="Pat Field (demo)")
    visit = operations.due_visit(
        person=person,
        tenancy_began_on=today() - dt.timedelta(days=60),
        by=CLERK,
        at=timezone.now(),
    )
    shown = text_of(officer_client.get("/desk/visits/"))
    assert "1 visit is still to make" in shown
    assert "1 of them late" in shown
    form = {
        "made_on": today().isoformat(),
        "officer": staff.pk,
        "talked_about": [meetings.pk],
        "discussed": "Repairs",
        "subjects": [lifts.pk],
    }
    officer_client.post(f"/desk/visits/{visit.pk}/", form)
    visit.refresh_from_db()
    assert (visit.made_on, visit.officer, visit.discussed) == (today(), staff, "Repairs")
    (interest,) = queries.wishes_of(person).interests
    assert (str(interest), interest.source) == ("Lifts", "VISIT")
    assert list(queries.visits_to_make()) == []
    with pytest.raises(policies.VisitMade):
        operations.set_aside(visit=visit, why="No", by=CLERK, at=timezone.now())


def test_the_uninvolved_are_those_who_took_part_in_nothing_since(
    officer_client: Client, person: Person, meetings: Method
) -> None:
    member, lately, left = (
        make_person("Member (demo)"),
        make_person("Lately (demo)"),
        make_person("Left (demo)", status="LEFT", status_on=today()),
    )
    facts = {"channel": "FACE", "recorded_at": timezone.now(), **BY}
    old = today() - dt.timedelta(days=800)
    Participation.objects.create(person=member, kind="MEMBER", label="Panel", began_on=old, **facts)
    Participation.objects.create(person=person, kind="MEETING", label="Fair", began_on=old, **facts)
    Participation.objects.create(
        person=lately, kind="MEETING", label="Fair", began_on=today(), **facts
    )
    keep(left, Wishes((), (meetings,)))
    since = months_before(today(), 12)
    assert list(uninvolved_since(since)) == [person]
    assert list(uninvolved_since(since, interested_only=True)) == []
    keep(person, Wishes((), (meetings,)))
    assert list(uninvolved_since(since, interested_only=True)) == [person]
    shown = text_of(officer_client.get("/desk/interests/uninvolved/"))
    assert "1 resident has taken part in nothing since" in shown
    assert person.name in shown


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 3, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 1, 15), 12, dt.date(2025, 1, 15)),
        (dt.date(2026, 1, 1), 1, dt.date(2025, 12, 1)),
    ],
)
def test_months_are_counted_back_to_a_day_there_is(
    day: dt.date, months: int, before: dt.date
) -> None:
    assert months_before(day, months) == before


def test_groups_to_reach_are_kept_with_partners_and_what_was_done(
    officer_client: Client, in_poole: Landlord
) -> None:
    form = {"name": "Young people", "why": "Hardly any come."}
    officer_client.post("/desk/reach/add/", form)
    group = GroupToReach.objects.get()
    page = f"/desk/reach/{group.pk}/"
    partner = {"partner-name": "Youth club", "partner-phone": "01632 960 417"}
    officer_client.post(f"{page}partner/", partner)
    again = officer_client.post(f"{page}partner/", partner)
    assert "This partner is in the list already." in text_of(again)
    officer_client.post(
        f"{page}note/", {"note-words": "Met them", "note-done_on": today().isoformat()}
    )
    shown = text_of(officer_client.get(page))
    assert "Youth club" in shown
    assert "Met them" in shown
    officer_client.post(f"{page}partner/{GroupPartner.objects.get().pk}/end/")
    assert "Nobody helps yet." in text_of(officer_client.get(page))
    officer_client.post(f"{page}change/", {**form, "plan": "Go to the club"})
    officer_client.post(f"{page}put/")
    group.refresh_from_db()
    assert (group.plan, group.archived_at is not None) == ("Go to the club", True)
    assert GroupNote.objects.count() == 1


def test_the_database_refuses_nonsense(person: Person, lifts: Subject, meetings: Method) -> None:
    keep(person, Wishes((lifts,), (meetings,), 60))
    late = {**told(), "said_on": today() + dt.timedelta(days=1)}
    group = GroupToReach.objects.create(name="A", why="B", added_at=timezone.now(), **BY)
    done: dict[str, Any] = {"group": group, "noted_at": timezone.now(), **BY}
    row = express(person, Wishes((lifts,)))
    visit: dict[str, Any] = {
        "person": person,
        "tenancy_began_on": today(),
        "due_on": today(),
        "recorded_at": timezone.now(),
        **BY,
    }
    TenancyVisit.objects.create(**visit)
    open_: dict[str, Any] = {"person": person, "due_on": today(), **told()}
    other = Method.objects.create(name="Other")
    doors = Subject.objects.create(name="Doors")
    cases: list[tuple[str, Any, dict[str, Any]]] = [
        ("interest_is_kept_once", Interest, {"person": person, "subject": lifts, **told()}),
        ("interest_was_said_before", Interest, {"person": person, "subject": doors, **late}),
        ("method_wish_is_kept_once", MethodWish, {"person": person, "method": meetings, **told()}),
        ("method_wish_was_said_before", MethodWish, {"person": person, "method": other, **late}),
        ("offer_that_holds_is_one", Offer, {"person": person, "minutes": 5, **told()}),
        (
            "offer_of_time_is_more",
            Offer,
            {"person": make_person("B (demo)"), "minutes": 0, **told()},
        ),
        (
            "offer_was_said_before",
            Offer,
            {"person": make_person("C (demo)"), "minutes": 5, **late},
        ),
        (
            "chosen_method_says_for_what",
            ChosenMethod,
            {"person": person, "method": other, "about": "", **told()},
        ),
        (
            "chosen_method_was_said_before",
            ChosenMethod,
            {"person": person, "method": other, "about": "Fair", **late},
        ),
        ("method_is_listed_once", Method, {"name": "meetings"}),
        ("method_has_a_name", Method, {"name": ""}),
        ("expression_is_answered_once", Expression, {**open_, "state": "ACCEPTED"}),
        (
            "expression_is_turned_down_with_a_reason",
            Expression,
            {**open_, "state": "TURNED_DOWN", "answered_at": timezone.now()},
        ),
        ("expression_of_time_is_more", Expression, {**open_, "minutes": 0}),
        ("expression_was_said_before", Expression, {**open_, **late}),
        ("visit_is_due_once", TenancyVisit, visit),
        (
            "visit_made_names_its_officer",
            TenancyVisit,
            {**visit, "tenancy_began_on": today() - dt.timedelta(days=9), "made_on": today()},
        ),
        (
            "visit_is_set_aside_with_a_reason",
            TenancyVisit,
            {**visit, "tenancy_began_on": today() - dt.timedelta(days=8), "set_aside_on": today()},
        ),
        (
            "group_to_reach_is_listed_once",
            GroupToReach,
            {"name": "a", "why": "C", "added_at": timezone.now(), **BY},
        ),
        (
            "group_to_reach_says_who_and_why",
            GroupToReach,
            {"name": "D", "why": "", "added_at": timezone.now(), **BY},
        ),
        ("partner_has_a_name", GroupPartner, {"group": group, "added_at": timezone.now(), **BY}),
        ("group_note_has_words", GroupNote, {**done, "done_on": today()}),
        (
            "group_note_is_of_a_day_gone_by",
            GroupNote,
            {**done, "words": "Met", "done_on": today() + dt.timedelta(days=1)},
        ),
    ]
    for name, model, values in cases:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.create(**values)
    for manager in (row.named_subjects,):
        with pytest.raises(IntegrityError, match="names_a_subject_once"), transaction.atomic():
            manager.create(subject=lifts)


@pytest.mark.parametrize("size", [1, 3])
def test_the_queue_asks_as_often_for_three_as_for_one(
    django_assert_num_queries: Any,
    officer_client: Client,
    jean: Membership,
    lifts: Subject,
    meetings: Method,
    size: int,
) -> None:
    for number in range(size):
        express(make_person(f"R{number} (demo)"), Wishes((lifts,), (meetings,)))
    officer_client.get("/desk/interests/")
    with django_assert_num_queries(14):
        officer_client.get("/desk/interests/")


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/desk/visits/", 11),
        ("/desk/interests/uninvolved/?who=all", 9),
        ("/desk/reach/", 8),
    ],
)
def test_lists_ask_as_often_for_three_as_for_one(
    django_assert_num_queries: Any,
    officer_client: Client,
    in_poole: Landlord,
    address: str,
    number: int,
    size: int,
) -> None:
    for at in range(size):
        operations.due_visit(
            person=make_person(f"R{at} (demo)"),
            tenancy_began_on=today(),
            by=CLERK,
            at=timezone.now(),
        )
        operations.add_group(
            values={"name": f"G{at}", "why": "Few come"}, by=CLERK, at=timezone.now()
        )
    officer_client.get(address)
    with django_assert_num_queries(number):
        officer_client.get(address)
