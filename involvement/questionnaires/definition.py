"""A questionnaire's content as values: checked as a whole, and written as plain data.

The same data give the same definition, so a version is kept as JSON and never changes afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

CODE: Final = re.compile(r"^[A-Za-z][A-Za-z0-9_]{0,39}$")
# The option that says no with the same dignity as the others; every questionnaire calls it so.
PREFER_NOT: Final = "PREFER_NOT"
PREFER_NOT_WORDS: Final = "Prefer not to say"


class Kind(StrEnum):
    """What can be answered."""

    ONE = "ONE"
    """One of the options."""
    SEVERAL = "SEVERAL"
    """Any of the options."""
    WORDS = "WORDS"
    """Own words."""
    DATE = "DATE"
    """A day, or as much of it as is known."""


class DefinitionFault(ValueError):
    """A questionnaire that does not hold together. `faults` are sentences, each says what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen. `group` is the broad answer it belongs to; `own_words` gives a
    box beside it; `alone` means that nothing else can be chosen with it."""

    code: str
    label: str
    hint: str = ""
    group: str = ""
    own_words: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Group:
    """A broad answer, asked before its options."""

    code: str
    label: str


@dataclass(frozen=True)
class Route:
    """Asked only where an earlier question was answered with one of `options`."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question. `least_age` keeps it from anybody younger; `most` is how many may be chosen;
    an answer is never required unless `required` says so; what is switched off is not asked."""

    code: str
    text: str
    kind: Kind = Kind.ONE
    name: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    groups: tuple[Group, ...] = ()
    only_if: Route | None = None
    least_age: int = 0
    required: bool = False
    most: int = 0
    asked: bool = True

    @property
    def short_name(self) -> str:
        """What tables call it: "Ethnic group"."""
        return self.name or self.text.rstrip("?")

    @property
    def chosen_from(self) -> bool:
        return self.kind in {Kind.ONE, Kind.SEVERAL}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that answers it: of options, then of broad groups."""
        return (*(one.code for one in self.options), *(one.code for one in self.groups))

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    def knows(self, code: str) -> bool:
        """Whether `code` is an answer to this question: an option or a broad group."""
        return code in self.codes

    def in_group(self, code: str) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.group == code)


@dataclass(frozen=True)
class Definition:
    """The whole questionnaire, in order."""

    title: str
    questions: tuple[Question, ...]
    why: str = ""

    def question(self, code: str) -> Question | None:
        return next((one for one in self.questions if one.code == code), None)

    def asked_of(self, age: int | None) -> Definition:
        """What may be put to somebody of this age; None where their age is not known."""
        kept = tuple(
            one for one in self.questions if one.asked and (age is None or age >= one.least_age)
        )
        codes = {one.code for one in kept}
        return replace(
            self,
            questions=tuple(
                one for one in kept if not one.only_if or one.only_if.question in codes
            ),
        )


def read_definition(data: Mapping[str, Any]) -> Definition:
    """The definition kept as `data`. Raises DefinitionFault, which lists everything wrong."""
    definition = Definition(
        title=str(data.get("title", "")),
        why=str(data.get("why", "")),
        questions=tuple(_question(one) for one in data.get("questions", [])),
    )
    faults = list(_faults(definition))
    if faults:
        raise DefinitionFault(faults)
    return definition


def _question(data: Mapping[str, Any]) -> Question:
    given = dict(data)
    route = given.pop("only_if", None)
    return Question(
        **{
            **given,
            "kind": Kind(given.get("kind", Kind.ONE)),
            "options": tuple(Option(**option) for option in given.get("options", [])),
            "groups": tuple(Group(**group) for group in given.get("groups", [])),
            "only_if": Route(route["question"], tuple(route["options"])) if route else None,
        }
    )


def as_data(definition: Definition) -> dict[str, Any]:
    """The definition as JSON keeps it; `read_definition` reads the same one back."""
    return {
        "title": definition.title,
        "why": definition.why,
        "questions": [_plain(one) for one in definition.questions],
    }


def _plain(row: Any) -> Any:
    """A value without what it has by default."""
    if isinstance(row, tuple):
        return [_plain(one) for one in row]
    if not hasattr(row, "__dataclass_fields__"):
        return str(row) if isinstance(row, StrEnum) else row
    fields = row.__dataclass_fields__
    return {
        name: _plain(getattr(row, name))
        for name in fields
        if getattr(row, name) != fields[name].default
    }


def _faults(definition: Definition) -> Iterator[str]:
    if not definition.questions:
        yield "There is no question. Write at least one."
    seen: set[str] = set()
    for question in definition.questions:
        name = question.short_name or question.code
        if not CODE.match(question.code):
            yield f"“{question.code}” is no code. Use letters, digits and _, beginning with a letter."
        if question.code in seen:
            yield f"Two questions have the code “{question.code}”. Give one another code."
        if not question.text.strip():
            yield f"The question “{question.code}” has no words. Write what is asked."
        yield from _option_faults(question, name)
        route = question.only_if
        earlier = definition.question(route.question) if route else None
        if route and (earlier is None or route.question not in seen):
            yield f"“{name}” depends on “{route.question}”, which does not come before it."
        elif route and earlier and not all(map(earlier.knows, route.options)):
            yield f"“{name}” depends on an answer that “{earlier.short_name}” does not have."
        seen.add(question.code)


def _option_faults(question: Question, name: str) -> Iterator[str]:
    codes = question.codes
    if question.chosen_from and len(codes) < 2:
        yield f"“{name}” needs at least two answers to choose from."
    if not question.chosen_from and codes:
        yield f"“{name}” is answered in own words and has no answers to choose from. Take them out."
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"“{name}” has the code “{code}” twice. Give one another code."
    for code in codes:
        if not CODE.match(code):
            yield f"“{name}”: “{code}” is no code. Use letters, digits and _, beginning with a letter."
    known = {group.code for group in question.groups}
    for option in question.options:
        if not option.label.strip():
            yield f"“{name}” has an answer without words. Write them or take it out."
        if option.group and option.group not in known:
            yield f"“{name}”: “{option.label}” is in a group that is not there: {option.group}."
    if question.most and question.kind is not Kind.SEVERAL:
        yield f"“{name}” takes one answer, so it has no most to choose."


def translated(definition: Definition, words: Mapping[str, str]) -> Definition:
    """The definition in other words, by place: "title", "sex.text", "sex.hint", "sex.FEMALE".

    What has no translation stays as it is.
    """

    def question(one: Question) -> Question:
        return replace(
            one,
            text=words.get(f"{one.code}.text", one.text),
            hint=words.get(f"{one.code}.hint", one.hint),
            name=words.get(f"{one.code}.name", one.name),
            options=tuple(
                replace(
                    option,
                    label=words.get(f"{one.code}.{option.code}", option.label),
                    hint=words.get(f"{one.code}.{option.code}.hint", option.hint),
                )
                for option in one.options
            ),
            groups=tuple(
                replace(group, label=words.get(f"{one.code}.{group.code}", group.label))
                for group in one.groups
            ),
        )

    return replace(
        definition,
        title=words.get("title", definition.title),
        why=words.get("why", definition.why),
        questions=tuple(question(one) for one in definition.questions),
    )


def places_for_words(definition: Definition) -> dict[str, str]:
    """Every place that `translated` can put other words in, with the words that stand there."""
    found = {"title": definition.title, "why": definition.why}
    for one in definition.questions:
        found |= {f"{one.code}.text": one.text, f"{one.code}.hint": one.hint}
        found |= {f"{one.code}.name": one.name}
        found |= {f"{one.code}.{group.code}": group.label for group in one.groups}
        for option in one.options:
            found |= {f"{one.code}.{option.code}": option.label}
            found |= {f"{one.code}.{option.code}.hint": option.hint}
    return {place: words for place, words in found.items() if words}
