"""“I would like to take part”: keyed in at the desk, or sent from the public page; and its answer."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from involvement.accounts.models import StaffMember
from involvement.accounts.permissions import Permission
from involvement.accounts.queries import staff_who_may
from residents.eligibility.forms import InSpiteForm
from residents.eligibility.models import RuleSet
from residents.eligibility.queries import rule_sets
from residents.interests.forms.who import WhoForm
from residents.interests.forms.wishes import WishesForm
from residents.people.queries import Contact
from residents.preferences.forms.told import ToldForm

# What each wish is called where residents themselves are asked
YOURS: Final = {
    "subjects": "What interests you?",
    "methods": "How would you like to take part?",
    "amount": "How much time could you give?",
    "level": "How much would you like to do?",
}


def owner_field() -> forms.ModelChoiceField:  # type: ignore[type-arg]  # takes no argument when it runs
    """Who looks after something: a colleague who may open it, or nobody."""
    field = staff_field("Who looks after it", "Nobody yet")
    field.queryset = staff_who_may(Permission.PEOPLE_READ)
    return field


def staff_field(label: str, empty: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # takes no argument when it runs
    """A colleague who works here now, or nobody."""
    return forms.ModelChoiceField(
        StaffMember.objects.filter(left_on__isnull=True).order_by("name", "pk"),
        label=label,
        required=False,
        empty_label=empty,
    )


class ExpressionForm(ToldForm, WishesForm, WhoForm):
    """What somebody said, taken down by a member of staff."""

    said = forms.CharField(
        label="In their words",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = owner_field()
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        said = data.get("subjects"), data.get("methods"), data.get("minutes"), data.get("said")
        if not any(said) and not self.errors:
            self.add_error(
                "said", "Tick what interests them or a way of taking part, or write what they said."
            )
        return data


class TakePartForm(WishesForm):
    """What a resident fills in themselves, without signing in."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name, so that we know whom to answer."},
    )
    contact = forms.CharField(
        label="How can we answer you?",
        max_length=300,
        help_text="Your e-mail address, telephone number or postal address. One is enough.",
        error_messages={"required": "Write one way to reach you, so that we can answer."},
    )
    said = forms.CharField(
        label="Anything you would like to tell us?",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you would like to change, when you have time, what would help you to come.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # People do not see this; programs that fill in every field do.
    website = forms.CharField(required=False, label="Leave this empty", max_length=200)

    deepest = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in YOURS.items():
            if name in self.fields:
                self.fields[name].label = label

    @property
    def from_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("contact"):
            data["contact"] = Contact.read(data["contact"])
        said = data.get("subjects"), data.get("methods"), data.get("minutes"), data.get("said")
        if not any(said) and not self.errors:
            self.add_error("said", "Tick what interests you, or tell us in your own words.")
        return data


class OwnerForm(forms.Form):
    """Who looks after it."""

    owner = owner_field()


class AnswerForm(InSpiteForm):
    """The answer: yes or no, why, the words, and whether they go by themselves."""

    decision = forms.ChoiceField(
        label="What is the answer?",
        choices=[("yes", "Accepted: they take part"), ("no", "Turned down")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they are accepted or turned down."},
    )
    joins = forms.ModelChoiceField(
        RuleSet.objects.none(),
        label="If accepted, what they join",
        required=False,
        empty_label="Nothing that has rules for joining",
        help_text="Whether they may join it is checked before the answer goes.",
    )
    reason = forms.CharField(
        label="If turned down, why",
        max_length=500,
        required=False,
        help_text="In words you would say to them.",
    )
    words = forms.CharField(
        label="What they are told",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="“Dear …” and your name and number are put around it.",
        error_messages={"required": "Write what they are told."},
    )
    how = forms.ChoiceField(label="How", widget=forms.RadioSelect, choices=[])

    def __init__(self, *args: Any, sends: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        joins: Any = self.fields["joins"]
        joins.queryset = rule_sets()
        if not joins.queryset.exists():
            del self.fields["joins"]
        own = ("hand", "I have told them this myself")
        how: Any = self.fields["how"]
        how.choices = [("send", sends), own] if sends else [own]
        how.initial = how.choices[0][0]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "no" and not data.get("reason", "").strip():
            self.add_error("reason", "Write why, in words you would say to them.")
        return data
