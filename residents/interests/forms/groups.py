"""Groups to reach, their partners, and what was done."""

from __future__ import annotations

from typing import Any

from django import forms

from residents.interests.forms.expressions import owner_field
from residents.interests.forms.visits import past_day
from residents.interests.models import GroupPartner, GroupToReach


class GroupForm(forms.Form):
    """Who they are, why, and the plan."""

    name = forms.CharField(
        label="Who they are",
        max_length=120,
        help_text="“Young people of 16 to 25”, “Leaseholders who live elsewhere”",
        error_messages={"required": "Write who they are."},
    )
    why = forms.CharField(
        label="Why you hear too little from them",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why you hear too little from them."},
    )
    plan = forms.CharField(
        label="How you will reach them",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    owner = owner_field()
    review_on = forms.DateField(
        label="Look at it again on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day that exists, such as 2026-06-11."},
    )

    def __init__(self, *args: Any, group: GroupToReach | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = GroupToReach.objects.filter(name__iexact=name)
        if others.exclude(pk=self.group.pk if self.group else None).exists():
            raise forms.ValidationError("This group is in the list already.")
        return name


class PartnerForm(forms.Form):
    """Who helps to reach them."""

    name = forms.CharField(
        label="Organisation",
        max_length=120,
        error_messages={"required": "Write the name of the organisation."},
    )
    contact_name = forms.CharField(label="Whom to ask there", max_length=120, required=False)
    phone = forms.CharField(
        label="Telephone number",
        max_length=30,
        required=False,
        error_messages={"max_length": "Write one telephone number, in at most 30 characters."},
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        error_messages={"invalid": "Write the e-mail address with an @, such as ana@mail.example."},
    )
    notes = forms.CharField(label="Notes", max_length=500, required=False)

    def __init__(self, *args: Any, group: GroupToReach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        there = GroupPartner.objects.filter(group=self.group, ended_at__isnull=True)
        if there.filter(name__iexact=name).exists():
            raise forms.ValidationError("This partner is in the list already.")
        return name


class NoteForm(forms.Form):
    """What was done to reach them."""

    words = forms.CharField(
        label="What was done",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what was done."},
    )
    done_on = past_day("On which day", "Say on which day it was done.")
