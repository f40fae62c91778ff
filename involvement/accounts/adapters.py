"""allauth, made to know landlords."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from involvement.accounts.middleware import SESSION_KEY


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody makes a log-in for themselves; invitations do."""
        return False

    def login(self, request: Any, user: Any) -> None:
        super().login(request, user)
        landlord = getattr(request, "landlord", None)
        if landlord is not None:
            request.session[SESSION_KEY] = landlord.pk


class DirectoryAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    pass
