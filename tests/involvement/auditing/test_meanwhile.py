"""The second of two who change the same thing sees what the first saved, and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from involvement.accounts.models import StaffMember, Team
from involvement.isolation import landlord_scope
from involvement.landlords.models import GlossaryTerm, Landlord, Level, Place, Subject, Unit, Word
from structures.bodies.models import Body
from structures.strategy.models import Aim, Driver, Strategy
from tests.conftest import client_for
from tests.factories.accounts import make_member

CLASH = "Somebody else changed this while you were writing."
FIELD = re.compile(r'<input type="hidden" name="(seen|[A-Z_a-z]+-seen)" value="([^"]*)"')


@pytest.fixture
def administrator(poole: Landlord) -> Client:
    """Ivy Cole (demo), administrator at Poole."""
    return client_for(poole, make_member(poole, "Ivy Cole (demo)", "ADMINISTRATOR", initials="IC"))


def hidden(page: str) -> dict[str, str]:
    """The marks a page's form brings back."""
    return {name: unescape(value) for name, value in FIELD.findall(page)}


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


Made = Callable[[], tuple[str, dict[str, str], str]]


def unit() -> tuple[str, dict[str, str], str]:
    row = Unit.objects.create(name="Before")
    return f"/desk/settings/lists/units/{row.pk}/", {}, "name"


def place() -> tuple[str, dict[str, str], str]:
    row = Place.objects.create(name="Before")
    return f"/desk/settings/lists/places/{row.pk}/", {"kind": row.kind}, "name"


def subject() -> tuple[str, dict[str, str], str]:
    row = Subject.objects.create(name="Before")
    return f"/desk/settings/lists/subjects/{row.pk}/", {"position": "0"}, "name"


def level() -> tuple[str, dict[str, str], str]:
    row = Level.objects.create(name="Before", position=1)
    return f"/desk/settings/lists/levels/{row.pk}/", {"position": "1"}, "name"


def term() -> tuple[str, dict[str, str], str]:
    row = GlossaryTerm.objects.create(term="Before", meaning="As it was.")
    return f"/desk/settings/lists/glossary/{row.pk}/", {"meaning": "As it was."}, "term"


def team() -> tuple[str, dict[str, str], str]:
    row = Team.objects.create(name="Before")
    return f"/desk/staff/teams/{row.pk}/", {}, "name"


def colleague() -> tuple[str, dict[str, str], str]:
    row = StaffMember.objects.create(name="Before (demo)")
    return f"/desk/staff/{row.pk}/", {}, "name"


def names() -> tuple[str, dict[str, str], str]:
    return "/desk/settings/about/names/", {"short_name": "Poole"}, "name"


def promises() -> tuple[str, dict[str, str], str]:
    return "/desk/settings/about/promises/", {"reply_days": "10"}, "decision_days"


def colour() -> tuple[str, dict[str, str], str]:
    return "/desk/settings/brand/?colour=%23123456", {}, "colour"


def strategy() -> tuple[str, dict[str, str], str]:
    row = Strategy.objects.create(title="Before", created_at="2026-06-01T09:00:00Z")
    return f"/desk/strategy/{row.pk}/change/", {}, "title"


def aim() -> tuple[str, dict[str, str], str]:
    made = Strategy.objects.create(title="Ours", created_at="2026-06-01T09:00:00Z")
    row = Aim.objects.create(strategy=made, words="Before")
    return f"/desk/strategy/{made.pk}/aim/{row.pk}/", {}, "words"


def driver() -> tuple[str, dict[str, str], str]:
    row = Driver.objects.create(title="Before", dated_on="2026-01-01", kind=Driver.Kind.values[0])
    return (
        f"/desk/strategy/drivers/{row.pk}/",
        {"kind": row.kind, "dated_on": "2026-01-01"},
        "title",
    )


def body() -> tuple[str, dict[str, str], str]:
    row = Body.objects.create(name="Before")
    return f"/desk/groups/{row.pk}/change/", {}, "name"


MADE = (unit, place, subject, level, term, team, colleague, names, promises, colour, strategy, aim, driver, body)  # fmt: skip


@pytest.mark.parametrize("made", MADE)
def test_the_second_sees_what_the_first_saved_and_can_still_save(
    poole: Landlord, administrator: Client, made: Made
) -> None:
    with landlord_scope(poole):
        address, rest, field = made()
    first, second = ("41", "42") if field == "decision_days" else ("First", "Second")
    if field == "colour":
        first, second = "#123456", "#5A1E1E"
    shown = hidden(page_of(administrator, address))
    assert shown, "the page hands out a mark of what it shows"
    kept = administrator.post(address, rest | {field: first} | shown)
    assert kept.status_code == 302
    clash = administrator.post(address, rest | {field: second} | shown)
    page = clash.content.decode()
    assert CLASH in page
    assert f">{first}</td>" in page
    assert f">{second}</td>" in page
    assert "Ivy Cole (demo) saved this on " in page
    again = administrator.post(address, rest | {field: second} | hidden(page))
    assert again.status_code == 302
    shown_now = page_of(administrator, address.split("?")[0])
    assert second in shown_now


def test_a_wrong_form_does_not_forget_what_its_writer_had_seen(
    poole: Landlord, administrator: Client
) -> None:
    with landlord_scope(poole):
        address, _rest, _field = unit()
    shown = hidden(page_of(administrator, address))
    administrator.post(address, {"name": "First"} | shown)
    wrong = administrator.post(address, {"name": ""} | shown).content.decode()
    assert CLASH not in wrong
    clash = administrator.post(address, {"name": "Second"} | hidden(wrong))
    assert CLASH in clash.content.decode()


def test_two_who_change_different_words_both_keep_theirs(
    poole: Landlord, administrator: Client
) -> None:
    address = "/desk/settings/words/"
    shown = hidden(page_of(administrator, address))
    one, other = list(Word.Meaning.values)[:2]
    administrator.post(address, shown | {f"{one}-singular": "tenant", f"{one}-plural": "tenants"})
    both = {f"{other}-singular": "forum", f"{other}-plural": "forums"}
    assert administrator.post(address, shown | both).status_code == 302
    with landlord_scope(poole):
        chosen = dict(Word.objects.values_list("meaning", "singular"))
    assert chosen == {one: "tenant", other: "forum"}


def test_two_who_change_one_word_are_told(poole: Landlord, administrator: Client) -> None:
    address = "/desk/settings/words/"
    shown = hidden(page_of(administrator, address))
    one = Word.Meaning.values[0]
    administrator.post(address, shown | {f"{one}-singular": "tenant", f"{one}-plural": "tenants"})
    mine = {f"{one}-singular": "member", f"{one}-plural": "members"}
    page = administrator.post(address, shown | mine).content.decode()
    assert CLASH in page
    assert '<td data-label="They saved">tenants</td>' in page
    assert 'value="member"' in page
    assert administrator.post(address, mine | hidden(page)).status_code == 302
    with landlord_scope(poole):
        assert Word.objects.get(meaning=one).singular == "member"


def test_nobody_else_can_change_it_between_the_comparison_and_the_saving(
    poole: Landlord, administrator: Client
) -> None:
    with landlord_scope(poole):
        address, _rest, _field = unit()
    shown = hidden(page_of(administrator, address))
    with CaptureQueriesContext(connection) as queries:
        administrator.post(address, {"name": "First"} | shown)
    about = [each["sql"] for each in queries if '"involvement_unit"' in each["sql"]]
    held = next(at for at, sql in enumerate(about) if "FOR UPDATE" in sql)
    saved = next(at for at, sql in enumerate(about) if sql.startswith("UPDATE"))
    assert held < saved
    with CaptureQueriesContext(connection) as reading:
        administrator.get(address)
    assert not any("FOR UPDATE" in each["sql"] for each in reading)


@pytest.mark.parametrize("seen", ["nonsense", ":", "name", "name: short_name"])
def test_marks_that_are_none_of_ours_hide_nothing(
    poole: Landlord, administrator: Client, seen: str
) -> None:
    with landlord_scope(poole):
        address, _rest, _field = unit()
    page = administrator.post(address, {"name": "Mine", "seen": seen}).content.decode()
    assert CLASH in page
    assert '<td data-label="They saved">Before</td><td data-label="You wrote">Mine</td>' in page


def test_the_same_value_has_other_marks_on_another_record(
    poole: Landlord, administrator: Client
) -> None:
    with landlord_scope(poole):
        (one, _, _), (other, _, _) = unit_named("North"), unit_named("South")
    marks = [hidden(page_of(administrator, each))["seen"].split() for each in (one, other)]
    assert len(marks[0]) == len(marks[1]) > 1
    assert not set(marks[0]) & set(marks[1])


def unit_named(name: str) -> tuple[str, dict[str, str], str]:
    row = Unit.objects.create(name=name)
    return f"/desk/settings/lists/units/{row.pk}/", {}, "name"
