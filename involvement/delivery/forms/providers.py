"""One form for each kind of provider. What is secret is never filled in again."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms

from involvement.delivery.models import Provider
from involvement.delivery.transports.api import SERVICES

HOST = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")
KEEP: Final = "Never shown again. Leave it empty to keep the one there is."
NEW: Final = "Never shown again once it is saved."


def secret(label: str) -> forms.CharField:
    """A password or key: asked for, and never shown again."""
    return forms.CharField(
        label=label,
        max_length=400,
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ProviderForm(forms.Form):
    """What every provider has. `NAMED` are its settings, `SECRET` what is sealed."""

    NAMED: ClassVar[tuple[str, ...]] = ()
    SECRET: ClassVar[tuple[str, ...]] = ()

    name = forms.CharField(
        label="What you call it",
        max_length=80,
        help_text="Stands in your settings and in the outbox, such as “Our mail server”.",
    )
    sender_name = forms.CharField(
        label="Name messages come from",
        max_length=120,
        required=False,
        help_text="“Poole Housing, involvement team”",
    )
    sender_address = forms.EmailField(
        label="Address messages come from", max_length=254, help_text="Answers go there too."
    )
    per_minute = forms.IntegerField(
        label="Messages a minute, at most",
        min_value=1,
        max_value=3000,
        initial=60,
        help_text="What your contract with the provider allows.",
    )

    def __init__(self, *args: Any, provider: Provider | None = None, **kwargs: Any) -> None:
        kept = {} if provider is None else {**provider.settings, **_columns(provider)}
        super().__init__(*args, **{**kwargs, "initial": kept})
        self.has_secret = provider is not None and bool(provider.sealed)
        for name in self.SECRET:
            self.fields[name].help_text = KEEP if self.has_secret else NEW

    @property
    def labels(self) -> dict[str, str]:
        """What its settings and secrets are called."""
        return {name: str(self.fields[name].label) for name in (*self.NAMED, *self.SECRET)}

    def values(self) -> dict[str, Any]:
        """What stands in the provider's own columns."""
        return {name: self.cleaned_data[name] for name in _COLUMNS if name in self.fields}

    def settings(self) -> dict[str, Any]:
        """What this kind alone has."""
        given = {name: self.cleaned_data[name] for name in self.NAMED}
        return {
            name: "" if value is None else str(value) if isinstance(value, _AS_WORDS) else value
            for name, value in given.items()
        }

    def secrets(self) -> dict[str, str]:
        """What is to be sealed; "" keeps what there is."""
        return {name: self.cleaned_data[name] for name in self.SECRET}


class InstallationForm(ProviderForm):
    """The installation's own mail server, with the landlord's sender."""

    sender_address = forms.EmailField(
        label="Address messages come from",
        max_length=254,
        required=False,
        help_text="Empty for this installation’s. One of your own works only where your domain "
        "lets this installation send for it; ask your IT.",
    )


class SmtpForm(ProviderForm):
    """A mail server of the landlord's own."""

    NAMED = ("host", "port", "security", "username")
    SECRET = ("password",)

    host = forms.CharField(
        label="Mail server", max_length=253, help_text="Such as “smtp.poole.example”."
    )
    port = forms.TypedChoiceField(
        label="Port", coerce=int, choices=[(port, str(port)) for port in (587, 465, 2525, 25)]
    )
    security = forms.ChoiceField(
        label="Security",
        choices=[("STARTTLS", "STARTTLS, as on port 587"), ("TLS", "TLS, as on port 465")],
    )
    username = forms.CharField(label="User name", max_length=254, required=False)
    password = secret("Password")

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"].lower()
        if not HOST.match(host):
            raise forms.ValidationError("Write the server’s name, such as “smtp.poole.example”.")
        return host

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("username") and not (found.get("password") or self.has_secret):
            self.add_error("password", "Write the password that belongs to the user name.")
        return found


class ApiForm(ProviderForm):
    """A mail service, by its own interface."""

    NAMED = ("service", "domain")
    SECRET = ("key",)

    service = forms.ChoiceField(
        label="Mail service", choices=[(key, one.label) for key, one in SERVICES.items()]
    )
    domain = forms.CharField(
        label="Domain",
        max_length=253,
        required=False,
        help_text="For Mailgun alone: the domain you registered there.",
    )
    key = secret("Key")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        service = SERVICES.get(found.get("service", ""))
        if service is not None and service.with_domain and not HOST.match(found.get("domain", "")):
            self.add_error("domain", f"Write the domain you registered with {service.label}.")
        if not found.get("key") and not self.has_secret:
            self.add_error("key", "Copy the key from the mail service.")
        return found


# What JSON has no kind of its own for.
_AS_WORDS: Final = (Decimal, UUID)
_COLUMNS: Final = ("name", "sender_name", "sender_address", "per_minute")


def _columns(provider: Provider) -> dict[str, Any]:
    return {name: getattr(provider, name) for name in _COLUMNS}
