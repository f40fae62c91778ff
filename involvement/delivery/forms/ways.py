"""The ways messages can go: what can be added on the settings page, each with its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from involvement.delivery.forms.gateway import GatewayForm
from involvement.delivery.forms.notify import NotifyEmailForm, NotifyTextForm
from involvement.delivery.forms.providers import ApiForm, InstallationForm, ProviderForm, SmtpForm
from involvement.delivery.models import Message, Provider


@dataclass(frozen=True)
class Way:
    """A kind of provider for one channel: how it is offered, and the form that adds it."""

    kind: str
    channel: str
    label: str
    about: str
    form: type[ProviderForm]


_EMAIL, _TEXT = Message.Channel.EMAIL, Message.Channel.TEXT
# By the word that stands in the address of the page that adds one.
WAYS: Final[dict[str, Way]] = {
    "installation": Way(
        Provider.Kind.INSTALLATION,
        _EMAIL,
        "This installation’s mail server",
        "Nothing to set up; with a name and address of your own if your domain allows it.",
        InstallationForm,
    ),
    "smtp": Way(
        Provider.Kind.SMTP,
        _EMAIL,
        "Your own mail server",
        "A server of yours, or of the service you pay for, by SMTP.",
        SmtpForm,
    ),
    "api": Way(
        Provider.Kind.API,
        _EMAIL,
        "A mail service",
        "Postmark, Brevo, Mailgun or Resend by their own interface. Postmark can be asked what "
        "became of a message.",
        ApiForm,
    ),
    "notify": Way(
        Provider.Kind.NOTIFY,
        _EMAIL,
        "GOV.UK Notify, for e-mail",
        "For councils and ALMOs: free of charge, and it can be asked what became of a message.",
        NotifyEmailForm,
    ),
    "notify-texts": Way(
        Provider.Kind.NOTIFY,
        _TEXT,
        "GOV.UK Notify, for texts",
        "For councils and ALMOs, with so many texts a year free. It can be asked what became of one.",
        NotifyTextForm,
    ),
    "gateway": Way(
        Provider.Kind.GATEWAY,
        _TEXT,
        "A text gateway",
        "Any service that takes a text by one request over https. You say what it calls things.",
        GatewayForm,
    ),
}


def form_for(provider: Provider) -> type[ProviderForm]:
    """The form that changes a provider."""
    kinds = {(way.kind, way.channel): way.form for way in WAYS.values()}
    return kinds[provider.kind, provider.channel]
