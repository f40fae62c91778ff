"""Whether a second proof of who somebody is has been given, where their landlord asks for it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from involvement.accounts import sessions
from involvement.accounts.models import User


def is_missing(request: HttpRequest) -> bool:
    """Whether the landlord in scope demands a second factor that this person has not set up.

    Once set up, it is asked for at every sign-in. A landlord's own directory asks for its own.
    """
    landlord = request.landlord  # type: ignore[attr-defined]  # set by LandlordMiddleware
    if not landlord.second_factor_required or sessions.opened_by_directory(request):
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user_id=request.user.pk, type__in=kinds).exists()


def has_app(user: User) -> bool:
    """Whether the person has set up an app that shows codes; a passkey alone shows none."""
    return bool(
        Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
    )
