"""Answers to a question as lines an officer can type, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from involvement.questionnaires.definition import (
    PREFER_NOT,
    PREFER_NOT_WORDS,
    Definition,
    Group,
    Option,
    Question,
)

OWN_WORDS: Final = "(own words)"
HEADING: Final = "#"


def as_lines(question: Question) -> str:
    """One answer a line, under "# …" for a broad one; "(own words)" gives a box beside it."""
    lines = []
    shown: set[str] = set()
    for option in question.options:
        if option.code == PREFER_NOT:
            continue
        if option.group and option.group not in shown:
            shown.add(option.group)
            label = next(one.label for one in question.groups if one.code == option.group)
            lines.append(f"{HEADING} {label}")
        lines.append(f"{option.label} {OWN_WORDS}" if option.own_words else option.label)
    return "\n".join(lines)


def with_lines(question: Question, text: str) -> Question:
    """The question with the answers of these lines. An answer in the same words keeps its code;
    “Prefer not to say” always stands last."""
    used = {*question.codes}
    groups: list[Group] = []
    options: list[Option] = []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        if line.startswith(HEADING):
            label = line.lstrip(f"{HEADING} ")
            groups.append(_group(question, label, used))
            continue
        label = line.removesuffix(OWN_WORDS).strip()
        option = _option(question, label, used)
        group = groups[-1].code if groups else ""
        options.append(replace(option, group=group, own_words=line.endswith(OWN_WORDS)))
    last = question.option(PREFER_NOT) or Option(PREFER_NOT, PREFER_NOT_WORDS, alone=True)
    return replace(question, groups=tuple(groups), options=(*options, last))


def with_question(definition: Definition, question: Question) -> Definition:
    """The definition with one question changed, or added at the end."""
    known = definition.question(question.code) is not None
    kept = tuple(question if one.code == question.code else one for one in definition.questions)
    return replace(definition, questions=kept if known else (*kept, question))


def new_code(words: str, used: set[str]) -> str:
    """A code made of the words, like no other of those used, which it joins."""
    plain = re.sub(r"[^A-Z0-9]+", "_", words.upper()).strip("_")[:34]
    stem = plain if plain[:1].isalpha() else f"A_{plain}".rstrip("_")
    code = next(one for one in _numbered(stem) if one not in used)
    used.add(code)
    return code


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    for number in range(2, 10_000):
        yield f"{stem}_{number}"


def _group(question: Question, label: str, used: set[str]) -> Group:
    same = (one for one in question.groups if one.label.casefold() == label.casefold())
    return next(same, None) or Group(new_code(label, used), label)


def _option(question: Question, label: str, used: set[str]) -> Option:
    same = (one for one in question.options if one.label.casefold() == label.casefold())
    return next(same, None) or Option(new_code(label, used), label)
