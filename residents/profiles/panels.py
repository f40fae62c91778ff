"""Where equality monitoring is reached from: a person's page, and the settings."""

from __future__ import annotations

from typing import Any

from involvement.accounts.permissions import Permission
from involvement.wiring import Panel
from residents.people.models import Person
from residents.people.policies import can_be_written_to
from residents.profiles.queries import standing_objection


def _person(request: Any, person: Person) -> dict[str, Any] | None:
    if not request.membership.may(Permission.EQUALITY_RECORD):
        return None
    return {
        "person": person,
        "objection": standing_objection(person),
        "is_gone": not can_be_written_to(person),
    }


def _settings(request: Any) -> dict[str, Any] | None:
    return {} if request.membership.may(Permission.SETTINGS_CHANGE) else None


PERSON = Panel("equality questions", _person, "residents/profiles/panels/person.html")
SETTINGS = Panel("equality questions", _settings, "residents/profiles/panels/settings.html")
