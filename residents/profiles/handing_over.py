"""A person's own answers in words, for whoever asked to see what is kept (`privacy.sealed_answers`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from involvement.questionnaires.definition import Definition
from involvement.questionnaires.models import Version
from involvement.questionnaires.queries import definition_of
from residents.privacy.ports import Item, Section
from residents.profiles import store

NONE = "There are none: you answered no question, or had your answers erased."


@dataclass(frozen=True)
class OwnAnswers:
    """Hands them over as the store gives them: only while a pack stands, and never unnoticed."""

    heading: str = "Your equality answers"

    @sensitive_variables()
    def hand_over(self, request: int, *, at: dt.datetime) -> Section:
        """One line for each answer, in the words it was asked in. Raises NotHandedOver."""
        answers = store.own(request=request, at=at)
        asked = {
            version.pk: definition_of(version)
            for version in Version.objects.filter(pk__in={one.version for one in answers})
        }
        rows = [_said(one, asked[one.version]) for one in answers]
        return Section(self.heading, rows or [Item(self.heading, NONE)])


@sensitive_variables()
def _said(answer: store.Answer, asked: Definition) -> Item:
    question = asked.question(answer.question)
    option = question.option(answer.option) if question else None
    broad = [one.label for one in question.groups if one.code == answer.option] if question else []
    label = option.label if option else next(iter(broad), answer.option)
    text = question.text if question else answer.question
    month = f"{answer.answered_on:%B %Y}"
    return Item(f"{text} (answered in {month})", ": ".join(filter(None, [label, answer.words])))


OWN_ANSWERS = OwnAnswers()
