"""What the landlord asks leave for, and the exact words it asks with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from residents.preferences import operations, queries
from residents.preferences.forms.consents import PurposeForm, PurposeNameForm, WordingForm
from residents.preferences.models import Purpose

FORM_METHODS = ["GET", "HEAD", "POST"]


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(FORM_METHODS)
def purpose_list(request: LandlordRequest) -> HttpResponse:
    """Every purpose with its words, and the form that adds one."""
    form = PurposeForm(posted(request))
    if form.is_valid():
        purpose = operations.add_purpose(by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"“{purpose}” is added.")
        return redirect("preferences:purpose_list")
    context = {
        "rows": queries.purposes_with_words(),
        "put_away": queries.purposes_put_away(),
        "form": form,
    }
    return render(request, "residents/preferences/purpose_list.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(FORM_METHODS)
def purpose_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One purpose: its name, and every wording it was ever asked with."""
    purpose = get_object_or_404(Purpose, pk=pk)
    writing = _writing(request, purpose)
    form = writing.form
    if form.is_valid():
        operations.change_purpose(
            purpose=purpose, by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, writing.told("Your changes are kept."))
        return redirect("preferences:purpose_detail", pk)
    return _detail(request, purpose, writing, WordingForm())


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def purpose_wording(request: LandlordRequest, pk: int) -> HttpResponse:
    """Write new words; whoever agreed to the earlier ones agreed to those."""
    purpose = get_object_or_404(Purpose, pk=pk)
    form = WordingForm(request.POST)
    if form.is_valid():
        wording = operations.write_wording(
            purpose=purpose, words=form.cleaned_data["words"], by=request.actor, at=timezone.now()
        )
        messages.success(request, f"People are asked with wording {wording.number} from now on.")
        return redirect("preferences:purpose_detail", pk)
    return _detail(request, purpose, _writing(request, purpose, shown_only=True), form)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def purpose_put(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a purpose away, or bring it back."""
    purpose, at = get_object_or_404(Purpose, pk=pk), timezone.now()
    archived_at = at if purpose.archived_at is None else None
    operations.put_purpose(purpose=purpose, archived_at=archived_at, by=request.actor, at=at)
    done = "put away" if archived_at else "back in the list"
    messages.success(request, f"“{purpose}” is {done}.")
    return redirect("preferences:purpose_list")


def _writing(
    request: LandlordRequest, purpose: Purpose, *, shown_only: bool = False
) -> Writing[PurposeNameForm]:
    return Writing(
        request,
        purpose,
        lambda data: PurposeNameForm(data, purpose=purpose),
        shown_only=shown_only,
    )


def _detail(
    request: LandlordRequest,
    purpose: Purpose,
    writing: Writing[PurposeNameForm],
    wording: WordingForm,
) -> HttpResponse:
    context = {
        "purpose": purpose,
        "writing": writing,
        "form": writing.form,
        "wording_form": wording,
        "wordings": queries.wordings_of(purpose),
        "history": history_of(purpose)[:20],
    }
    return render(request, "residents/preferences/purpose_detail.html", context)
