"""Invents what the demonstration's residents answered about themselves, and takes the quarter's
figures. Answers go in as everybody's do: through the store, out of which nobody reads them."""

from __future__ import annotations

import random
from typing import Final

from django.utils import timezone

from involvement.calendars.words import count
from involvement.demo.moments import ago, day
from involvement.demo.queries import officer
from involvement.landlords.models import Landlord
from involvement.questionnaires.definition import PREFER_NOT, Kind, Question
from involvement.questionnaires.queries import definition_of
from residents.people.models import Person
from residents.profiles import operations as profiles
from residents.profiles import store
from residents.profiles.models import ProfileTarget
from residents.profiles.queries import question_set
from residents.representation.tasks import take_figures

# How many in a hundred have answered anything, and how many of those would rather not say
ANSWERED: Final = 0.66
PREFERRED_NOT: Final = 0.06
# How common answers are, commonest first; the rest share what is left
COMMON: Final = {
    "WHITE_BRITISH": 0.72,
    "NO": 0.68,
    "YES": 0.32,
    "FEMALE": 0.57,
    "MALE": 0.43,
    "SAME": 0.99,
    "HETEROSEXUAL": 0.93,
    "NONE": 0.4,
    "CHRISTIAN": 0.42,
    "MUSLIM": 0.08,
    "NEVER": 0.42,
    "MARRIED": 0.3,
}
TARGET_PERCENT: Final = 95
TARGET_DAYS: Final = 150


def load(landlord: Landlord, *, full: bool) -> str:
    """Answer for the demonstration's people of the landlord in scope, once."""
    if ProfileTarget.objects.exists():
        return ""
    keys = list(Person.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True))
    if not keys:
        return ""
    at, by = ago(20), officer()
    version = question_set() or profiles.begin_question_set(by=by, at=at)
    rng = random.Random(f"{landlord.slug} equality")  # noqa: S311 -- invents answers
    answering = [key for key in keys if rng.random() < ANSWERED]
    asked = definition_of(version).asked_of(None).questions
    for question in asked:
        if question.kind is Kind.ONE and question.only_if is None:
            given = [(key, _choice(question, rng)) for key in answering]
            store.record_many(
                version=version.pk, question=question.code, answers=given, on=timezone.localdate(at)
            )
    profiles.set_target(unit=None, percent=TARGET_PERCENT, by_date=day(-TARGET_DAYS), by=by, at=at)
    # The worker takes them, once the planner knows how many there are
    take_figures.delay_on_commit()
    return count(len(answering), "sealed equality card")


def _choice(question: Question, rng: random.Random) -> str:
    if rng.random() < PREFERRED_NOT:
        return PREFER_NOT
    codes = [option.code for option in question.options if option.code != PREFER_NOT]
    left = max(0.02, 1 - sum(COMMON.get(code, 0) for code in codes))
    others = max(1, sum(code not in COMMON for code in codes))
    weights = [COMMON.get(code, left / others) for code in codes]
    return rng.choices(codes, weights)[0]
