"""What a landlord says of its text gateway: where it is, and what it calls things."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator

from involvement.delivery.forms.notify import price
from involvement.delivery.forms.providers import ProviderForm, secret
from involvement.delivery.transports.gateway import Place

_NAME: Final = RegexValidator(
    r"^[A-Za-z_][A-Za-z0-9_.\-]{0,59}$", "Letters, figures, dots, hyphens and underscores only."
)
_PATH: Final = RegexValidator(
    r"^[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+)*$", "Names with dots between, such as “messages.0.id”."
)


def _named(
    label: str, help_text: str, initial: str = "", *, needed: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=60,
        initial=initial,
        required=needed,
        validators=[_NAME],
        help_text=help_text,
    )


def _path(label: str, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=120,
        initial=initial,
        validators=[_PATH],
        help_text=f"Such as “{initial}”.",
    )


class GatewayForm(ProviderForm):
    """A text gateway: any that takes a text by one request, in JSON or as a form."""

    NAMED = (
        "url",
        "form",
        "auth",
        "username",
        "field_to",
        "plus",
        "field_text",
        "field_from",
        "field_reference",
        "answer_reference",
        "receipt_reference",
        "receipt_status",
        "receipt_moment",
        "inbound_from",
        "inbound_text",
        "inbound_reference",
        "pence",
    )
    SECRET = ("key",)

    sender_address = None  # type: ignore[assignment]  # takes the field away, as Django has it
    sender_name = forms.CharField(
        label="Name or number texts come from",
        max_length=16,
        required=False,
        help_text="At most 11 letters, or a number people can answer to. Empty for the gateway’s.",
    )
    url = forms.CharField(
        label="Address texts are sent to",
        max_length=300,
        help_text="From the gateway’s documents, such as “https://api.texts.example/v1/send”.",
    )
    form = forms.ChoiceField(
        label="How it wants them", choices=[("JSON", "As JSON"), ("FORM", "As a form")]
    )
    auth = forms.ChoiceField(
        label="How we show who we are",
        choices=[("BEARER", "A key, as a bearer token"), ("BASIC", "A user name and password")],
    )
    username = forms.CharField(label="User name", max_length=120, required=False)
    key = secret("Key or password")
    field_to = _named("What it calls the number", "Such as “to”, “recipient”, “msisdn”.", "to")
    plus = forms.BooleanField(
        label="Numbers begin with +",
        required=False,
        help_text="“+447700900123” rather than “447700900123”.",
    )
    field_text = _named("What it calls the words", "Such as “text”, “message”, “body”.", "text")
    field_from = _named("What it calls the sender", "Empty if it takes none.", needed=False)
    field_reference = _named("What it calls our reference", "Empty if it takes none.", needed=False)
    answer_reference = forms.CharField(
        label="Where its answer holds its own reference",
        max_length=120,
        required=False,
        validators=[_PATH],
        help_text="Such as “id” or “messages.0.id”. Receipts are known by it.",
    )
    receipt_reference = _path("Where a receipt holds the gateway’s reference", "id")
    receipt_status = _path("Where a receipt says what became of it", "status")
    receipt_moment = _path("Where a call says when that was", "timestamp")
    inbound_from = _path("Where a text that came back holds its sender", "from")
    inbound_text = _path("Where it holds the words", "text")
    inbound_reference = _path("Where it holds its reference", "id")
    pence = price()

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            place = Place.read(url)
        except ValueError:
            raise forms.ValidationError(
                "Write the whole address, beginning with https://."
            ) from None
        if not place.secure and not settings.DELIVERY_PRIVATE_HOSTS:
            raise forms.ValidationError("The address must begin with https://.")
        return url

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("auth") == "BASIC" and not found.get("username"):
            self.add_error("username", "Write the user name that belongs to the password.")
        if not found.get("key") and not self.has_secret:
            self.add_error("key", "Copy the key or the password from the gateway.")
        return found
