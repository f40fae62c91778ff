"""A paper card, keyed in from the keyboard alone."""

from __future__ import annotations

from typing import Any, Final

from residents.interests.forms.who import WhoForm
from residents.interests.forms.wishes import WishesForm
from residents.interests.operations import Card
from residents.preferences.forms.needs import NeedsForm

# What the next card begins with, since cards come in one pile from one place.
REMEMBERED: Final = ("source", "said_on")


class CardForm(NeedsForm, WishesForm, WhoForm):
    """Whose card it is, and all that is ticked on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The next card begins where this one did, without a mouse
        self.fields["who"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ticked = ("subjects", "methods", "minutes", "level", "formats", "support")
        written = ("language", "interpreter", "other")
        if not self.errors and not any(data.get(name) for name in (*ticked, *written)):
            self.add_error(None, "Tick at least one thing that stands on the card.")
        return data

    @property
    def card(self) -> Card:
        """What was filled in, as it is kept."""
        data = self.cleaned_data
        return Card(
            name=data["who"],
            contact=data["contact"],
            wishes=self.wishes,
            needs=self.needs,
            heard=self.heard,
            person=data["person"],
        )

    def remembered(self) -> dict[str, str]:
        """What the next card begins with."""
        return {name: str(self.cleaned_data[name]) for name in REMEMBERED}
