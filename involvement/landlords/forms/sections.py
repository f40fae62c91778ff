"""Forms over the landlord itself, one for each page of settings."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from involvement.landlords.languages import LANGUAGES
from involvement.landlords.models import Landlord

# "101" and such are numbers to ring
FEWEST_DIGITS: Final = 3


class Telephone:
    """Refuses, in a form with `contact_phone`, what nobody can ring."""

    cleaned_data: dict[str, Any]

    def clean_contact_phone(self) -> str:
        phone: str = self.cleaned_data["contact_phone"]
        if phone and len(re.findall(r"\d", phone)) < FEWEST_DIGITS:
            raise forms.ValidationError("Write the number with its digits, such as 01632 960 142.")
        return phone


class LandlordForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """A form over some fields of the landlord."""

    @classmethod
    def kept(cls) -> list[str]:
        """The landlord's fields it changes."""
        return list(cls.base_fields)

    def values(self) -> dict[str, Any]:
        """The fields to change and what they become."""
        return dict(self.cleaned_data)


class NamesForm(Telephone, LandlordForm):
    class Meta:
        model = Landlord
        fields = [
            "name",
            "short_name",
            "contact_name",
            "contact_phone",
            "contact_hours",
            "contact_email",
            "contact_address",
        ]
        labels = {
            "name": "Full name",
            "short_name": "Short name, for tight places",
            "contact_name": "The officer residents ask for, by name",
            "contact_phone": "Their telephone number",
            "contact_hours": "When they can be rung",
            "contact_email": "Their e-mail address",
            "contact_address": "Where letters go",
        }
        help_texts = {
            "contact_phone": "It stands on every page and letter for residents.",
            "contact_hours": "Such as “Monday to Friday, 9 to 5”.",
        }
        error_messages = {
            "name": {"required": "Write the landlord’s full name."},
            "short_name": {"required": "Write a short name."},
        }
        widgets = {"contact_address": forms.Textarea(attrs={"rows": 4})}


class LanguagesForm(LandlordForm):
    usual = forms.ChoiceField(label="Usual language", choices=list(LANGUAGES.items()))
    others = forms.MultipleChoiceField(
        label="Others you write or interpret in",
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Landlord
        fields: list[str] = []

    @classmethod
    def kept(cls) -> list[str]:
        """Both fields are one of the landlord's."""
        return ["languages"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance.languages or ["en-GB"]
        self.fields["usual"].initial, self.fields["others"].initial = chosen[0], chosen[1:]

    def values(self) -> dict[str, Any]:
        """The landlord's languages, the usual one first."""
        usual = self.cleaned_data["usual"]
        others = [each for each in self.cleaned_data["others"] if each != usual]
        return {"languages": [usual, *others]}


class YearForm(LandlordForm):
    year_start_month = forms.TypedChoiceField(
        label="The financial year begins on 1",
        choices=[(number, calendar.month_name[number]) for number in range(1, 13)],
        coerce=int,
        help_text="Quarters, late lists and reports are counted from it.",
    )

    class Meta:
        model = Landlord
        fields = ["year_start_month"]


class PromisesForm(LandlordForm):
    decision_days = forms.IntegerField(
        label="Days until a decision",
        min_value=1,
        max_value=365,
        help_text="Counted from the day a theme is opened, weekends included.",
    )
    reply_days = forms.IntegerField(
        label="Working days until people are told",
        min_value=1,
        max_value=90,
        help_text="Counted from the decision, without weekends and bank holidays.",
    )

    class Meta:
        model = Landlord
        fields = ["decision_days", "reply_days"]


class TakingPartForm(LandlordForm):
    interest_days = forms.IntegerField(
        label="Working days until somebody who would like to take part is answered",
        min_value=1,
        max_value=60,
        help_text="Counted from the day they said so, without weekends and bank holidays.",
    )
    visit_weeks = forms.IntegerField(
        label="Weeks until a new tenant is visited",
        min_value=1,
        max_value=52,
        help_text="Counted from the day the tenancy begins.",
    )
    uninvolved_months = forms.IntegerField(
        label="Months after which somebody counts as uninvolved",
        min_value=1,
        max_value=120,
        help_text="Whoever took part in nothing for so long is on the list to be asked.",
    )

    class Meta:
        model = Landlord
        fields = ["interest_days", "visit_weeks", "uninvolved_months"]


class SchemeForm(LandlordForm):
    class Meta:
        model = Landlord
        fields = ["level_scheme"]
        labels = {"level_scheme": "How you picture ways of taking part"}
        widgets = {"level_scheme": forms.RadioSelect}


class FeedbackMailForm(LandlordForm):
    class Meta:
        model = Landlord
        fields = ["feedback_email"]
        labels = {"feedback_email": "The address"}
        help_texts = {
            "feedback_email": "An e-mail that is sent or forwarded here becomes a row of what was "
            "said, once your mail server hands it in. Leave it empty if nobody should write."
        }


@dataclass(frozen=True)
class Section:
    """One page over the landlord: its title, what it is for, and its form."""

    slug: str
    title: str
    lede: str
    form: type[LandlordForm]


SECTIONS: Final = {
    section.slug: section
    for section in (
        Section(
            "names",
            "Names and contact",
            "How you are called, and whom residents ring. A person is always near: their name and "
            "number stand on every page and letter.",
            NamesForm,
        ),
        Section(
            "languages",
            "Languages",
            "The languages you write letters in or bring interpreters for.",
            LanguagesForm,
        ),
        Section("year", "Financial year", "When your financial year begins.", YearForm),
        Section(
            "promises",
            "Promises",
            "How soon people hear from you. What takes longer shows as late on the desk and in the "
            "reports, so promise what you can keep.",
            PromisesForm,
        ),
        Section(
            "taking-part",
            "Taking part",
            "How soon somebody who would like to take part is answered, when new tenants are "
            "visited, and after how long somebody counts as uninvolved.",
            TakingPartForm,
        ),
        Section(
            "scheme",
            "Scheme of levels",
            "A ladder, a wheel, a spectrum, or none. The levels themselves have their own list.",
            SchemeForm,
        ),
        Section(
            "mail",
            "Feedback by e-mail",
            "Where e-mail about what residents say is read from.",
            FeedbackMailForm,
        ),
    )
}
