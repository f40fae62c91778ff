from __future__ import annotations

from typing import Any

from django import forms

from involvement.landlords.forms.entries import OwnedForm
from involvement.landlords.models import Place, Unit
from residents.people.models import CustomerType, Person, Tag, Tenure
from residents.people.queries import PeopleFilter


class PeopleFilters(forms.Form):
    """GET, so that a colleague can be sent what one sees."""

    q = forms.CharField(label="Name, address, number", required=False, max_length=120)
    status = forms.ChoiceField(
        label="Who",
        required=False,
        choices=[
            (Person.Status.CURRENT, "Live here now"),
            (Person.Status.LEFT, "Have left"),
            (Person.Status.DECEASED, "Have died"),
            ("ALL", "Everybody"),
        ],
    )
    customer_type = forms.ModelChoiceField(
        CustomerType.objects.order_by("position", "name", "pk"),
        label="Customer type",
        required=False,
        empty_label="Any",
    )
    tenure = forms.ChoiceField(
        label="Tenure of the home", required=False, choices=[("", "Any"), *Tenure.choices]
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
    tag = forms.ModelChoiceField(
        Tag.objects.order_by("name", "pk"), label="Tag", required=False, empty_label="Any"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "tag"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]  # a choice of rows
                del self.fields[name]

    def narrowed(self) -> PeopleFilter:
        """What was chosen; what makes no sense narrows nothing."""
        self.is_valid()
        data = {name: value for name, value in self.cleaned_data.items() if value}
        keys = ("customer_type", "place", "unit", "tag")
        status = data.get("status", Person.Status.CURRENT)
        return PeopleFilter(
            words=data.get("q", ""),
            status="" if status == "ALL" else status,
            tenure=data.get("tenure", ""),
            **{name: data[name].pk for name in keys if name in data},
        )

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the list."""
        return self.narrowed() != PeopleFilter()


class TagForm(forms.Form):
    """A tag to put on somebody."""

    name = forms.CharField(
        label="Tag",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "tags", "autocomplete": "off"}),
        error_messages={"required": "Write the tag."},
    )


class CustomerTypeForm(OwnedForm):
    class Meta:
        model = CustomerType
        fields = ["name", "kind", "lives_here", "position"]
        labels = {
            "name": "Name of the customer type",
            "kind": "What it is",
            "lives_here": "They live in one of your homes",
            "position": "Place in the order",
        }
        help_texts = {
            "kind": "So that rules and figures hold, whatever you call it.",
            "position": "0 stands first. Those with the same number stand by name.",
        }
        error_messages = {"name": {"required": "Write the name of the customer type."}}
