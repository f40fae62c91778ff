from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from involvement.landlords.forms.entries import OwnedForm
from involvement.landlords.models import Place, Unit
from residents.people.models import Home, Tenure
from residents.people.operations.homes import postcode

A_DAY = {
    "required": "Write the day, such as 28/11/2026.",
    "invalid": "Write a day that is in the calendar, such as 28/11/2026.",
}


class HomeFilters(forms.Form):
    """GET, so that a colleague can be sent what one sees."""

    q = forms.CharField(label="Address, postcode or reference", required=False, max_length=120)
    tenure = forms.ChoiceField(
        label="Tenure", required=False, choices=[("", "Any"), *Tenure.choices]
    )
    place = forms.ModelChoiceField(
        Place.objects.order_by("name", "pk"), label="Where", required=False, empty_label="Anywhere"
    )
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("position", "name", "pk"),
        label="Part of",
        required=False,
        empty_label="Any part",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Unit.objects.exists():
            del self.fields["unit"]

    def narrowed(self) -> dict[str, Any]:
        """What was chosen, for `homes_narrowed`; what makes no sense narrows nothing."""
        self.is_valid()
        data = {name: value for name, value in self.cleaned_data.items() if value}
        chosen: dict[str, Any] = {"words": data.get("q", ""), "tenure": data.get("tenure", "")}
        return chosen | {name: data[name].pk for name in ("place", "unit") if name in data}


_UPRN_TOO_LONG = {
    "max_length": "A UPRN has at most 12 digits, and this has %(show_value)d characters. Look it "
    "up again."
}


class PostcodeField(forms.CharField):
    """A postcode however it is spaced; too much for one is refused and not cut."""

    def to_python(self, value: Any) -> str:
        return postcode(super().to_python(value) or "")


class HomeForm(OwnedForm):
    """A home, by hand. What the housing system owns is changed there where it knows the home."""

    postcode = PostcodeField(
        label="Postcode",
        required=False,
        max_length=8,
        error_messages={"max_length": "Write one postcode, such as BH15 1QT, and nothing else."},
    )

    class Meta:
        model = Home
        fields = [
            "address",
            "postcode",
            "reference",
            "uprn",
            "parent_uprn",
            "tenure",
            "stock",
            "place",
            "unit",
            "ended_on",
        ]
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3}),
            "ended_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "address": "Address",
            "reference": "Reference in your housing system",
            "uprn": "UPRN",
            "parent_uprn": "UPRN of the building it is in",
            "tenure": "Tenure",
            "stock": "Stock type",
            "place": "Where",
            "unit": "Part of",
            "ended_on": "No longer ours since",
        }
        help_texts = {"uprn": "Up to 12 digits. Noughts at the front belong to it."}
        error_messages = {
            "address": {"required": "Write the home's address."},
            "reference": {"max_length": "A reference has at most 40 characters. Look it up again."},
            "uprn": _UPRN_TOO_LONG,
            "parent_uprn": _UPRN_TOO_LONG,
            "ended_on": A_DAY,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "unit"):
            choice: Any = self.fields[name]
            choice.empty_label = "Not said"


class OnADay(forms.Form):
    """The day since when something is so."""

    on = forms.DateField(
        label="Since when",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=A_DAY,
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Write a day that has come.")
        return on
