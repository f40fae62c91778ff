"""Inviting people to sign in, and accepting."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from involvement.accounts import operations, policies, queries
from involvement.accounts.doors import LandlordRequest, landlord_view, posted, token_view
from involvement.accounts.forms.staff import AcceptForm, InvitationForm
from involvement.accounts.models import Invitation
from involvement.accounts.permissions import ROLES, Permission, Role
from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.refusals import Refusal


@landlord_view(Permission.STAFF_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: LandlordRequest) -> HttpResponse:
    """Open invitations, and the form that sends one."""
    form = InvitationForm(posted(request), inviter=request.membership, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            invitation, _link = operations.invite(
                **form.cleaned_data,
                inviter=request.membership,
                address=_address(request),
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, f"The invitation is on its way to {invitation.email}.")
            return redirect("accounts:invitations")
    context = {"form": form, "rows": list(queries.open_invitations()), "now": timezone.now()}
    return render(request, "involvement/accounts/invitations.html", context)


def _asked(request: LandlordRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("email", "name") if name in request.GET}


@landlord_view(Permission.STAFF_INVITE)
@require_POST
def invitation_act(request: LandlordRequest, pk: int, act: str) -> HttpResponse:
    """Send an invitation again, or take it back."""
    row: Any = get_object_or_404(Invitation, pk=pk)
    if act not in {"resend", "withdraw"}:
        raise Http404("Nothing of this kind can be done here.")
    by, at = request.actor, timezone.now()
    try:
        if act == "withdraw":
            operations.withdraw_invitation(invitation=row, by=by, at=at)
            messages.info(request, f"The invitation to {row.email} is taken back.")
        else:
            operations.resend_invitation(
                invitation=row,
                inviter=request.membership,
                address=_address(request),
                by=by,
                at=at,
            )
            messages.info(request, f"A new invitation is on its way to {row.email}.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:invitations")


@token_view
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: Any, token: str) -> HttpResponse:
    """The invitation as its reader sees it. Accepting sends a code to the address invited."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        raise Http404("No invitation has this address.")
    at = timezone.now()
    form = AcceptForm(posted(request), initial={"name": invitation.name})
    try:
        policies.check_can_accept(invitation, at=at)
        if request.method == "POST" and form.is_valid():
            name = form.cleaned_data["name"]
            by = Actor(ActorKind.STAFF, name)
            membership = operations.accept_invitation(
                invitation=invitation, name=name, by=by, at=at
            )
            LoginCodeVerificationProcess.initiate(
                request=request, user=membership.user, email=invitation.email
            )
            return redirect("account_confirm_login_code")
    except policies.InvitationClosed as refusal:
        closed = {"sentence": str(refusal)}
        return render(request, "involvement/accounts/invitation_closed.html", closed, status=410)
    prose = ROLES[Role(invitation.role)].prose
    context = {"invitation": invitation, "form": form, "prose": prose}
    return render(request, "involvement/accounts/invitation.html", context)


def _address(request: LandlordRequest) -> str:
    return request.build_absolute_uri(reverse("faces:landing"))
