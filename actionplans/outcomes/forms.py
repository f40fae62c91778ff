from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.outcomes.models import Outcome
from actionplans.plans.models import Line
from actionplans.plans.queries.arising import lines_of
from involvement.documents.policies import LARGEST

_MONEY = {"saved_pence": "Saved", "spent_pence": "Spent"}


class PoundsField(forms.DecimalField):
    """Pounds as people write them, kept in pence: "£3,100.50" is 310050."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=12,
            decimal_places=2,
            min_value=0,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={"invalid": "Write an amount in pounds, such as 3,100 or 12.50."},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("£", "").replace(",", "").strip()
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        pounds = super().clean(value)
        return None if pounds is None else int(pounds * 100)

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 100:.2f}" if isinstance(value, int) else value


class OutcomeForm(forms.Form):
    what_changed = forms.CharField(
        label="What changed",
        help_text="In the words residents will read.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what changed."},
    )
    category = forms.ChoiceField(
        label="What kind of change",
        choices=[("", "Choose the kind of change"), *Outcome.Category.choices],
        error_messages={"required": "Choose the kind of change."},
    )
    happened_on = forms.DateField(
        label="Since when",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Write the day it changed.",
            "invalid": "Write the day as a date, such as 28 September 2026.",
        },
    )
    measure = forms.CharField(
        label="What was measured",
        max_length=200,
        required=False,
        help_text="If there are figures: “Missed visits, of all jobs”.",
    )
    before = forms.CharField(label="Before", max_length=60, required=False)
    after = forms.CharField(label="After", max_length=60, required=False)
    saved_pence = PoundsField(label="Money saved, in pounds")
    spent_pence = PoundsField(label="Money spent, in pounds")
    line = forms.ModelChoiceField(
        Line.objects.none(),
        label="Line of the plan it was done under",
        required=False,
        empty_label="No line",
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = lines_of(decision)
        if lines.exists():
            cast("forms.ModelChoiceField[Line]", self.fields["line"]).queryset = lines
        else:
            del self.fields["line"]

    @staticmethod
    def fresh() -> dict[str, Any]:
        """What a new outcome's form begins with."""
        return {"happened_on": timezone.localdate(), "form_token": uuid.uuid4()}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if (data.get("before") or data.get("after")) and not data.get("measure"):
            self.add_error("measure", "Write what the figures measure.")
        if (data.get("before") or data.get("measure")) and not data.get("after"):
            self.add_error("after", "Write the figure afterwards.")
        if data.get("happened_on") and data["happened_on"] > timezone.localdate():
            self.add_error(
                "happened_on",
                "What has not happened yet is a plan. Write a day that is not later than today.",
            )
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the outcome, without those of the form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class EvidenceForm(forms.Form):
    words = forms.CharField(
        label="What shows it",
        max_length=300,
        required=False,
        help_text="What this shows, or where the proof is kept.",
    )
    file = forms.FileField(
        label="A file, if there is one",
        required=False,
        help_text="PDF, picture, Word, Excel or PowerPoint, MP3, plain text or CSV, up to 20 MB.",
        error_messages={"empty": "This file is empty. Choose another."},
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("words") and not data.get("file") and "file" not in self.errors:
            self.add_error("words", "Write what shows it, or choose a file.")
        file = data.get("file")
        if file and file.size > LARGEST:
            self.add_error(
                "file",
                "This file is larger than 20 MB. Make it smaller, or write where it is kept.",
            )
        return data


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label="Why is it withdrawn?",
        max_length=300,
        help_text="The claim stays readable beside this reason.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why this is withdrawn."},
    )
