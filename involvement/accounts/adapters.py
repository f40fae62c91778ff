"""allauth, made to know landlords."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils import timezone

from involvement.accounts import queries, second_factor, sessions
from involvement.accounts.models import User

# The ways to prove oneself once more, in our words
_PROOFS: Final = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use your app or a spare code",
    "mfa_reauthenticate:webauthn": "Use your passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    """Signs people in at the landlord whose page they are on, and never signs anybody up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "This is not the code we sent. Look at the newest e-mail and type its "
        "eight digits.",
        "email_password_mismatch": "The e-mail address and the password do not belong together. "
        "Try again, or ask for a code by e-mail.",
        "incorrect_password": "This is not your password. Try again.",
        "too_many_login_attempts": "There were too many tries. Wait five minutes, then ask for a "
        "new code.",
        "rate_limited": "There were too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes a log-in for themselves; invitations do."""
        return False

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Says only what went wrong: a page that opens shows by itself that somebody is signed in."""
        level = args[1] if len(args) > 1 else kwargs.get("level")
        if level is not None and level >= 40:
            super().add_message(*args, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to prove oneself once more. The first is asked for: the passkey, where there is
        no app, and codes are for a bad day."""
        methods = [
            {**each, "description": _PROOFS[each["id"]]}
            for each in super().get_reauthentication_methods(user)
        ]
        if second_factor.has_app(user):
            return methods
        return sorted(methods, key=lambda each: not each["id"].endswith(":webauthn"))

    def login(self, request: HttpRequest, user: User) -> None:
        """Open a session with a new key, bound to the landlord of the page, or, on the bare host,
        to the only landlord the person has."""
        # Asked before the framework makes the session new, which may empty it
        by_directory = _vouched_by_directory(get_authentication_records(request, user))
        super().login(request, user)
        sessions.start(request, by_directory=by_directory, at=timezone.now())
        landlord = getattr(request, "landlord", None)
        if landlord is None:
            own = queries.landlords_of(user)
            landlord = own[0] if len(own) == 1 else None
        if landlord is not None:
            sessions.bind(request, landlord)
        if not by_directory:
            EmailAddress.objects.get_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )


def _vouched_by_directory(records: list[dict[str, Any]]) -> bool:
    """Whether the latest proof of the person was a directory's word; a second factor adds to a
    proof and is none by itself, unless it was a passkey."""
    for record in reversed(records):
        if record["method"] == "socialaccount":
            return True
        if record["method"] in {"code", "password"} or record.get("passwordless"):
            return False
    return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the log-in in the authenticator app by the address people know."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This is not the code your app shows now. Wait for the next one and "
        "type its six digits.",
    }

    def get_totp_issuer(self) -> str:
        return "Resident involvement"

    def get_totp_label(self, user: User) -> str:
        return str(user.email)
