from __future__ import annotations

from django import forms

from involvement.landlords.models import Unit
from structures.bodies.models import Body


class Group(forms.Form):
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Write the group's name."}
    )
    short_name = forms.CharField(
        label="Short name",
        max_length=40,
        required=False,
        help_text="The initials your plans use, such as RP or NRG.",
    )
    kind_words = forms.CharField(
        label="What kind of group",
        max_length=60,
        required=False,
        help_text="In your own words: panel, association, forum, working group.",
    )
    purpose = forms.CharField(
        label="What it is for", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("position", "name", "pk"),
        label="Part of",
        required=False,
        empty_label="The whole landlord",
    )

    def __init__(self, *args: object, body: Body, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.body = body

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Body.objects.filter(name__iexact=name).exclude(pk=self.body.pk).exists():
            raise forms.ValidationError("There is a group of this name already.")
        return name

    def clean_short_name(self) -> str:
        short: str = self.cleaned_data["short_name"]
        others = Body.objects.filter(short_name__iexact=short).exclude(pk=self.body.pk)
        if short and others.exists():
            raise forms.ValidationError("Another group has this short name.")
        return short
