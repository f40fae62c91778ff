"""What a landlord says of its service in GOV.UK Notify."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django import forms

from involvement.delivery.forms.providers import ProviderForm, secret


class NotifyForm(ProviderForm):
    """What e-mails and texts by GOV.UK Notify have in common. Who sends stands in Notify."""

    NAMED: ClassVar[tuple[str, ...]] = ("template", "sender")
    SECRET = ("key",)

    sender_name = None  # type: ignore[assignment]  # takes the field away, as Django has it
    sender_address = None  # type: ignore[assignment]  # likewise
    per_minute = forms.IntegerField(
        label="Messages a minute, at most",
        min_value=1,
        max_value=3000,
        initial=1500,
        help_text="Notify takes 3,000 a minute by one kind of key, e-mails and texts together.",
    )
    key = secret("API key")

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if not key and not self.has_secret:
            raise forms.ValidationError("Copy the whole API key from your service in Notify.")
        return key


def _template_id(holding: str) -> forms.UUIDField:
    return forms.UUIDField(
        label="Template ID",
        help_text=f"Of a template that holds {holding} and nothing else. Copy it from Notify.",
        error_messages={"invalid": "Copy the template’s ID from Notify; it has 36 characters."},
    )


def _sender_id(label: str, otherwise: str) -> forms.UUIDField:
    return forms.UUIDField(
        label=label,
        required=False,
        help_text=f"From your service’s settings in Notify. Empty for {otherwise}.",
        error_messages={"invalid": "Copy the ID from Notify; it has 36 characters."},
    )


def price(initial: str | None = None) -> forms.DecimalField:
    """What one part of a text costs."""
    return forms.DecimalField(
        label="Pence for one text",
        min_value=Decimal(0),
        max_digits=5,
        decimal_places=2,
        initial=initial,
        help_text="Before VAT. A long text counts as several. Costs are shown by it before anything is sent.",
    )


class NotifyEmailForm(NotifyForm):
    template = _template_id("((subject)) as its subject and ((body))")
    sender = _sender_id("Reply-to address’s ID", "the service’s usual one")


class NotifyTextForm(NotifyForm):
    NAMED = ("template", "sender", "before", "pence")

    template = _template_id("((body))")
    sender = _sender_id("Text message sender’s ID", "the service’s usual one")
    before = forms.CharField(
        label="Name that Notify puts before every text",
        max_length=40,
        required=False,
        help_text="Only if your service is set so: it takes room in each text.",
    )
    pence = price("2.4")
