"""The landlord's colour and logo."""

from __future__ import annotations

from typing import Any

from django import forms

from involvement.auditing.refusals import Refusal
from involvement.faces.colour import NotAColourError, check_brand
from involvement.landlords.logos import logo_png


class ColourForm(forms.Form):
    """A colour as #RRGGBB; `offered` is the nearest darker shade where it is too light."""

    colour = forms.CharField(
        label="Your colour",
        max_length=7,
        help_text="A hash and six letters or digits, such as #0F5E5A. It is in your style guide.",
        error_messages={"required": "Write a colour, such as #0F5E5A."},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    offered: str | None = None
    sentence = ""

    def clean_colour(self) -> str:
        try:
            judged = check_brand(self.cleaned_data["colour"])
        except NotAColourError as error:
            raise forms.ValidationError(str(error)) from error
        self.offered, self.sentence = judged.nearest, judged.sentence
        if not judged.passes:
            raise forms.ValidationError(judged.sentence)
        return judged.brand


class LogoForm(forms.Form):
    """An upload that becomes a small PNG in `cleaned_data["logo"]`."""

    logo = forms.FileField(
        label="Picture file",
        help_text="PNG, JPEG, GIF or WebP, at most 5 MB. About 500 dots wide is best.",
        error_messages={
            "required": "Choose the file with your logo first.",
            "empty": "This file is empty. Choose the file with your logo.",
        },
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"}),
    )

    def clean_logo(self) -> bytes:
        upload: Any = self.cleaned_data["logo"]
        try:
            return logo_png(upload.file)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
