from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from django import forms

from actionplans.plans.forms.fields import day, text
from actionplans.plans.models import Plan
from actionplans.plans.queries import choices, heads, lines
from structures.bodies.models import Body
from structures.strategy.models import Strategy

# The filters that stand under the word of a column, and which.
_COLUMNS: Final = {
    "owner": "owner",
    "monitor": "monitored_by",
    "due": "deadline",
    "state": "status",
}


class PlanFilter(forms.Form):
    """The filters of a plan's table, sent by GET so that a colleague can be given the address."""

    under = forms.ChoiceField(required=False)
    owner = forms.ChoiceField(required=False)
    monitor = forms.ChoiceField(required=False)
    due = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)
    subject = forms.ChoiceField(label="Subject", required=False)
    news = forms.ChoiceField(label="News", required=False)

    def __init__(self, data: Mapping[str, Any], *, plan: Plan, me: int | None) -> None:
        super().__init__(data)
        offered: dict[str, tuple[str, Iterable[tuple[str, str]]]] = {
            "under": ("All", choices.top_choices(plan)),
            "owner": ("Anybody", choices.owner_choices(plan, me)),
            "monitor": ("Anybody", choices.monitor_choices(plan)),
            "due": ("Any time", _offered(lines.DUE_CHOICES, plan)),
            "state": ("Any state", _offered(lines.STATE_CHOICES, plan)),
            "subject": ("Any subject", choices.subject_choices(plan)),
            "news": ("Any", [("60", f"None for {lines.QUIET_DAYS} days")]),
        }
        self.fields["under"].label = plan.level_name(0)
        words = heads.head_words(plan)
        for name, column in _COLUMNS.items():
            self.fields[name].label = words[column]
        for name, (empty, known) in offered.items():
            if not (known := list(known)):
                del self.fields[name]
                continue
            cast("forms.ChoiceField", self.fields[name]).choices = [("", empty), *known]
        self.full_clean()

    @property
    def chosen(self) -> lines.Chosen:
        """What is chosen; anything the plan does not offer is passed over."""
        return lines.Chosen(**self.cleaned_data)

    @property
    def names(self) -> dict[str, str]:
        """The label of what is chosen, by field."""
        return {
            name: str(dict(cast("Any", field).choices).get(self.cleaned_data.get(name, ""), ""))
            for name, field in self.fields.items()
        }


def _offered(known: Iterable[tuple[str, str]], plan: Plan) -> Iterable[tuple[str, str]]:
    """Late is what was promised; of what nobody promised a day can only have passed."""
    but = lines.PAST if plan.promised else lines.LATE
    return [(value, label) for value, label in known if value != but]


class PlanForm(forms.Form):
    """A plan's own facts."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Write the title of the plan."}
    )
    summary = text("In short", 3, hint="One or two sentences. Residents read them first.")
    period_words = forms.CharField(
        label="Period, in your words", max_length=60, required=False, help_text="2026 to 2029"
    )
    starts_on = day("Starts on")
    ends_on = day("Ends on")
    body = forms.ModelChoiceField(
        Body.objects.filter(closed_on__isnull=True).order_by("name", "pk"),
        label="Whose plan it is",
        required=False,
        empty_label="The landlord’s",
        help_text="Residents may have a plan of their own.",
    )
    strategy = forms.ModelChoiceField(
        Strategy.objects.order_by("title", "-version", "pk"),
        label="Carries out the strategy",
        required=False,
        empty_label="None",
    )
    levels = forms.CharField(
        label="What you call the levels",
        required=False,
        initial="Aim, Action",
        help_text="From the outermost in, with commas between: Aim, Action, Task.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "The plan ends before it starts. Check the two dates.")
        return data


class AgreeForm(forms.Form):
    agreed_on = day("Agreed on", required=True)
    agreed_by = forms.CharField(
        label="Agreed by",
        max_length=200,
        help_text="The group or person, such as the panel.",
        error_messages={"required": "Write who agreed it."},
    )


class CarryForm(forms.Form):
    title = forms.CharField(
        label="Title of the next plan",
        max_length=200,
        error_messages={"required": "Write the title of the next plan."},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Reason", max_length=300, error_messages={"required": "Write the reason."}
    )


class PlanLinkForm(forms.Form):
    """Another plan, ours or somebody else's, and how the two hang together."""

    other = forms.ModelChoiceField(
        Plan.objects.none(), label="One of our plans", required=False, empty_label="None of them"
    )
    words = forms.CharField(
        label="Or a plan kept elsewhere",
        max_length=200,
        required=False,
        help_text="What it is called and whose it is, such as the council’s local plan.",
    )
    kind = forms.ChoiceField(
        label="How they hang together",
        widget=forms.RadioSelect,
        choices=[
            ("RELATES", "They hang together, and neither is a part of the other"),
            ("PART", "This plan is a part of the other"),
        ],
        initial="RELATES",
    )

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Plan]", self.fields["other"])
        field.queryset = Plan.objects.exclude(pk=plan.pk).order_by("title", "pk")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("other")) == bool(data.get("words", "").strip()):
            self.add_error("other", "Choose one of our plans, or write what the other is called.")
        return data
