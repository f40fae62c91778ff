from __future__ import annotations

from typing import Any

from django.utils import timezone

from actionplans.decisions import operations
from actionplans.decisions.models import Decision
from actionplans.feedback.models import Theme
from actionplans.outcomes.models import Outcome
from actionplans.outcomes.operations import record_outcome
from structures.bodies.models import Body
from tests.factories.feedback import CLERK, make_feedback, make_theme
from tests.factories.people import make_person


def make_body(name: str = "Housing Strategy Panel") -> Body:
    """A group of the landlord in scope, the same one each time for a name."""
    body: Body = Body.objects.get_or_create(name=name)[0]
    return body


def theme_of(count: int = 2, title: str = "Lifts that stay mended", **person: Any) -> Theme:
    """A theme in which `count` people said one thing each."""
    people = [make_person(f"Resident {number} (demo)", **person) for number in range(1, count + 1)]
    said = [make_feedback(f"The lift is out, says {one.name}.", person=one) for one in people]
    return make_theme(title, feedback=said)


def make_decision(theme: Theme, **fields: Any) -> Decision:
    """A decision on the theme, agreed today by the panel unless said otherwise."""
    at = fields.pop("at", timezone.now())
    if "officer" not in fields:
        fields.setdefault("body", make_body())
    fields.setdefault("result", "AGREED")
    fields.setdefault("what", "New lifts are fitted in both blocks.")
    fields.setdefault("decided_on", timezone.localdate(at))
    return operations.record_decision(theme=theme, by=fields.pop("by", CLERK), at=at, **fields)


def make_outcome(decision: Decision, **fields: Any) -> Outcome:
    """What changed because of the decision, from the same day unless said otherwise."""
    at = fields.pop("at", timezone.now())
    fields.setdefault("what_changed", "Both lifts run.")
    fields.setdefault("category", "SERVICE")
    fields.setdefault("happened_on", decision.decided_on)
    return record_outcome(decision=decision, by=fields.pop("by", CLERK), at=at, **fields)
