from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string

from involvement.auditing import operations
from involvement.auditing.actors import Actor, ActorKind, Channel, importer, job
from involvement.auditing.models import AuditEntry
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import ChangedMeanwhile, Refusal
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place, Unit

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)


@pytest.fixture
def unit(in_poole: Landlord) -> Unit:
    unit: Unit = Unit.objects.create(name="Hamworthy")
    return unit


def renamed(unit: Unit, name: str, by: Actor, at: dt.datetime = AT) -> AuditEntry:
    before = operations.snapshot(unit, ["name", "short_name"])
    unit.name = name
    unit.save(update_fields=["name"])
    return operations.record(
        verb="unit.renamed",
        record=unit,
        sentence=f"renamed the unit to “{name}”",
        changes=operations.changes_since(unit, before),
        by=by,
        at=at,
    )


def test_an_entry_says_who_what_and_when_with_old_and_new(unit: Unit, officer: Actor) -> None:
    renamed(unit, "Hamworthy and Turlin Moor", officer)
    (entry,) = history_of(unit)
    assert entry.sentence == "renamed the unit to “Hamworthy and Turlin Moor”"
    assert entry.by_words == "Jean Marlow (demo)"
    assert entry.at == AT
    assert entry.record_name == "Hamworthy and Turlin Moor"
    assert entry.changes == [
        {"field": "name", "label": "name", "old": "Hamworthy", "new": "Hamworthy and Turlin Moor"}
    ]


def test_the_history_of_a_record_is_its_own_newest_first(unit: Unit, officer: Actor) -> None:
    other = Unit.objects.create(name="Creekmoor")
    renamed(unit, "First", officer)
    renamed(other, "Elsewhere", officer)
    renamed(unit, "Second", officer, AT + dt.timedelta(hours=1))
    assert [entry.record_name for entry in history_of(unit)] == ["Second", "First"]


def test_a_record_of_another_kind_with_the_same_number_is_another(
    unit: Unit, officer: Actor
) -> None:
    place = Place.objects.create(pk=unit.pk, name="Turlin Moor")
    renamed(unit, "Renamed", officer)
    assert list(history_of(place)) == []


def test_the_history_outlives_its_record(unit: Unit, officer: Actor) -> None:
    renamed(unit, "Last name", officer)
    key = unit.pk
    unit.delete()
    assert AuditEntry.objects.get(record_id=key).record_name == "Last name"


def test_many_lines_are_written_at_once(in_poole: Landlord, officer: Actor) -> None:
    units = [Unit.objects.create(name=f"Unit {number}") for number in range(3)]
    written = operations.record_many(
        verb="unit.added",
        records=[(unit, f"added “{unit.name}”") for unit in units],
        by=officer,
        at=AT,
    )
    assert written == 3
    assert [entry.sentence for unit in units for entry in history_of(unit)] == [
        "added “Unit 0”",
        "added “Unit 1”",
        "added “Unit 2”",
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE involvement_auditentry SET sentence = 'nothing happened'",
        "UPDATE involvement_auditentry SET at = at WHERE false",
        "DELETE FROM involvement_auditentry",
        "TRUNCATE involvement_auditentry",
    ],
)
def test_history_cannot_be_rewritten_even_by_sql(unit: Unit, officer: Actor, sql: str) -> None:
    renamed(unit, "Renamed", officer)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert history_of(unit).count() == 1


def test_a_line_that_fails_takes_its_change_back_with_it(unit: Unit, officer: Actor) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        renamed(unit, "Renamed", officer, at=None)  # type: ignore[arg-type]  # what must be refused
    unit.refresh_from_db()
    assert unit.name == "Hamworthy"


def test_another_landlord_reads_none_of_it(unit: Unit, oxford: Landlord, officer: Actor) -> None:
    renamed(unit, "Renamed", officer)
    assert history_of(unit).count() == 1
    with landlord_scope(oxford):
        assert history_of(unit).count() == 0


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (Actor(ActorKind.STAFF, "Jean Marlow (demo)"), "Jean Marlow (demo)"),
        (
            Actor(
                ActorKind.ADVOCATE,
                "Rosa Lind (demo)",
                behalf="Mrs Hackett",
                channel=Channel.PHONE,
                clerk="Asha Patel (demo)",
            ),
            "Rosa Lind (demo), for Mrs Hackett, by telephone, keyed in by Asha Patel (demo)",
        ),
        (importer("Jean Marlow (demo)"), "Jean Marlow (demo), from a file"),
        (job("The quarterly timer"), "The quarterly timer"),
        (Actor(ActorKind.RESIDENT, "Doreen (demo)").by(Channel.POST), "Doreen (demo), by letter"),
    ],
)
def test_the_actor_is_said_in_words(unit: Unit, actor: Actor, words: str) -> None:
    assert renamed(unit, "Renamed", actor).by_words == words


def test_how_somebody_did_it_is_set_off_from_what_they_did(unit: Unit) -> None:
    by_file = renamed(unit, "Renamed", importer("The command line"))
    by_hand = renamed(unit, "Named", Actor(ActorKind.STAFF, "Jean Marlow (demo)"))
    shown = render_to_string("components/history.html", {"entries": [by_file, by_hand]})
    assert f"<b>The command line, from a file</b>, {by_file.sentence}" in shown
    assert f"<b>Jean Marlow (demo)</b> {by_hand.sentence}" in shown


def test_long_names_are_cut_and_not_refused(unit: Unit) -> None:
    entry = renamed(unit, "R" * 120, Actor(ActorKind.OUTSIDE, "n" * 300, behalf="b" * 300))
    assert entry.by_name == "n" * 120
    assert entry.by_behalf == "b" * 120


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        (True, "yes"),
        (False, "no"),
        (dt.date(2026, 12, 4), "4 December 2026"),
        (["en-GB", "cy"], "en-GB, cy"),
        (12, "12"),
    ],
)
def test_values_are_kept_as_a_person_would_say_them(value: object, words: str) -> None:
    assert operations.in_words(value) == words


def test_choices_are_kept_by_their_label(in_poole: Landlord) -> None:
    place = Place.objects.create(name="Drake Court", kind="BLOCK")
    assert operations.snapshot(place, ["kind"]) == {"kind": "Block"}


def test_what_did_not_change_is_not_told(unit: Unit) -> None:
    before = operations.snapshot(unit, ["name", "position"])
    unit.position = 4
    assert operations.changes_since(unit, before) == [
        {"field": "position", "label": "position", "old": "0", "new": "4"}
    ]


def test_a_refusal_reads_as_its_docstring() -> None:
    assert str(ChangedMeanwhile()) == (
        "Somebody else changed this while you were writing. Their version is shown beside yours; "
        "choose what to keep and save again."
    )
    assert str(Refusal("Not on a Sunday.")) == "Not on a Sunday."
