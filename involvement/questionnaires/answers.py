"""What was answered, as values, and whether it fits its question."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from involvement.questionnaires.definition import Definition, Kind, Question

MOST_WORDS: Final = 500
MONTHS: Final = tuple(name.casefold() for name in calendar.month_name[1:])
_YEAR: Final = re.compile(r"^(\d{4})$")
_MONTH: Final = re.compile(r"^(?:(\d{1,2})[/.\- ]|([a-z]{3,9})\.? )(\d{4})$")
_DAY: Final = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th)?[/.\- ](?:(\d{1,2})[/.\- ]|([a-z]{3,9})\.? )(\d{4})$"
)


@dataclass(frozen=True)
class PartialDate:
    """As much of a day as was given; what was not is None."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [self.year, self.month, self.day]
        return "-".join(f"{part:02d}" for part in parts if part is not None)


@dataclass(frozen=True)
class Given:
    """One question's answer: codes of options, own words, or part of a date."""

    options: tuple[str, ...] = ()
    words: str = ""
    date: PartialDate | None = None

    def __bool__(self) -> bool:
        return bool(self.options or self.words or self.date)


def read_partial_date(words: str) -> PartialDate | None:
    """Reads 1962, May 1962, 5/1962, 3 May 1962 or 03/05/1962. None for what is no date."""
    said = " ".join(words.casefold().replace(",", " ").split())
    if found := _YEAR.match(said):
        return _checked(int(found[1]))
    if found := _MONTH.match(said):
        return _checked(int(found[3]), _month(found[1], found[2]))
    if found := _DAY.match(said):
        return _checked(int(found[4]), _month(found[2], found[3]), int(found[1]))
    return None


def _month(number: str | None, name: str | None) -> int:
    if number:
        return int(number)
    starts = [place for place, month in enumerate(MONTHS, 1) if month.startswith(name or "?")]
    return starts[0] if len(starts) == 1 else 0


def _checked(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year, month, day) if year >= 1850 else None


def applies(question: Question, given: Mapping[str, Given]) -> bool:
    """Whether the question is asked, after what was answered before it."""
    route = question.only_if
    if route is None:
        return True
    answer = given.get(route.question)
    return answer is not None and any(code in route.options for code in answer.options)


def in_force(definition: Definition, given: Mapping[str, Given]) -> dict[str, Given]:
    """The answers that stand: those to questions that were asked, on the route they were given on.

    An answer left over from a route not taken is dropped.
    """
    kept: dict[str, Given] = {}
    for question in definition.questions:
        answer = given.get(question.code)
        if answer and applies(question, kept) and not faults(question, answer):
            kept[question.code] = answer
    return kept


def faults(question: Question, answer: Given) -> list[str]:
    """What is wrong with an answer, each sentence saying what to do."""
    found = []
    unknown = [code for code in answer.options if not question.knows(code)]
    if unknown or (answer.options and not question.chosen_from):
        found.append("Choose one of the answers shown.")
    if question.kind is Kind.ONE and len(answer.options) > 1:
        found.append("Choose one answer only.")
    alone = [code for code in answer.options if (one := question.option(code)) and one.alone]
    if alone and len(answer.options) > 1:
        one = question.option(alone[0])
        label = one.label if one else alone[0]
        found.append(f"“{label}” goes with no other answer. Take it out, or the others.")
    if question.most and len(answer.options) > question.most:
        found.append(f"Choose at most {question.most}.")
    if len(answer.words) > MOST_WORDS:
        found.append(f"Say it in {MOST_WORDS} characters or fewer.")
    if question.required and not answer:
        found.append("Answer this question to go on.")
    return found
