"""Who signs in and what they may do; how they sign in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts import operations, queries
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.forms.staff import DirectoryForm, SecondFactorForm
from involvement.accounts.models import Membership, SignInRule
from involvement.accounts.permissions import PERMISSION_WORDS, ROLES, Permission, Role
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.landlords import operations as landlords
from involvement.landlords.queries import landlord_in_scope


@landlord_view(Permission.DESK_OPEN)
@require_safe
def roles(request: LandlordRequest) -> HttpResponse:
    """The roles in prose and cell by cell, and who has which."""
    matrix = [
        (words, [permission in ROLES[role].permissions for role in Role])
        for permission, words in PERMISSION_WORDS.items()
    ]
    context = {
        "roles": [(role, ROLES[role].prose) for role in Role],
        "matrix": matrix,
        "members": list(queries.members()),
        "may_manage": request.membership.may(Permission.STAFF_MANAGE),
        "may_invite": request.membership.may(Permission.STAFF_INVITE),
    }
    return render(request, "involvement/accounts/roles.html", context)


@landlord_view(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: LandlordRequest, pk: int) -> HttpResponse:
    """One member's role, and whether they may sign in."""
    row: Membership = get_object_or_404(Membership.objects.select_related("user"), pk=pk)
    if request.method == "POST":
        try:
            _change(request, row)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("accounts:member", pk)
        return redirect("accounts:roles")
    context = {
        "row": row,
        "roles": [(role, ROLES[role].prose, role == row.role) for role in Role],
        "entries": history_of(row)[:20],
    }
    return render(request, "involvement/accounts/member.html", context)


def _change(request: LandlordRequest, row: Membership) -> None:
    act, at = request.POST.get("act"), timezone.now()
    if act == "role" and request.POST.get("role") in Role.values:
        role = request.POST["role"]
        operations.change_role(membership=row, role=role, by=request.actor, at=at)
        messages.info(request, f"{row.user} is {row.get_role_display().lower()} now.")
    elif act in {"close", "open"}:
        operations.set_active(membership=row, active=act == "open", by=request.actor, at=at)
        done = "can sign in again" if act == "open" else "can no longer sign in here"
        messages.info(request, f"{row.user} {done}.")
    else:
        raise Http404("Nothing of this kind can be done here.")


@landlord_view(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_settings(request: LandlordRequest) -> HttpResponse:
    """The second step everybody is asked for, and the landlord's own directory."""
    rule: Any = SignInRule.objects.order_by("pk").first()
    landlord = landlord_in_scope()
    second_writing = Writing(
        request,
        landlord,
        lambda data: SecondFactorForm(
            data, initial={"second_factor_required": landlord.second_factor_required}
        ),
        shown_only="second" not in request.POST,
    )
    directory_writing = Writing(
        request,
        rule,
        lambda data: DirectoryForm(data, instance=rule),
        also=("email_domains",),
        shown_only="directory" not in request.POST,
    )
    second, directory = second_writing.form, directory_writing.form
    if second.is_bound and second.is_valid():
        landlords.change_landlord(values=second.cleaned_data, by=request.actor, at=timezone.now())
        messages.info(request, "Saved. It holds from the next page everybody opens.")
        return redirect("accounts:sign_in_settings")
    if directory.is_bound and directory.is_valid():
        kept = directory.save(commit=False)
        operations.set_directory(
            rule=kept,
            before=directory_writing.before if rule else None,
            by=request.actor,
            at=timezone.now(),
        )
        told = directory_writing.told("Sign-in through your directory is saved.")
        messages.info(request, told)
        return redirect("accounts:sign_in_settings")
    back = reverse("openid_connect_callback", args=[f"directory-{request.landlord.pk}"])
    context = {
        "second": second,
        "second_writing": second_writing,
        "directory": directory,
        "directory_writing": directory_writing,
        "callback": request.build_absolute_uri(back),
        "entries": history_of(rule)[:20] if rule else [],
    }
    return render(request, "involvement/accounts/sign_in_settings.html", context)
