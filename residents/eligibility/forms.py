from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from residents.eligibility import queries
from residents.eligibility.models import OutsideCheck, RuleSet
from residents.eligibility.policies import RulesStandInTheWay
from residents.people.models import Person
from residents.people.queries import people, same_name


def a_day(label: str, missing: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """A day of the calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "Write a day that exists, such as 2026-06-11.",
            "required": missing,
        },
    )


class InSpiteForm(forms.Form):
    """Asks, only where the rules for joining stand in the way, why somebody joins all the same."""

    in_spite = forms.CharField(
        label="They join all the same, because",
        max_length=300,
        required=False,
        widget=forms.HiddenInput,
        help_text="It is kept with the record. Leave it empty to think again.",
    )

    def ask_why_all_the_same(self, refusal: RulesStandInTheWay) -> None:
        """Quote the rules, and show the field that goes on in spite of them."""
        self.add_error(None, str(refusal))
        self.fields["in_spite"].widget = forms.TextInput()


class RuleSetForm(forms.Form):
    """What the rules are for, and which outside checks they ask for."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="What it is for",
        max_length=120,
        help_text="“Repairs panel”, “Youth forum”",
        error_messages={"required": "Write what the rules are for."},
    )
    why = forms.CharField(
        label="Why these rules",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever is told no may ask.",
    )
    checks = forms.ModelMultipleChoiceField(
        OutsideCheck.objects.none(),
        label="Outside checks that must be a yes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, rule_set: RuleSet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule_set = rule_set
        checks: Any = self.fields["checks"]
        checks.queryset = queries.outside_checks()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = RuleSet.objects.filter(name__iexact=name, archived_at__isnull=True)
        own = self.rule_set or queries.made_by_form(self.cleaned_data.get("form_token"))
        if others.exclude(pk=own.pk if own else None).exists():
            raise forms.ValidationError("There is a set of rules of this name already.")
        return name


class OutsideCheckForm(forms.Form):
    """A question somebody outside answers."""

    question = forms.CharField(
        label="Question",
        max_length=160,
        help_text="So that “yes” lets them join: “Are they free of arrears?”",
        error_messages={"required": "Write the question."},
    )
    ask_whom = forms.CharField(
        label="Whom to ask", max_length=120, required=False, help_text="“The income team”"
    )
    valid_days = forms.IntegerField(
        label="Days an answer holds",
        min_value=1,
        max_value=3660,
        initial=90,
        error_messages={
            "required": "Write how many days an answer holds, such as 90.",
            "invalid": "Write a whole number of days, such as 90.",
        },
    )

    def __init__(self, *args: Any, row: OutsideCheck | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_question(self) -> str:
        question: str = self.cleaned_data["question"].strip()
        others = OutsideCheck.objects.filter(question__iexact=question)
        if others.exclude(pk=self.row.pk if self.row else None).exists():
            raise forms.ValidationError("There is a check with this question already.")
        return question


class TryForm(forms.Form):
    """Whom to try, and for which day."""

    who = forms.CharField(
        label="Who",
        max_length=140,
        help_text="Their name, or the number on their page.",
        error_messages={"required": "Write their name or number."},
    )
    on = a_day("On", "Say for which day.")

    def clean_who(self) -> str:
        words: str = self.cleaned_data["who"].strip()
        found = people().filter(pk=int(words)) if words.isdecimal() else same_name(words)
        several = list(found[:4])
        if len(several) > 1:
            numbers = "; ".join(f"{one.pk} ({one.place or 'no place'})" for one in several)
            raise forms.ValidationError(
                f"Several people have this name. Write the number: {numbers}."
            )
        if not several:
            raise forms.ValidationError(
                f"Nobody is called “{words}”. Write the whole name or the number."
            )
        self.person: Person = several[0]
        return words


class WhichRules(forms.Form):
    """What somebody would like to join, and when."""

    rule_set = forms.ModelChoiceField(
        RuleSet.objects.filter(archived_at__isnull=True).order_by("name", "pk"),
        label="What they would like to join",
        empty_label="Choose",
        error_messages={"required": "Choose what they would like to join."},
    )
    on = a_day("On", "Say for which day.")
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)


class AttestForm(forms.Form):
    """Somebody's yes or no."""

    answer = forms.ChoiceField(
        label="What they said",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    attested_by = forms.CharField(
        label="Who said so",
        max_length=120,
        help_text="A name and a team. Keep what lies behind the answer out of this record.",
        error_messages={"required": "Write who said so."},
    )
    attested_on = a_day("On which day", "Say on which day they said so.")
    expires_on = a_day("Holds until", "", required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, check_asked: OutsideCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = timezone.localdate() + dt.timedelta(days=check_asked.valid_days)
        self.fields["expires_on"].help_text = (
            f"Left empty it holds {check_asked.valid_days} days: until {until:%-d %B %Y} if said "
            "today."
        )
