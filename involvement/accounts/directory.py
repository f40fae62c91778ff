"""Sign-in through a landlord's own directory (OpenID Connect, such as Microsoft Entra ID)."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.http import HttpRequest
from django.shortcuts import render

from involvement.accounts import queries
from involvement.accounts.models import SignInRule
from involvement.isolation.scope import current


def provider_id(rule: SignInRule) -> str:
    """A name of its own for each landlord's directory, so that two directories which give two
    people the same identifier never meet."""
    return f"directory-{rule.landlord_id}"


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Offers the directory of the landlord in scope, to the people that landlord has let in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A stranger in the directory is a stranger here until somebody invites them."""
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The directory of the landlord in scope, if it has one: nothing on the bare host."""
        rule = queries.sign_in_rule() if current().landlord is not None else None
        if rule is None or provider not in {None, "openid_connect", provider_id(rule)}:
            return []
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=provider_id(rule),
                name=rule.provider_name,
                client_id=rule.client_id,
                secret=rule.client_secret,
                settings={"server_url": rule.server_url},
            )
        ]

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """The directory answers for addresses of the landlord's own domains and for no others."""
        rule = queries.sign_in_rule()
        domain = email.rpartition("@")[2].lower()
        return rule is not None and domain in [known.lower() for known in rule.email_domains]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in members of the landlord alone, by an address the directory may answer for.

        Raises ImmediateHttpResponse with the same page for everybody else.
        """
        addresses = [
            address.email.lower()
            for address in sociallogin.email_addresses
            if self.is_email_verified(sociallogin.provider, address.email)
        ]
        user = queries.member_by_address(addresses)
        if user is None or (sociallogin.is_existing and sociallogin.user != user):
            page = render(request, "socialaccount/authentication_error.html", status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.user = user
