"""What a seeded landlord's equality monitoring holds: questions, a draft of new ones, and a card
whose words tests from outside may look for and must not find."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.landlords.models import Landlord
from involvement.questionnaires.answers import Given
from involvement.questionnaires.operations import draft_version
from residents.people.operations import add_person
from residents.profiles.operations import begin_question_set, record_card
from residents.profiles.queries import question_set


def seed(landlord: Landlord, canary: str, rng: Random) -> dict[str, Any]:
    """Plant them in `landlord`, which is in scope. Returns the words that are sealed."""
    by, at = job(f"{canary} actor"), timezone.now()
    version = question_set() or begin_question_set(by=by, at=at)
    person = add_person(
        name=f"{canary} carded", preferred_channel="POST", address=f"{canary} address", by=by, at=at
    )
    sealed = f"{canary[::-1]}-sealed"
    religion = Given(options=("ANOTHER",), words=sealed)
    record_card(person=person, given={"RELIGION": religion}, by=by, at=at)
    draft_version(questionnaire=version.questionnaire, by=by, at=at)
    return {"sealed": sealed}
