from __future__ import annotations

from typing import Any

from django import forms

from residents.duplicates.queries import Side


class MergeForm(forms.Form):
    """Whose row stays, and for each field that differs which of the two it keeps."""

    def __init__(self, *args: Any, sides: list[Side], names: tuple[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.sides = [side for side in sides if side.differs]
        for side in self.sides:
            self.fields[f"f_{side.field}"] = forms.ChoiceField(
                label=side.label,
                choices=[("first", side.first or "nothing"), ("second", side.second or "nothing")],
                widget=forms.RadioSelect,
                initial=side.suggested,
                error_messages={"required": f"{side.label}: Choose which of the two stays."},
            )
        self.fields["stays"] = forms.ChoiceField(
            label="Whose number stays",
            choices=[("first", names[0]), ("second", names[1])],
            widget=forms.RadioSelect,
            initial="first",
            help_text="The other number leads to this one from now on.",
            error_messages={"required": "Choose whose number stays."},
        )

    @property
    def taken(self) -> list[str]:
        """The fields whose value comes from the row that goes."""
        stays = self.cleaned_data["stays"]
        return [side.field for side in self.sides if self.cleaned_data[f"f_{side.field}"] != stays]


class TwoForm(forms.Form):
    """Two people by their numbers."""

    first = forms.IntegerField(
        label="Number of one", min_value=1, error_messages={"required": "Write a number."}
    )
    second = forms.IntegerField(
        label="Number of the other", min_value=1, error_messages={"required": "Write a number."}
    )
