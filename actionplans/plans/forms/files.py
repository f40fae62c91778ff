from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from actionplans.plans.queries.columns import FIELDS


class UploadForm(forms.Form):
    title = forms.CharField(
        label="What the plan is called",
        max_length=200,
        help_text="Under the title of a plan you have, the file is read as a change of that plan.",
        error_messages={"required": "Write what the plan is called."},
    )
    file = forms.FileField(
        label="The spreadsheet",
        help_text="A CSV file or an Excel workbook (.xlsx) under your own headings, at most 20 MB.",
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty. Choose another.",
        },
    )


class MappingForm(forms.Form):
    """Which field each heading of a file feeds."""

    def __init__(
        self, *args: Any, headings: Iterable[tuple[str, tuple[str, ...]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [("-", "Keep as extra text"), *[(spec.key, spec.label) for spec in FIELDS]]
        offered.append(("owner+deadline", "Owner and deadline in one cell"))
        self.headings: list[tuple[str, str]] = []
        for at, (heading, known) in enumerate(headings):
            name = f"column_{at}"
            self.headings.append((name, heading))
            self.fields[name] = forms.ChoiceField(
                label=heading or f"Column {at + 1}, without a heading",
                choices=offered,
                widget=forms.Select(attrs={"class": "govuk-select wide"}),
                initial="+".join(known) or "-",
            )

    @property
    def choices(self) -> dict[str, list[str]]:
        """Heading to fields, as uploads keep it."""
        return {
            heading: [key for key in self.cleaned_data[name].split("+") if key != "-"]
            for name, heading in self.headings
        }
