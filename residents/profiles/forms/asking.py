from __future__ import annotations

from typing import Any

from django import forms

from involvement.landlords.models import Unit


class ConsentForm(forms.Form):
    """A parent or guardian agrees."""

    guardian = forms.CharField(
        label="Name of the parent or guardian",
        max_length=120,
        error_messages={"required": "Write the name of the parent or guardian."},
    )
    relation = forms.CharField(
        label="Who they are to the young person",
        max_length=60,
        help_text="Mother, grandfather, foster carer",
        error_messages={"required": "Write who they are to the young person."},
    )
    given_on = forms.DateField(
        label="When they agreed",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the day they agreed.",
            "invalid": "Write the day as 4 December 2026 or 04/12/2026.",
        },
    )


class TargetForm(forms.Form):
    """By when how many should have told us."""

    unit = forms.ModelChoiceField(
        Unit.objects.filter(archived_at__isnull=True).order_by("position", "name", "pk"),
        label="For",
        required=False,
        empty_label="The whole landlord",
    )
    percent = forms.IntegerField(
        label="Per cent of residents",
        min_value=1,
        max_value=100,
        error_messages={
            "required": "Write a percentage from 1 to 100.",
            "invalid": "Write a percentage from 1 to 100.",
            "min_value": "Write a percentage from 1 to 100.",
            "max_value": "Write a percentage from 1 to 100.",
        },
    )
    by_date = forms.DateField(
        label="By when",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the day by which it should be reached.",
            "invalid": "Write the day as 31 March 2027 or 31/03/2027.",
        },
    )


class AgeBandsForm(forms.Form):
    """The bands as lines: the age one begins at, then what is printed."""

    bands = forms.CharField(
        label="Age bands",
        help_text="One on each line: the age it begins at, then what is printed. “17: 17 to 25”. "
        "Each runs to where the next begins, so nobody is counted twice, whatever is printed.",
        widget=forms.Textarea(attrs={"rows": 11}),
        error_messages={"required": "Write at least two bands."},
    )

    def clean_bands(self) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for number, line in enumerate(self.cleaned_data["bands"].splitlines(), 1):
            age, _, label = line.partition(":")
            if not line.strip():
                continue
            if not age.strip().isdigit() or not label.strip() or int(age) > 110:
                raise forms.ValidationError(
                    f"Line {number}: write an age up to 110, a colon and what is printed, such as "
                    "“16: 16 to 24”."
                )
            found.append((int(age), label.strip()[:40]))
        ages = [age for age, _label in found]
        if len(set(ages)) < len(ages):
            raise forms.ValidationError("Two bands begin at the same age. Change one of them.")
        if len(found) < 2:
            raise forms.ValidationError("Write at least two bands.")
        return found


class QuestionForm(forms.Form):
    """What one equality question says, and what can be answered."""

    text = forms.CharField(
        label="The question",
        max_length=300,
        error_messages={"required": "Write what is asked."},
    )
    name = forms.CharField(
        label="What tables call it",
        max_length=60,
        help_text="Ethnic group, Religion",
        error_messages={"required": "Write what tables call it."},
    )
    hint = forms.CharField(label="A hint below it", max_length=300, required=False)
    options = forms.CharField(
        label="Answers",
        help_text="One on each line. “# White” begins a broad answer, “(own words)” at the end of a "
        "line gives a box beside it. “Prefer not to say” is always there.",
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Write at least one answer."},
    )
    least_age = forms.BooleanField(label="Only for people of 16 and over", required=False)
    asked = forms.BooleanField(label="It is asked", required=False)


class MappingForm(forms.Form):
    """What becomes of answers that are no longer offered."""

    def __init__(
        self, data: Any = None, *, gone: list[tuple[str, str, str, list[tuple[str, str]]]]
    ) -> None:
        super().__init__(data)
        self.gone = gone
        for question, code, label, choices in gone:
            self.fields[f"{question}.{code}"] = forms.ChoiceField(
                label=label,
                choices=[("", "Choose"), ("-", "Nothing: no longer counted"), *choices],
                error_messages={"required": f"Say what “{label}” counts as from now on."},
            )

    def mapping(self) -> dict[str, dict[str, str]]:
        """{question: {old code: new code or ""}}."""
        found: dict[str, dict[str, str]] = {}
        for question, code, _label, _choices in self.gone:
            chosen = self.cleaned_data[f"{question}.{code}"]
            found.setdefault(question, {})[code] = "" if chosen == "-" else chosen
        return found
