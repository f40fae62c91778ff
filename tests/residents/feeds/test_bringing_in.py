from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.feeds import operations, queries
from residents.feeds.models import Mode, StagedRow
from residents.feeds.policies import TooManyLeave
from residents.people import operations as people
from residents.people.models import Home, Person, Residency, Tenancy
from tests.residents.feeds.files import BY, DOREEN, bring, counts, csv_of, one, the_source

pytestmark = pytest.mark.usefixtures("in_poole")


def test_somebody_new_comes_with_home_tenancy_and_history() -> None:
    assert counts(bring(DOREEN)) == (1, 0, 0, 0, 0)
    person = Person.objects.select_related("home", "customer_type").get(reference="P001")
    assert (person.title, person.name, person.born_on) == (
        "Mrs",
        "Doreen Hackett (demo)",
        dt.date(1950, 2, 28),
    )
    assert person.customer_type is not None
    assert person.customer_type.name == "Tenant"
    assert (person.status, person.feed_source) == ("CURRENT", "Orchard")
    assert (person.phone, person.preferred_channel) == ("01632 960001", "POST")
    assert person.address == "3 Drake Court, Poole\nBH15 1AA"
    home = Home.objects.get(reference="H001")
    assert person.home == home
    assert (home.uprn, home.postcode, home.tenure, home.stock) == (
        "100040000001",
        "BH15 1AA",
        "GENERAL",
        "LCRA",
    )
    residency = Residency.objects.select_related("tenancy").get(person=person)
    assert (residency.home, residency.ended_on) == (home, None)
    assert residency.started_on == dt.date(1999, 4, 5)
    assert residency.tenancy is not None
    assert residency.tenancy.reference == "T001"
    assert [entry.sentence for entry in history_of(person)] == [
        "added them to the people, from Orchard"
    ]
    assert history_of(home).get().sentence == "added it to the homes, from Orchard"


def test_the_same_file_again_changes_nothing_and_leaves_no_rows_behind() -> None:
    rows = [one(number) for number in range(1, 6)]
    bring(*rows)
    before = {person.pk: history_of(person).count() for person in Person.objects.order_by("pk")}
    assert counts(bring(*rows)) == (0, 0, 5, 0, 0)
    after = {person.pk: history_of(person).count() for person in Person.objects.order_by("pk")}
    assert after == before
    assert not StagedRow.objects.exists()


def test_a_change_is_told_field_by_field() -> None:
    bring(DOREEN)
    changed = {**DOREEN, "Title": "Ms", "Name": "Doreen Marsh (demo)", "DOB": "27/02/1950"}
    assert counts(bring(changed)) == (0, 1, 0, 0, 0)
    person = Person.objects.get(reference="P001")
    entry = history_of(person)[0]
    assert entry.sentence == "changed title, name, date of birth, from Orchard"
    assert [(one["label"], one["old"], one["new"]) for one in entry.changes] == [
        ("title", "Mrs", "Ms"),
        ("name", "Doreen Hackett (demo)", "Doreen Marsh (demo)"),
        ("date of birth", "28 February 1950", "27 February 1950"),
    ]
    assert counts(bring(changed)) == (0, 0, 1, 0, 0)


def test_a_home_changes_with_a_line_of_its_own_and_the_letters_follow() -> None:
    bring(DOREEN)
    changed = {**DOREEN, "Address": "3 Drake House, Poole", "Tenure": "Sheltered"}
    assert counts(bring(changed)) == (0, 1, 0, 0, 0)
    home = Home.objects.get(reference="H001")
    assert [(one["label"], one["old"], one["new"]) for one in history_of(home)[0].changes] == [
        ("address", "3 Drake Court, Poole", "3 Drake House, Poole"),
        ("tenure", "General needs rent", "Sheltered or retirement"),
    ]
    person = Person.objects.get(reference="P001")
    assert person.address == "3 Drake House, Poole\nBH15 1AA"


def test_a_move_ends_one_residency_and_begins_another() -> None:
    bring(DOREEN)
    person = Person.objects.get(reference="P001")
    moved = {
        **one(7),
        "Person Ref": "P001",
        "Name": DOREEN["Name"],
        "Tenancy Start": "2026-08-03",
    }
    assert counts(bring(moved)) == (0, 1, 0, 0, 0)
    old, new = Residency.objects.filter(person=person).order_by("started_on")
    assert (old.home.reference, old.ended_on) == ("H001", dt.date(2026, 8, 3))
    assert (new.home.reference, new.started_on, new.ended_on) == (
        "H007",
        dt.date(2026, 8, 3),
        None,
    )
    person.refresh_from_db()
    assert person.home == new.home
    assert person.address == "7 Drake Court, Poole\nBH15 1AA"
    changes = {one["label"]: one["new"] for one in history_of(person)[0].changes}
    assert changes["home"] == "7 Drake Court, Poole"
    assert counts(bring(moved)) == (0, 0, 1, 0, 0)


def test_what_is_ours_is_never_overwritten() -> None:
    bring(DOREEN)
    person = Person.objects.get(reference="P001")
    at = timezone.now()
    people.change_person(
        person=person,
        phone="07700 900123",
        address="c/o her daughter, 1 Quay Street",
        email="doreen@mail.example",
        preferred_channel="EMAIL",
        by=BY,
        at=at,
    )
    again = {**DOREEN, "Phone": "01632 960999", "Email": "other@mail.example", "Title": "Ms"}
    assert counts(bring(again)) == (0, 1, 0, 0, 0)
    person.refresh_from_db()
    assert (person.phone, person.email) == ("07700 900123", "doreen@mail.example")
    assert person.address == "c/o her daughter, 1 Quay Street"
    assert (person.preferred_channel, person.title) == ("EMAIL", "Ms")


def test_an_empty_cell_says_nothing_and_an_empty_number_of_ours_is_filled() -> None:
    bring({**DOREEN, "Phone": ""})
    filled = {**DOREEN, "Title": "", "DOB": "", "Customer Type": "", "Tenure": ""}
    assert counts(bring(filled)) == (0, 1, 0, 0, 0)
    person = Person.objects.get(reference="P001")
    assert (person.title, person.phone) == ("Mrs", "01632 960001")
    assert person.born_on == dt.date(1950, 2, 28)
    assert person.customer_type is not None


def test_a_full_file_makes_leavers_and_says_since_when(now: dt.datetime) -> None:
    rows = [one(number) for number in range(1, 21)]
    bring(*rows, mode=Mode.FULL)
    people.add_home(address="1 Elsewhere Road", by=BY, at=now)
    by_hand = Person.objects.create(name="By hand", address="1 Elsewhere", created_at=now)
    assert counts(bring(*rows[1:], mode=Mode.FULL)) == (0, 0, 19, 1, 0)
    gone = Person.objects.get(reference="P001")
    today = timezone.localdate()
    assert (gone.status, gone.status_on, gone.home) == ("LEFT", today, None)
    assert Residency.objects.get(person=gone).ended_on == today
    assert history_of(gone)[0].sentence.startswith("noted that they have left")
    by_hand.refresh_from_db()
    assert by_hand.status == "CURRENT"
    assert counts(bring(*rows[1:], mode=Mode.FULL)) == (0, 0, 19, 0, 0)


def test_nobody_leaves_by_a_file_of_changes() -> None:
    bring(*(one(number) for number in range(1, 4)))
    assert counts(bring(one(1))) == (0, 0, 1, 0, 0)
    assert Person.objects.filter(status="CURRENT").count() == 3


def test_whoever_left_and_is_in_the_list_again_lives_here_again() -> None:
    rows = [one(number) for number in range(1, 12)]
    bring(*rows, mode=Mode.FULL)
    bring(*rows[1:], mode=Mode.FULL)
    assert counts(bring(*rows, mode=Mode.FULL)) == (0, 1, 10, 0, 0)
    back = Person.objects.get(reference="P001")
    assert (back.status, back.status_on) == ("CURRENT", None)
    assert back.home is not None
    assert Residency.objects.filter(person=back, ended_on=None).count() == 1


def test_too_many_leavers_stop_the_whole_file_until_they_are_allowed() -> None:
    rows = [one(number) for number in range(1, 11)]
    bring(*rows, mode=Mode.FULL)
    shorter = [*rows[:8], one(99)]
    with pytest.raises(TooManyLeave, match="2 people of 10 would have left: more than the 10 per"):
        bring(*shorter, mode=Mode.FULL)
    assert not Person.objects.filter(reference="P099").exists()
    assert not Person.objects.filter(status="LEFT").exists()
    assert counts(bring(*shorter, mode=Mode.FULL, allow_leavers=True)) == (1, 0, 8, 2, 0)


def test_ends_in_a_file_of_changes_count_as_leavers_and_stop_it_where_they_are_many() -> None:
    rows = [one(number) for number in range(1, 11)]
    bring(*rows)
    ended = [{**row, "Tenancy End": "2026-02-01"} for row in rows[:9]]
    assert counts(bring(ended[0])) == (0, 1, 0, 1, 0)
    with pytest.raises(TooManyLeave, match="8 people of 9 would have left"):
        bring(*ended)
    assert Person.objects.filter(status="LEFT").count() == 1
    assert counts(bring(*ended, allow_leavers=True)) == (0, 8, 1, 8, 0)
    assert Person.objects.filter(status="LEFT").count() == 9


def test_the_share_that_may_leave_is_the_landlords() -> None:
    rows = [one(number) for number in range(1, 11)]
    bring(*rows, mode=Mode.FULL)
    assert bring(*rows[:8], mode=Mode.FULL, leaver_share=20).leavers == 2


def test_nobody_leaves_because_their_row_cannot_be_read() -> None:
    rows = [one(number) for number in range(1, 21)]
    bring(*rows, mode=Mode.FULL)
    bad = [{**rows[0], "DOB": "31/02/1950"}, *rows[1:]]
    assert counts(bring(*bad, mode=Mode.FULL)) == (0, 0, 19, 0, 1)
    assert Person.objects.get(reference="P001").status == "CURRENT"


def test_an_ended_tenancy_tells_that_they_left_on_its_last_day() -> None:
    bring(DOREEN)
    assert counts(bring({**DOREEN, "Tenancy End": "2026-07-31"})) == (0, 1, 0, 1, 0)
    person = Person.objects.get(reference="P001")
    assert (person.status, person.status_on) == ("LEFT", dt.date(2026, 7, 31))
    assert Residency.objects.get(person=person).ended_on == dt.date(2026, 7, 31)
    assert Tenancy.objects.get(reference="T001").ended_on == dt.date(2026, 7, 31)
    assert counts(bring({**DOREEN, "Tenancy End": "2026-07-31"})) == (0, 0, 1, 0, 0)


def test_somebody_who_died_is_left_in_peace(now: dt.datetime) -> None:
    bring(DOREEN)
    person = Person.objects.get(reference="P001")
    people.person_died(person=person, on=dt.date(2026, 8, 1), by=BY, at=now)
    assert bring(DOREEN).created == 0
    person.refresh_from_db()
    assert (person.status, person.home) == ("DECEASED", None)


def test_a_household_shares_one_home_and_one_tenancy() -> None:
    joint = {**DOREEN, "Person Ref": "P002", "Name": "Ron Hackett (demo)"}
    assert counts(bring(DOREEN, joint)) == (2, 0, 0, 0, 0)
    assert Home.objects.count() == 1
    assert Tenancy.objects.count() == 1
    assert Residency.objects.filter(home__reference="H001").count() == 2


def test_a_home_known_by_its_address_is_found_and_takes_its_reference(now: dt.datetime) -> None:
    home = people.add_home(address="3 Drake Court, Poole", postcode="BH15 1AA", by=BY, at=now)
    bring(DOREEN)
    home.refresh_from_db()
    assert (home.reference, home.uprn) == ("H001", "100040000001")
    assert Home.objects.count() == 1


def test_an_address_of_another_landlord_is_simply_not_found(
    in_poole: Landlord, oxford: Landlord
) -> None:
    with landlord_scope(oxford):
        bring(DOREEN)
        theirs = Person.objects.get(reference="P001")
    assert counts(bring(DOREEN)) == (1, 0, 0, 0, 0)
    assert Person.objects.get(reference="P001").pk != theirs.pk
    with landlord_scope(oxford):
        assert Person.objects.count() == 1
        assert Home.objects.count() == 1


def test_leavers_stand_by_name_as_people_look_for_it(now: dt.datetime) -> None:
    names = ["Łucja Żółć (demo)", "Zara Mill (demo)", "Luke Mill (demo)", "Øyvind Mill (demo)"]
    rows = [one(number, Name=name) for number, name in enumerate(names, start=1)]
    bring(*rows, mode=Mode.FULL)
    data = csv_of(one(9))
    intake = operations.start_intake(
        source=the_source(),
        name="a.csv",
        data=data,
        how="PAGE",
        mode="FULL",
        keep=False,
        by=BY,
        at=now,
    )
    operations.stage_intake(intake=intake, data=data, by=BY, at=now)
    assert [person.name for person in queries.leavers(intake)] == [
        "Łucja Żółć (demo)",
        "Luke Mill (demo)",
        "Øyvind Mill (demo)",
        "Zara Mill (demo)",
    ]
