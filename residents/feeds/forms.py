"""A source, a file of it, what its headings feed, a token."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings

from involvement.importing.headings import Mapping
from residents.feeds import queries
from residents.feeds.models import Mode, Source, Token

KEEP: Final = ""


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """What a system is called and how its files are taken."""

    class Meta:
        model = Source
        fields = ("name", "mode", "leaver_share", "picks_up")
        help_texts = {
            "name": "As you call it among yourselves: “Orchard”, “Northgate”, “Leaseholders”",
            "leaver_share": (
                "A file by which more than this share would have left stops and asks you."
            ),
            "picks_up": "Every quarter of an hour, from the folder its page names.",
        }
        error_messages = {"name": {"required": "Write the name of the system."}}

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        other = queries.source_named(name)
        if other is not None and other.pk != self.instance.pk:
            raise forms.ValidationError("You have a source of this name already. Choose another.")
        return name

    def clean_picks_up(self) -> bool:
        picks_up = bool(self.cleaned_data["picks_up"])
        if picks_up and not settings.FEED_FOLDER:
            raise forms.ValidationError(
                "This installation has no folder for lists. Ask whoever runs it to set FEED_FOLDER, "
                "or send lists on this page or with a token."
            )
        return picks_up

    def clean_leaver_share(self) -> int:
        share = int(self.cleaned_data["leaver_share"])
        if share > 100:
            raise forms.ValidationError("Write a share from 0 to 100 per cent.")
        return share


class FileForm(forms.Form):
    """One file of a source."""

    file = forms.FileField(
        label="The list",
        help_text="A CSV file or an Excel workbook (.xlsx), with headings in the first row.",
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose the file again.",
        },
    )
    mode = forms.ChoiceField(
        label="What it holds",
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether everybody is in it."},
    )


class ColumnsForm(forms.Form):
    """One choice of field for each column of the file."""

    def __init__(self, *args: Any, mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        choices = [(KEEP, "Leave it out"), *((one.key, one.label) for one in queries.FIELDS)]
        for column in mapping.columns:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.heading or f"Column {column.index + 1}",
                choices=choices,
                required=False,
                initial=column.fields[0] if column.fields else KEEP,
            )

    def choices(self) -> dict[str, list[str]]:
        """Heading to fields, as the source keeps it."""
        return {
            column.heading: [key] if (key := self.cleaned_data[f"column-{column.index}"]) else []
            for column in self.mapping.columns
        }


class ReleaseForm(forms.Form):
    """Which reference may be held again, and why."""

    reference = forms.CharField(
        label="Their reference in the housing system",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write the reference."},
    )
    why = forms.CharField(
        label="Why they are to be held again",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="“Took a new tenancy in October.” Leave out who they are: it stands in history.",
        error_messages={"required": "Say why, in a sentence."},
    )


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Which system or job will show the token."""

    class Meta:
        model = Token
        fields = ("name",)
        help_texts = {"name": "So that you know which to revoke: “Orchard’s nightly job”"}
        error_messages = {"name": {"required": "Write what sends the files."}}
