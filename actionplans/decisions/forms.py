from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Theme
from involvement.accounts.models import StaffMember
from structures.bodies.models import Body


def day_input() -> forms.DateInput:
    """A date as the browser's own control."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """What was decided, by whom, when and why. The three results are equal options."""

    result = forms.ChoiceField(
        label="What was decided?",
        choices=[("AGREED", "Yes: agreed"), ("PARTLY", "Partly"), ("NOT_AGREED", "No: not agreed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes, partly or no."},
    )
    what = forms.CharField(
        label="What will happen",
        help_text="In the words residents will read. If nothing changes, say so.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what was decided."},
    )
    because = forms.CharField(
        label="Because",
        required=False,
        help_text="Why, in plain words. “Partly” and “no” always need it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.ChoiceField(
        label="Kind of reason",
        required=False,
        help_text="“Partly” and “no” always need it. It is not kept where all was agreed.",
        choices=[("", "Choose the kind of reason"), *Decision.Reason.choices],
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Decided by the group", required=False, empty_label="No group"
    )
    officer = forms.ModelChoiceField(
        StaffMember.objects.none(),
        label="or by the officer",
        required=False,
        empty_label="No officer",
    )
    decided_on = forms.DateField(
        label="Decided on",
        widget=day_input(),
        error_messages={
            "required": "Write the day of the decision.",
            "invalid": "Write the day as a date, such as 8 July 2026.",
        },
    )
    votes_for = forms.IntegerField(
        label="Votes for, if counted", required=False, min_value=0, max_value=9999
    )
    votes_against = forms.IntegerField(
        label="Votes against", required=False, min_value=0, max_value=9999
    )
    look_again_on = forms.DateField(
        label="Look at it again on",
        required=False,
        help_text="Leave empty if the decision is final.",
        widget=day_input(),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Q(closed_on__isnull=True) | Q(pk=decision.body_id if decision else None)
        officers = Q(left_on__isnull=True) | Q(pk=decision.officer_id if decision else None)
        self._offer("body", Body.objects.filter(groups).order_by("name", "pk"))
        self._offer("officer", StaffMember.objects.filter(officers).order_by("name", "pk"))

    def _offer(self, name: str, rows: Any) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if bool(data.get("body")) == bool(data.get("officer")):
            self.add_error("body", "Choose either the group or the officer who decided.")
        if data.get("result") in {"PARTLY", "NOT_AGREED"}:
            if not data.get("because", "").strip():
                self.add_error(
                    "because", "Say why, in plain words. “No” needs the same care as “yes”."
                )
            if not data.get("reason"):
                self.add_error("reason", "Choose the kind of reason.")
        elif data.get("result") == Decision.Result.AGREED:
            data["reason"] = ""
        decided_on, today = data.get("decided_on"), timezone.localdate()
        if decided_on and decided_on > today:
            self.add_error("decided_on", "The day of the decision cannot be later than today.")
        again = data.get("look_again_on")
        if again and decided_on and again <= decided_on:
            self.add_error("look_again_on", "Look at it again on a day after the decision.")
        if data.get("votes_against") is not None and data.get("votes_for") is None:
            self.add_error("votes_for", "Write how many voted for it, too.")
        return data

    @staticmethod
    def fresh() -> dict[str, Any]:
        """What a new decision's form begins with."""
        return {"decided_on": timezone.localdate(), "form_token": uuid.uuid4()}

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the decision, without those of the form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class NewDecisionForm(DecisionForm):
    """A decision with what those who disagreed wrote, kept as they wrote it, and with what is
    printed under “You said” for those whose own words are not.
    """

    in_short = forms.CharField(
        label="What they said, in a sentence or two",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    minority_view = forms.CharField(
        label="What those who disagreed wrote",
        required=False,
        help_text="Word for word. It is printed as written and cannot be changed afterwards.",
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=False,
    )

    def __init__(self, *args: Any, theme: Theme, quotes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_short"].initial = theme.summary
        self.fields["in_short"].help_text = (
            "Their own words are printed under “You said”. This stands in their place where they "
            "are left out."
            if quotes
            else "Nobody’s own words may be printed, so this stands under “You said”."
        )
        self.order_fields(["in_short"])


class MinorityViewForm(forms.Form):
    words = forms.CharField(
        label="What those who disagreed wrote",
        help_text="Word for word. It cannot be changed afterwards.",
        widget=forms.Textarea(attrs={"rows": 5}),
        strip=False,
        error_messages={"required": "Write what they wrote."},
    )


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label="Why is it taken back?",
        help_text="The reason stays in the theme's history.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why the decision is taken back."},
    )


class DecisionFilters(forms.Form):
    result = forms.ChoiceField(
        label="Result", required=False, choices=[("", "Any"), *Decision.Result.choices]
    )
    body = forms.ModelChoiceField(
        Body.objects.order_by("name", "pk"),
        label="Decided by",
        required=False,
        empty_label="Anybody",
    )
    again = forms.ChoiceField(
        label="Look again", required=False, choices=[("", "Any"), ("due", "Due now")]
    )
