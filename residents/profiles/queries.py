from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db.models import QuerySet

from involvement.questionnaires import queries as questionnaires
from involvement.questionnaires.definition import Definition
from involvement.questionnaires.models import Version
from residents.people.models import Person
from residents.profiles.models import (
    AgeBand,
    EqualityLink,
    EqualityObjection,
    GuardianConsent,
    PopulationTotal,
    ProfileTarget,
)

KEY = "equality"
# Under this age a parent or guardian agrees first, and grown-up questions are not asked
OF_AGE = 16


def question_set() -> Version | None:
    """The version of the equality questions that is asked now; None before there is one."""
    return questionnaires.version_in_use(KEY)


def asked_of(person: Person, version: Version, *, on: dt.date, language: str = "") -> Definition:
    """What this person may be asked, by their age on a day. Grown-up questions are left out for
    the young; where an age is not known, they are asked as a tenant would be."""
    return questionnaires.definition_of(version, language).asked_of(age_of(person, on))


def age_of(person: Person, on: dt.date) -> int | None:
    """How old the register says they are; None where it does not know."""
    born = person.born_on
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_young(person: Person, on: dt.date) -> bool:
    """Whether a parent or guardian must agree first."""
    age = age_of(person, on)
    return age is not None and age < OF_AGE


def standing_consent(person: Person) -> GuardianConsent | None:
    """The guardian's consent that has not been withdrawn."""
    rows = GuardianConsent.objects.filter(person=person, withdrawn_on__isnull=True)
    found: GuardianConsent | None = rows.order_by("pk").first()
    return found


def standing_objection(person: Person) -> EqualityObjection | None:
    """The objection that has not been lifted."""
    rows = EqualityObjection.objects.filter(person=person, lifted_on__isnull=True)
    found: EqualityObjection | None = rows.order_by("pk").first()
    return found


def token_hash(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_by_token(token: str) -> EqualityLink | None:
    """The link a token opens, with its person."""
    rows = EqualityLink.objects.filter(token_hash=token_hash(token)).select_related("person")
    found: EqualityLink | None = rows.order_by("pk").first()
    return found


def links_of(person: Person) -> QuerySet[EqualityLink]:
    """A person's links, newest first."""
    rows: QuerySet[EqualityLink] = EqualityLink.objects.filter(person=person)
    return rows.order_by("-made_at", "-pk")


def age_bands() -> list[AgeBand]:
    """The landlord's bands, youngest first."""
    return list(AgeBand.objects.order_by("lowest", "pk"))


def band_of(age: int, bands: list[AgeBand]) -> AgeBand | None:
    """The one band an age is in: the last that begins at or below it."""
    inside = [band for band in bands if band.lowest <= age]
    return inside[-1] if inside else None


def targets() -> list[ProfileTarget]:
    """The targets, the whole landlord's first."""
    rows = ProfileTarget.objects.select_related("unit")
    return sorted(rows.order_by("pk"), key=lambda row: (row.unit_id is not None, str(row.unit)))


def population_totals() -> QuerySet[PopulationTotal]:
    """Totals somebody else counted, newest first."""
    rows: QuerySet[PopulationTotal] = PopulationTotal.objects.all()
    return rows.order_by("characteristic", "-as_of_date", "pk")


def newest_totals() -> dict[str, list[PopulationTotal]]:
    """For each characteristic the totals of its newest day."""
    found: dict[str, list[PopulationTotal]] = {}
    for row in population_totals():
        rows = found.setdefault(row.characteristic, [])
        if not rows or rows[0].as_of_date == row.as_of_date:
            rows.append(row)
    return found


def words_for(definition: Definition, characteristic: str, category: str) -> tuple[str, str]:
    """A characteristic and a category of it as people read them."""
    question = definition.question(characteristic)
    if question is None:
        return characteristic, category
    rows: list[Any] = [*question.options, *question.groups]
    label = next((row.label for row in rows if row.code == category), category)
    return question.short_name, label
