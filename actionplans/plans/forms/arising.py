from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.db.models import Q

from actionplans.decisions.models import Decision
from actionplans.plans.forms.fields import text
from actionplans.plans.forms.line import LineField, lines_to_stand_under
from actionplans.plans.models import Line, Plan
from actionplans.plans.queries import arising
from involvement.faces.words import short_day


class PlanToChange(forms.Form):
    """Which plan, of those that can be changed, with the one that is chosen."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label="Plan",
        required=False,
        empty_label="Choose a plan",
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )

    def __init__(self, plan: Plan | None) -> None:
        super().__init__(initial={"plan": plan})
        field = cast("forms.ModelChoiceField[Plan]", self.fields["plan"])
        field.queryset = arising.plans_to_change()
        self.offered = field.queryset.count()


class ArisingLineForm(forms.Form):
    """A line that carries out a decision, in the decision's own words to begin with."""

    under = LineField(
        Line.objects.none(),
        label="Under",
        required=False,
        empty_label="Nothing: the outermost level",
    )
    title = text("What is to be done", 2, required=True, error="Write what is to be done.")
    description = text("More about it", 3)
    owner_words = text(
        "Owner", 1, hint="Initials, a name, a role, a team or a group. Several with commas between."
    )
    deadline_words = text(
        "Deadline", 1, hint="In your own words: March 2027, Dec 2026 and annually, Ongoing."
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, decision: Decision, plan: Plan) -> None:
        begun = {"title": decision.theme.title, "description": decision.what}
        super().__init__(data, initial={**begun, "form_key": uuid.uuid4()})
        field = cast("forms.ModelChoiceField[Line]", self.fields["under"])
        field.queryset = lines_to_stand_under(plan)


class TieForm(forms.Form):
    """A line of a plan that carries out a decision already."""

    line = LineField(
        Line.objects.none(),
        label="Line of the plan",
        empty_label="Choose a line",
        error_messages={
            "required": "Choose the line.",
            "invalid_choice": "This line arose from another decision, or is gone. Choose another.",
        },
    )

    def __init__(self, data: Any, *, decision: Decision, plan: Plan, words: str) -> None:
        super().__init__(data)
        field = cast("LineField", self.fields["line"])
        field.queryset = Line.objects.filter(
            Q(arose_from__isnull=True) | Q(arose_from=decision), plan=plan
        )
        offered = [
            (line.pk, field.label_from_instance(line))
            for line in arising.lines_to_tie(plan, words=words)
        ]
        self.offered = len(offered)
        field.choices = [("", field.empty_label), *offered]


class AroseForm(forms.Form):
    """The decision a line arose from: one of the latest whose theme has the words looked for."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label="Decision",
        empty_label="Choose a decision",
        error_messages={
            "required": "Choose the decision.",
            "invalid_choice": "This decision does not stand any more. Choose another.",
        },
    )

    def __init__(self, data: Any, *, words: str) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Decision]", self.fields["decision"])
        field.queryset = arising.decisions_to_plan()
        found = list(arising.decisions_to_plan(words=words)[: arising.LATEST + 1])
        self.offered, self.more = found[: arising.LATEST], len(found) > arising.LATEST
        field.choices = [
            ("", field.empty_label),
            *((one.pk, f"{one.theme.title} ({short_day(one.decided_on)})") for one in self.offered),
        ]
