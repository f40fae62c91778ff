"""Bringing a list in: the file, and which heading feeds which field."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from actionplans.feedback.forms.entry import check_said_on
from actionplans.feedback.models import SourceKind
from actionplans.feedback.operations.import_rows import FIELDS
from involvement.importing.headings import Mapping
from involvement.importing.kinds import check_size
from involvement.importing.refusals import FileTooLarge

KEEP: Final = ""
HOW_LABEL: Final = "How it reached us, for rows that do not say"


class ImportFile(forms.Form):
    """The file, and what is true of every row that says nothing of it."""

    file = forms.FileField(
        label="The list",
        help_text="A CSV file or an Excel workbook (.xlsx), with headings in the first row.",
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose the file again.",
        },
    )
    said_on = forms.DateField(
        label="Day, for rows without one",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source_kind = forms.ChoiceField(
        label=HOW_LABEL,
        choices=[("", "Every row says it"), *SourceKind.choices],
        required=False,
    )
    source_words = forms.CharField(
        label="Which one",
        required=False,
        max_length=200,
        help_text="“Stall at the fun day”, “Forum of 3 June”",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
        except FileTooLarge as refused:
            raise ValidationError(str(refused)) from refused
        return file

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        return check_said_on(day) if day else day

    @property
    def options(self) -> dict[str, str]:
        """What the importer keeps with the upload."""
        data = self.cleaned_data
        day = data["said_on"]
        return {
            "said_on": day.isoformat() if day else "",
            "source_kind": data["source_kind"],
            "source_words": data["source_words"],
        }


class ImportColumns(forms.Form):
    """One choice of field for each column of the file, and how rows reached us that do not say.

    `way` is what was chosen for such rows so far; None where there are none, and nothing is asked.
    """

    def __init__(self, *args: Any, mapping: Mapping, way: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        if way is not None:
            self.fields["source_kind"] = forms.ChoiceField(
                label=HOW_LABEL,
                choices=[("", "Choose how"), *SourceKind.choices],
                required=False,
                initial=way,
            )
        choices = [(KEEP, "Keep it beside the row"), *((one.key, one.label) for one in FIELDS)]
        for column in mapping.columns:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.heading or f"Column {column.index + 1}",
                choices=choices,
                required=False,
                initial=column.fields[0] if column.fields else KEEP,
            )

    @property
    def options(self) -> dict[str, str]:
        """What is true of rows that say nothing of it; empty where nothing was asked."""
        asked = "source_kind" in self.fields
        return {"source_kind": self.cleaned_data["source_kind"]} if asked else {}

    def choices(self) -> dict[str, list[str]]:
        """Heading to fields, as the upload keeps it."""
        return {
            column.heading: [key] if (key := self.cleaned_data[f"column-{column.index}"]) else []
            for column in self.mapping.columns
        }
