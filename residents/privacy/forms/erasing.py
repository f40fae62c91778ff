from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from residents.privacy.forms.desk import PastDay
from residents.privacy.models import DataComplaint, Erasure


class NotTheirs(forms.Form):
    """The open complaints that may be somebody's, of which an officer says that they are not."""

    not_theirs = forms.TypedMultipleChoiceField(
        label="Complaints that are not theirs",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, perhaps: Sequence[DataComplaint] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["not_theirs"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (one.pk, f"Complaint {one.number}, of {one.name}, is not theirs") for one in perhaps
        ]
        if not perhaps:
            del self.fields["not_theirs"]


class EraseForm(NotTheirs):
    """Why somebody is to be forgotten."""

    reason = forms.ChoiceField(
        label="Why",
        choices=[choice for choice in Erasure.Reason.choices if choice[0] != Erasure.Reason.OVER],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why they are to be forgotten."},
    )
    asked_on = PastDay("Asked for on", missing="Write the day it was asked for.")


class ConfirmErasureForm(NotTheirs):
    """The texts in which a name stays, and the tick without which nothing is erased."""

    left = forms.MultipleChoiceField(
        label="Texts in which the name stays", required=False, widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(
        label="I have read what will happen. It cannot be undone.",
        error_messages={"required": "Tick that you have read it, or leave it."},
    )

    def __init__(self, *args: Any, texts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left"].choices = texts  # type: ignore[attr-defined]  # a field of choices
        if not texts:
            del self.fields["left"]

    @property
    def texts_left(self) -> list[tuple[str, int, str]]:
        """The texts to leave, as (kind, key, field)."""
        parts = [value.split("|") for value in self.cleaned_data.get("left", [])]
        return [(kind, int(key), field) for kind, key, field in parts]
