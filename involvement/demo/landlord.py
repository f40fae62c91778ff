"""A landlord's own words, places, subjects, levels and staff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from involvement.accounts.models import StaffMember, Team
from involvement.calendars.words import count
from involvement.demo import operations
from involvement.demo.moments import ago
from involvement.demo.queries import LOADER
from involvement.demo.sources import toml_of
from involvement.landlords.models import (
    GlossaryTerm,
    Landlord,
    Level,
    Place,
    Subject,
    Unit,
    Word,
)

SINCE = 640


def load(landlord: Landlord, *, full: bool) -> str:
    """Fill in the landlord in scope, once. What is there already is left alone."""
    if StaffMember.objects.exists():
        return ""
    facts = toml_of("involvement", f"landlords/{landlord.slug}.toml")
    at = ago(SINCE)
    units = operations.plant(rows=list(_units(facts)), by=LOADER, at=at)
    for rows in (_words(facts), _levels(facts), _glossary(facts)):
        operations.plant(rows=list(rows), by=LOADER, at=at)
    _plant_subjects(facts)
    _plant_places(facts, {unit.short_name: unit for unit in units})
    people = _plant_staff(landlord, facts)
    return count(people, "colleague")


def _units(facts: dict[str, Any]) -> Iterator[Unit]:
    for position, each in enumerate(facts.get("units", [])):
        yield Unit(position=position, **each)


def _words(facts: dict[str, Any]) -> Iterator[Word]:
    for meaning, (singular, plural) in facts.get("words", {}).items():
        yield Word(meaning=meaning, singular=singular, plural=plural)


def _levels(facts: dict[str, Any]) -> Iterator[Level]:
    for position, (name, meaning) in enumerate(facts.get("levels", {}).items()):
        yield Level(name=name, meaning=meaning, position=position)


def _glossary(facts: dict[str, Any]) -> Iterator[GlossaryTerm]:
    for term, meaning in facts.get("glossary", {}).items():
        yield GlossaryTerm(term=term, meaning=meaning)


def _plant_subjects(facts: dict[str, Any]) -> None:
    tree: dict[str, list[str]] = toml_of("involvement", "subjects.toml")["subjects"]
    tree |= facts.get("subjects", {})
    above = [Subject(name=name, position=at) for at, name in enumerate(tree)]
    planted = operations.plant(rows=above, by=LOADER, at=ago(SINCE))
    below = [
        Subject(name=name, parent=parent, position=at)
        for parent in planted
        for at, name in enumerate(tree[parent.name])
    ]
    operations.plant(rows=below, by=LOADER, at=ago(SINCE))


def _plant_places(facts: dict[str, Any], units: dict[str, Unit]) -> None:
    """`places` maps an area to its estates; an area's unit stands after a bar: "Derby | Spirita"."""
    areas, names = [], []
    for written, inside in facts.get("places", {}).items():
        name, _, unit = (part.strip() for part in written.partition("|"))
        areas.append(Place(name=name, kind=Place.Kind.AREA, unit=units.get(unit)))
        names.append(inside)
    planted = operations.plant(rows=areas, by=LOADER, at=ago(SINCE))
    inside = [
        Place(name=name, kind=_kind(name), parent=area, unit=area.unit)
        for area, estates in zip(planted, names, strict=True)
        for name in estates
    ]
    operations.plant(rows=inside, by=LOADER, at=ago(SINCE))


def _kind(name: str) -> str:
    if name.endswith(("House", "Point", "Tower")):
        return Place.Kind.BLOCK
    if name.endswith(("Court", "Lodge", "Gardens")):
        return Place.Kind.SCHEME
    return Place.Kind.ESTATE


def _plant_staff(landlord: Landlord, facts: dict[str, Any]) -> int:
    teams = operations.plant(
        rows=[Team(name=name, short_name=short) for name, short in facts.get("teams", {}).items()],
        by=LOADER,
        at=ago(SINCE),
    )
    by_short = {team.short_name: team for team in teams}
    roles, staff = [], []
    for number, each in enumerate(facts.get("staff", [])):
        local = each["name"].removesuffix(" (demo)").lower().replace(" ", ".").replace("'", "")
        staff.append(
            StaffMember(
                name=each["name"],
                initials=each.get("initials", ""),
                job_title=each["job"],
                email=each.get("email", f"{local}@{landlord.slug}.example"),
                phone=f"01632 960 {200 + number:03d}",
                team=by_short.get(each.get("team", "")),
            )
        )
        roles.append(each.get("role", ""))
    planted = operations.plant(rows=staff, by=LOADER, at=ago(SINCE))
    for member, role in zip(planted, roles, strict=True):
        if role:
            operations.enrol(staff=member, role=role, by=LOADER, at=ago(SINCE - 20))
    return len(planted)
