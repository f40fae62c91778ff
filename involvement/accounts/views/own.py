"""One's own log-in: password and second factor."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts import operations, second_factor
from involvement.accounts.doors import own_view, posted
from involvement.accounts.forms.sign_in import ChoosePasswordForm

# Within this time after a code from the e-mail the old password is not asked for
FRESH_CODE_SECONDS: Final = 15 * 60


@own_view
@never_cache
@require_safe
def own(request: Any) -> HttpResponse:
    """How I sign in: code, password, app, passkeys."""
    kinds = list(
        Authenticator.objects.filter(user_id=request.user.pk)
        .order_by("pk")
        .values_list("type", flat=True)
    )
    context = {
        "has_password": request.user.has_usable_password(),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "several": len(kinds) > 0,
    }
    return render(request, "involvement/accounts/own.html", context)


@own_view
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: Any) -> HttpResponse:
    """Choose a password, or a new one."""
    ask_old = request.user.has_usable_password() and not _came_by_code(request)
    form = ChoosePasswordForm(posted(request), user=request.user, ask_old=ask_old)
    if request.method == "POST" and form.is_valid():
        operations.choose_password(
            user=request.user, password=form.cleaned_data["new"], at=timezone.now()
        )
        update_session_auth_hash(request, request.user)
        messages.info(request, "Your password is set. You can sign in with it from now on.")
        return redirect("accounts_public:own")
    return render(request, "involvement/accounts/own_password.html", {"form": form})


@own_view
@never_cache
@require_safe
def second_factor_needed(request: Any) -> HttpResponse:
    """The landlord asks its staff for a second factor, and this person has none yet."""
    if request.landlord is None or not second_factor.is_missing(request):
        return redirect("accounts_public:arrive")
    return render(request, "involvement/accounts/second_factor_needed.html")


def _came_by_code(request: Any) -> bool:
    records = get_authentication_records(request, request.user)
    return any(
        record["method"] == "code" and time.time() - record["at"] < FRESH_CODE_SECONDS
        for record in records
    )
