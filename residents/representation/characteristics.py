"""What is compared: equality questions, and what the register knows; put so that the store counts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from involvement.landlords.models import Place, Unit
from involvement.questionnaires.definition import PREFER_NOT, Kind, Question
from involvement.questionnaires.queries import definition_of, meanings
from residents.people.models import CustomerType, Tenure
from residents.profiles.queries import KEY, age_bands, band_of, question_set

UNKNOWN: Final = "UNKNOWN"
LAST: Final = ((PREFER_NOT, "Prefer not to say"), (UNKNOWN, "Not known"))
OLDEST: Final = 120


@dataclass(frozen=True)
class Characteristic:
    """One thing people are compared by. `detail` and `pooled` are (code, words) of the categories
    in order, the last two always the same; `codes` says what is counted where."""

    key: str
    name: str
    source: str
    detail: tuple[tuple[str, str], ...]
    pooled: tuple[tuple[str, str], ...] = ()
    adds_up: bool = True
    codes: tuple[dict[str, Any], ...] = field(default=())

    @property
    def asked(self) -> dict[str, Any]:
        """What the store is asked."""
        return {
            "key": self.key,
            "source": self.source,
            "adds_up": self.adds_up,
            "detail": len(self.detail),
            "pooled": len(self.pooled),
            "map": list(self.codes),
        }


def characteristics(*, of_unit: bool = False) -> list[Characteristic]:
    """Everything compared, in the order of the page; inside a unit not by unit and place."""
    found = [_age(), *_of_register(of_unit=of_unit), *_questions()]
    return [one for one in found if len(one.detail) > len(LAST)]


def _age() -> Characteristic:
    bands = age_bands()
    places = {band.pk: place for place, band in enumerate(bands, 1)}
    codes = [
        {"code": str(age), "detail": places[band.pk]}
        for age in range(OLDEST + 1)
        if (band := band_of(age, bands)) is not None
    ]
    detail = tuple((f"FROM_{band.lowest}", band.label) for band in bands)
    return Characteristic("AGE", "Age", "AGE", (*detail, *LAST), codes=tuple(codes))


def _of_register(*, of_unit: bool) -> list[Characteristic]:
    types = CustomerType.objects.filter(lives_here=True).order_by("position", "pk")
    found = [
        _listed(
            "TENURE", "How they hold their home", [(str(a), str(b)) for a, b in Tenure.choices]
        ),
        _listed("CUSTOMER", "Kind of resident", [(str(one.pk), one.name) for one in types]),
    ]
    if of_unit:
        return found
    units = Unit.objects.filter(archived_at__isnull=True).order_by("position", "name", "pk")
    places = Place.objects.filter(archived_at__isnull=True).order_by("name", "pk")
    return [
        *found,
        _listed("UNIT", "Part of the landlord", [(str(one.pk), one.name) for one in units]),
        _listed("PLACE", "Place", [(str(one.pk), one.name) for one in places]),
    ]


def _listed(source: str, name: str, rows: list[tuple[str, str]]) -> Characteristic:
    codes = tuple({"code": code, "detail": place} for place, (code, _) in enumerate(rows, 1))
    return Characteristic(source, name, source, (*rows, *LAST), codes=codes)


def _questions() -> list[Characteristic]:
    version = question_set()
    if version is None:
        return []
    meant = meanings(KEY)
    return [
        _question(one, meant)
        for one in definition_of(version).questions
        if one.asked and one.kind in {Kind.ONE, Kind.SEVERAL}
    ]


def _question(question: Question, meant: dict[tuple[int, str, str], str]) -> Characteristic:
    """Answers in detail and, where they have groups, pooled into them."""
    options = [one for one in question.options if one.code != PREFER_NOT]
    detail = tuple((one.code, one.label) for one in options)
    pooled = tuple((one.code, one.label) for one in question.groups)
    at = {code: place for place, (code, _) in enumerate((*detail, *LAST), 1)}
    at_pooled = {code: place for place, (code, _) in enumerate((*pooled, *LAST), 1)}
    group_of = {one.code: one.group for one in options} | {code: code for code, _ in pooled}
    group_of[PREFER_NOT] = PREFER_NOT
    codes = [
        {
            "version": version,
            "code": code,
            "detail": at.get(today),
            "pooled": at_pooled.get(group_of.get(today, "")) if pooled else None,
        }
        for (version, asked, code), today in meant.items()
        if asked == question.code
    ]
    return Characteristic(
        question.code,
        question.short_name,
        "ANSWER",
        (*detail, *LAST),
        (*pooled, *LAST) if pooled else (),
        adds_up=question.kind is Kind.ONE,
        codes=tuple(codes),
    )
