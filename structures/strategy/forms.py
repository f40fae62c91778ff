from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from involvement.landlords.models import Subject, Unit
from structures.bodies.models import Body
from structures.strategy import models
from structures.strategy.models import Aim, Driver, Strategy


def _day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": f"Write {label.lower()} as a day that exists."},
    )


def _one(queryset: QuerySet[Any], label: str, empty: str) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(queryset, label=label, required=False, empty_label=empty)


class Basics(forms.Form):
    """The strategy's own facts."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Write the title of the strategy."},
    )
    summary = forms.CharField(
        label="In short",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Two or three sentences. Residents read them first.",
    )
    period_words = forms.CharField(
        label="Period, in your words", max_length=60, required=False, help_text="2026 to 2029"
    )
    starts_on = _day("Starts on")
    ends_on = _day("Ends on")
    next_review_on = _day("Next review")
    unit = _one(Unit.objects.order_by("position", "name", "pk"), "For", "The whole landlord")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The strategy ends before it starts. Check the two dates.")
        return data


class NextReview(forms.Form):
    next_review_on = _day("Next review", required=True)


class PartForm(forms.Form):
    """A part of one strategy. `strategy` narrows what it may point at."""

    def __init__(self, *args: Any, strategy: Strategy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "aim" in self.fields:
            field = cast("forms.ModelChoiceField[Any]", self.fields["aim"])
            field.queryset = Aim.objects.filter(strategy=strategy).order_by("position", "pk")


class _Worded(PartForm):
    words = forms.CharField(
        label="In your words",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write it in your own words."},
    )


class AimForm(_Worded):
    number = forms.CharField(label="Number, as printed", max_length=20, required=False)
    field_order = ("number", "words")


class ObjectiveForm(_Worded):
    number = forms.CharField(label="Number, as printed", max_length=20, required=False)
    aim = _one(Aim.objects.none(), "Under the aim", "No aim")
    measure = forms.CharField(
        label="How you will know", max_length=300, required=False, help_text="A figure or a fact."
    )
    field_order = ("number", "words", "aim", "measure")


class StandardForm(_Worded):
    kind = forms.ChoiceField(label="Kind", choices=models.Standard.Kind.choices)
    subject = _one(Subject.objects.order_by("name", "pk"), "Subject", "No subject")
    unit = _one(Unit.objects.order_by("position", "name", "pk"), "For", "The whole landlord")


class PriorityForm(_Worded):
    source_words = forms.CharField(
        label="Where it came from",
        max_length=300,
        help_text="The event or survey, such as: Spring conference, 84 residents.",
        error_messages={"required": "Write the event or survey this priority came from."},
    )
    source_on = _day("When")
    votes = forms.IntegerField(label="How many chose it", required=False, min_value=0)
    subject = _one(Subject.objects.order_by("name", "pk"), "Subject", "No subject")


class StrategyDriverForm(PartForm):
    driver = forms.ModelChoiceField(
        Driver.objects.filter(archived_at__isnull=True).order_by("-dated_on", "pk"),
        label="Driver",
        empty_label="Choose from the library",
        error_messages={"required": "Choose a driver from the library, or add it there first."},
    )
    why = forms.CharField(label="Why it counts here", max_length=300, required=False)


class ConsultationForm(PartForm):
    who = forms.CharField(
        label="Who was asked",
        max_length=200,
        error_messages={"required": "Write who was asked."},
    )
    how = forms.CharField(label="How", max_length=200, required=False)
    held_on = _day("When")
    asked = forms.IntegerField(label="How many were asked", required=False, min_value=0)
    took_part = forms.IntegerField(label="How many took part", required=False, min_value=0)
    what_changed = forms.CharField(
        label="What changed because of it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        asked, took_part = data.get("asked"), data.get("took_part")
        if asked is not None and took_part is not None and took_part > asked:
            self.add_error("took_part", "More took part than were asked. Check the two numbers.")
        return data


class AgreementForm(PartForm):
    body = _one(Body.objects.order_by("name", "pk"), "Agreed by the group", "Somebody else")
    who = forms.CharField(label="Or by", max_length=200, required=False)
    agreed_on = _day("When", required=True)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("body") and not data.get("who"):
            raise ValidationError("Choose the group that agreed it, or write who did.")
        return data


class DriverForm(forms.Form):
    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Write the title of the law, standard or finding."},
    )
    kind = forms.ChoiceField(label="Kind", choices=Driver.Kind.choices)
    dated_on = _day("Its date", required=True)
    checked_on = _day("Last checked by you")
    what_it_asks = forms.CharField(
        label="What it asks of you", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    link = forms.URLField(label="Where it can be read", required=False, assume_scheme="https")


class PartKind:
    """One kind of part: its model, form, and what officers call it."""

    def __init__(self, model: type[Model], form: type[PartForm], noun: str, section: str) -> None:
        self.model, self.form, self.noun, self.section = model, form, noun, section


PARTS: dict[str, PartKind] = {
    "aim": PartKind(models.Aim, AimForm, "aim", "Aims and objectives"),
    "objective": PartKind(models.Objective, ObjectiveForm, "objective", "Aims and objectives"),
    "standard": PartKind(models.Standard, StandardForm, "standard or local offer", "Standards"),
    "priority": PartKind(models.Priority, PriorityForm, "priority", "Residents' priorities"),
    "driver": PartKind(models.StrategyDriver, StrategyDriverForm, "driver", "Drivers"),
    "consultation": PartKind(
        models.Consultation, ConsultationForm, "consultation", "Who was asked"
    ),
    "agreement": PartKind(models.Agreement, AgreementForm, "agreement", "Who agreed it"),
}
