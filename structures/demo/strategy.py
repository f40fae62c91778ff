"""Writes a landlord's strategy through the operations an officer's forms use, and agrees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from involvement.demo.moments import ago, day, moment
from involvement.demo.queries import officer
from involvement.demo.sources import toml_of
from involvement.landlords.models import Landlord, Subject, Unit
from structures.bodies.models import Body
from structures.strategy import operations
from structures.strategy.models import (
    Agreement,
    Aim,
    Consultation,
    Driver,
    Objective,
    Priority,
    Standard,
    Strategy,
    StrategyDriver,
)
from structures.strategy.operations import Part

BEGUN, AGREED = 590, 520
DAYS = ("source_on", "held_on", "agreed_on")
LATEST = 467  # the seed of one minute to five


def load(landlord: Landlord, *, full: bool) -> str:
    """Write and agree the strategy of the landlord in scope, once."""
    facts = toml_of("structures", f"strategies/{landlord.slug}.toml").get("strategy")
    if not facts or Strategy.objects.exists():
        return ""
    own = {key: value for key, value in facts.items() if not isinstance(value, list)}
    by = officer()
    strategy = operations.create_strategy(by=by, at=ago(BEGUN), **own)
    parts = list(_parts(facts))
    written = [_written(values, seed) for seed, (_part, values) in enumerate(parts)]
    for at, (part, values) in zip(written, parts, strict=True):
        operations.save_part(strategy=strategy, part=part, by=by, at=at, values=values)
    agreed_at = max([ago(AGREED), *(moment(timezone.localdate(at), LATEST) for at in written)])
    strategy = operations.agree_strategy(strategy=strategy, by=by, at=agreed_at)
    return f"a strategy of {len(parts)} parts"


def _written(values: dict[str, Any], seed: int) -> dt.datetime:
    """When a part was written: with the draft, or on the day it tells of where that came later."""
    days = [values[name] for name in DAYS if values.get(name)]
    return max([ago(BEGUN - 20, seed), *(moment(told, seed) for told in days)])


def _parts(facts: dict[str, Any]) -> Iterator[tuple[Part, dict[str, Any]]]:
    yield from _aims_and_objectives(facts)
    subjects = {each.name: each for each in Subject.objects.order_by("-pk")}
    units = {each.short_name: each for each in Unit.objects.order_by("pk")}
    bodies = {each.name: each for each in Body.objects.order_by("pk")}
    keys: dict[str, Callable[[str], Any]] = {
        "subject": subjects.__getitem__,
        "unit": units.__getitem__,
        "body": bodies.__getitem__,
    }
    kinds: dict[str, type[Part]] = {
        "standards": Standard,
        "priorities": Priority,
        "consultations": Consultation,
        "agreements": Agreement,
    }
    for name, kind in kinds.items():
        for position, written in enumerate(facts.get(name, [])):
            values = {
                field: keys[field](value) if field in keys else value
                for field, value in written.items()
            }
            if kind in (Standard, Priority):
                values["position"] = position
            if kind in (Consultation, Agreement):
                values |= officer().columns()
            yield kind(), values
    for written in facts.get("drivers", []):
        why = written.pop("why")
        driver = operations.save_driver(
            driver=Driver(),
            by=officer(),
            at=ago(BEGUN),
            values={**written, "checked_on": written.get("checked_on", _recently())},
        )
        yield StrategyDriver(), {"driver": driver, "why": why}


def _aims_and_objectives(facts: dict[str, Any]) -> Iterator[tuple[Part, dict[str, Any]]]:
    """Aims with the objectives under each; objectives alone where a landlord has no aims.

    An objective's measure stands after a bar in its words.
    """
    place = 0
    for position, written in enumerate(facts.get("aims", [])):
        aim = Aim()
        yield aim, {"number": written["number"], "words": written["words"], "position": position}
        for number, words in enumerate(written.get("objectives", []), start=1):
            yield Objective(), _objective(f"{written['number']}.{number}", words, place, aim)
            place += 1
    for number, words in enumerate(facts.get("objectives", []), start=1):
        yield Objective(), _objective(str(number), words, place, None)
        place += 1


def _objective(number: str, words: str, position: int, aim: Aim | None) -> dict[str, Any]:
    said, _, measure = (part.strip() for part in words.partition("|"))
    return {
        "number": number,
        "words": said,
        "measure": measure,
        "position": position,
        "aim": aim,
    }


def _recently() -> dt.date:
    return day(60)
