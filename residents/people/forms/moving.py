"""Which home somebody lives in, found by the beginning of its address, and since when."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from residents.people.forms.homes import A_DAY
from residents.people.forms.person import PersonForm
from residents.people.models import Home, Residency
from residents.people.queries import homes_narrowed

MOST_SHOWN: Final = 8
_FIND: Final = "The beginning of its address or postcode, or its reference."
_NO_HOME: Final = "No home begins like this. Write less of the address, or add the home first."


class FindsHome(forms.Form):
    """The field `home`, and where several homes begin as it says, `which` to choose from them.

    The subclass has `home`; it works without script, and nothing has to be written twice.
    """

    which = forms.ChoiceField(label="Which home", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = str(self.data.get("home", "")) if self.is_bound else ""
        found = list(homes_narrowed(words=words)[: MOST_SHOWN + 1]) if words.strip() else []
        self.meant, self.there_are_more = found[:MOST_SHOWN], len(found) > MOST_SHOWN
        which: Any = self.fields["which"]
        if len(self.meant) < 2:
            del self.fields["which"]
        else:
            which.choices = [(str(home.pk), _in_full(home)) for home in self.meant]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("home"):
            data["home"] = self._home(data.pop("which", ""))
        elif "home" in data:
            data["home"] = None
        data.pop("which", None)
        return data

    def _home(self, which: str) -> Home | None:
        chosen = [home for home in self.meant if str(home.pk) == which]
        if chosen or len(self.meant) == 1:
            return (chosen or self.meant)[0]
        if not self.meant:
            self.add_error("home", _NO_HOME)
        elif self.there_are_more:
            self.add_error("home", "Many homes begin like this. Write more of the address.")
        else:
            self.add_error("which", "Several homes begin like this. Choose one.")
        return None


def _in_full(home: Home) -> str:
    """“3 Drake Court, Poole, BH15 1AA”."""
    words = home.postal_address.replace("\n", ", ")
    return f"{words} (reference {home.reference})" if home.reference else words


class MoveForm(FindsHome):
    """Which home somebody moves into, when and as what."""

    home = forms.CharField(
        label="New home",
        max_length=120,
        help_text=_FIND,
        error_messages={"required": "Write the home they move into."},
    )
    on = forms.DateField(
        label="Moved in on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=A_DAY,
    )
    capacity = forms.ChoiceField(label="As", choices=Residency.Capacity.choices)
    letters_follow = forms.BooleanField(
        label="Send their letters to the new home", required=False, initial=True
    )
    field_order = ("home", "which", "on", "capacity", "letters_follow")


class AddForm(PersonForm, FindsHome):
    """A new person, and the home of yours they live in, if they do."""

    home = forms.CharField(
        label="The home of yours they live in",
        max_length=120,
        required=False,
        help_text=f"{_FIND} Leave it empty if they live in none of your homes.",
    )
    capacity = forms.ChoiceField(
        label="They live there as", choices=Residency.Capacity.choices, required=False
    )
    lives_since = forms.DateField(
        label="They live there since",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave it empty if nobody knows.",
        error_messages=A_DAY,
    )
    field_order = (
        "name",
        "customer_type",
        "born",
        "home",
        "which",
        "capacity",
        "lives_since",
        "preferred_channel",
        "email",
        "phone",
        "address",
        "place",
        "unit",
        "another",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = "Leave it empty if letters go to that home."
        for name in ("place", "unit"):
            self.fields[name].help_text = "Leave it as it is if they live in a home of yours."

    def clean_lives_since(self) -> dt.date | None:
        on: dt.date | None = self.cleaned_data["lives_since"]
        if on and on > timezone.localdate():
            raise forms.ValidationError("Write a day that has come.")
        return on

    def needs(self, data: dict[str, Any]) -> dict[str, Any]:
        """Letters go to the home where no other address is given."""
        home = data.get("home")
        if self.has_error("home") or self.has_error("which"):
            return data
        if isinstance(home, Home) and not data.get("address"):
            data["address"] = home.postal_address
        return super().needs(data)
