"""What is next: what was promised and is not done, by the day it is promised for."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from involvement.calendars.words import say_date
from reporting.figures.queries.pairs import owner_of
from reporting.figures.queries.rows import Stood, Thread
from reporting.figures.shapes import Fate, NextStep


def steps_of(stood: Stood) -> list[NextStep]:
    """The steps that follow, the earliest day first and those without a day last."""
    today = timezone.localdate(stood.moment)
    steps = [step for thread in stood.threads for step in _steps(thread, today)]
    return sorted(steps, key=lambda step: (step.on or "9999", step.words))


def _steps(thread: Thread, today: dt.date) -> list[NextStep]:
    owner, title = owner_of(thread), thread.theme.title
    if thread.moved_on:
        return []
    if thread.fate is Fate.WAITING:
        due = thread.theme.decision_due
        late = " This is late." if due < today else ""
        return [NextStep(str(due), f"By {say_date(due)}", f"Decide about “{title}”.{late}", owner)]
    steps = []
    decision = thread.decision
    if thread.fate is Fate.AGREED:
        steps.append(
            NextStep("", "Agreed, no day set yet", f"Do what was agreed about “{title}”.", owner)
        )
    if decision is not None and decision.look_again_on:
        day = decision.look_again_on
        steps.append(NextStep(str(day), say_date(day), f"Look again at “{title}”.", owner))
    return steps
