"""The way through a questionnaire, a question a page: what comes next, and what came before.

Nothing is remembered here. The page carries the step it shows, and those answers on which the way
itself depends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from involvement.questionnaires.answers import Given, applies
from involvement.questionnaires.definition import Definition, Question


@dataclass(frozen=True)
class Step:
    """One page: a question, the broad answers of one, or the finer answers within a broad one."""

    question: Question
    group: str = ""

    @property
    def name(self) -> str:
        return f"{self.question.code}/{self.group}" if self.group else self.question.code

    @property
    def is_broad(self) -> bool:
        return bool(self.question.groups) and not self.group


class Walk:
    """A definition and the answers its ways depend on, {question: codes}."""

    def __init__(self, definition: Definition, route: Mapping[str, tuple[str, ...]]) -> None:
        self.definition = definition
        self.route = dict(route)
        self.forks = {one.only_if.question for one in definition.questions if one.only_if}

    def asked(self) -> list[Question]:
        """The questions on this way, in order."""
        given = {code: Given(options=codes) for code, codes in self.route.items()}
        return [one for one in self.definition.questions if applies(one, given)]

    def step(self, name: str) -> Step | None:
        """The step a page says it shows; None for what is on no way."""
        code, _, group = name.partition("/")
        question = self.definition.question(code)
        if question is None or (group and not question.in_group(group)):
            return None
        return Step(question, group)

    def first(self) -> Step | None:
        asked = self.asked()
        return Step(asked[0]) if asked else None

    def after(self, step: Step, answer: Given | None) -> Step | None:
        """The step after this one, once it is answered or passed over; None at the end."""
        code = step.question.code
        chosen = answer.options if answer else ()
        if step.is_broad and chosen and step.question.in_group(chosen[0]):
            return Step(step.question, chosen[0])
        if code in self.forks:
            self.route[code] = chosen
        asked = self.asked()
        codes = [one.code for one in asked]
        place = codes.index(code) if code in codes else -1
        return Step(asked[place + 1]) if 0 <= place < len(asked) - 1 else None

    def before(self, step: Step) -> Step | None:
        """The step before this one; None at the start."""
        if step.group:
            return Step(step.question)
        asked = self.asked()
        codes = [one.code for one in asked]
        place = codes.index(step.question.code) if step.question.code in codes else 0
        return Step(asked[place - 1]) if place > 0 else None

    def progress(self, step: Step) -> tuple[int, int]:
        """Which question this is, of how many; follow-ups count with the question they follow."""
        main = [one.code for one in self.definition.questions if one.only_if is None]
        code = step.question.code
        while (one := self.definition.question(code)) and one.only_if:
            code = one.only_if.question
        return main.index(code) + 1 if code in main else 1, len(main)
