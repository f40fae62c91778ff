from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.wiring import panels
from residents.people.models import Person
from residents.people.queries import people
from residents.privacy.forms import desk as forms
from residents.privacy.forms.erasing import ConfirmErasureForm, EraseForm
from residents.privacy.models import Erasure, LegalHold
from residents.privacy.operations import erasing as operations
from residents.privacy.operations import holds as holding
from residents.privacy.queries import erasures as queries
from residents.privacy.queries import holds, unsettled


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_propose(request: LandlordRequest, person: int) -> HttpResponse:
    """See what erasing somebody would do, and propose it to an administrator."""
    row = get_object_or_404(people(), pk=person)
    there = queries.waiting_of(row)
    if there is not None:
        return redirect("privacy:erasure_detail", there.pk)
    still_open = unsettled.of(row)
    form = EraseForm(posted(request), perhaps=still_open.perhaps)
    if form.is_valid():
        try:
            made = operations.propose(
                person=row, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is proposed. An administrator confirms or refuses it.")
            return redirect("privacy:erasure_detail", made.pk)
    context = {"form": form, "person": row, "preview": operations.preview(row)}
    context |= _read_first(request, row, still_open)
    return render(request, "residents/privacy/erasure_propose.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """A proposal with what it will do, for an administrator to confirm; later its receipt."""
    row = _get(pk)
    may = request.membership.may(Permission.PEOPLE_ERASE)
    if row.state != Erasure.State.WAITING:
        return render(request, "residents/privacy/erasure_receipt.html", {"erasure": row})
    preview, still_open = operations.preview(row.person), unsettled.of(row.person)
    kept = operations.complaint_texts([one.pk for one in still_open.perhaps])
    hits = [hit for hit in preview.texts if hit.place not in kept]
    texts = [("|".join(map(str, hit.place)), hit.heading) for hit in hits]
    form = ConfirmErasureForm(posted(request), texts=texts, perhaps=still_open.perhaps)
    if may and form.is_valid():
        try:
            operations.erase(
                erasure=row,
                left=form.texts_left,
                not_theirs=form.cleaned_data.get("not_theirs", ()),
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is erased. This page is the receipt, without their name.")
            return redirect("privacy:erasure_detail", pk)
    context = {"erasure": row, "person": row.person, "preview": preview, "form": form, "may": may}
    context["texts"] = list(zip(texts, hits, strict=True))
    context |= _read_first(request, row.person, still_open)
    return render(request, "residents/privacy/erasure_detail.html", context)


@landlord_view(Permission.PEOPLE_ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_refuse(request: LandlordRequest, pk: int) -> HttpResponse:
    """Refuse to erase somebody, with a reason they are told."""
    row = _get(pk)
    form = forms.BecauseForm(posted(request))
    if form.is_valid():
        try:
            operations.refuse(
                erasure=row,
                because=form.cleaned_data["because"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is refused. Tell them, and that they may complain.")
            return redirect("privacy:erasure_detail", pk)
    context = {"form": form, "person": row.person, "heading": "Refuse to erase them"}
    context |= {"act": "Refuse to erase them", "lede": "Tell them within a month, with the reason."}
    return render(request, "residents/privacy/form.html", {**context, "access": None})


@landlord_view(Permission.PRIVACY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def hold_add(request: LandlordRequest, person: int) -> HttpResponse:
    """Let nothing about a person be erased for now."""
    row = get_object_or_404(people(), pk=person)
    form = forms.HoldForm(posted(request))
    if form.is_valid():
        holding.place_hold(person=row, by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"Nothing about {row.name} is erased while this hold stands.")
        return redirect("people:person_detail", row.pk)
    context = {"form": form, "person": row, "heading": "Place a legal hold", "access": None}
    context |= {
        "act": "Place the hold",
        "lede": "While it stands, nobody and no schedule can erase what we keep about them.",
    }
    return render(request, "residents/privacy/form.html", context)


@landlord_view(Permission.PRIVACY_MANAGE)
@require_POST
def hold_release(request: LandlordRequest, pk: int) -> HttpResponse:
    """End a hold before its day."""
    row = get_object_or_404(LegalHold.objects.order_by("pk"), pk=pk)
    holding.release_hold(hold=row, by=request.actor, at=timezone.now())
    messages.success(request, "The hold is released.")
    return redirect("privacy:hub")


def _read_first(
    request: LandlordRequest, person: Person, still_open: unsettled.Unsettled
) -> dict[str, object]:
    """What stands in the way of erasing somebody, and what else to know before it is done."""
    return {
        "hold": holds.on_person(person, timezone.localdate()),
        "unsettled": still_open,
        "panels": panels("privacy.erasure", request, person=person),
    }


def _get(pk: int) -> Erasure:
    row: Erasure = get_object_or_404(queries.erasures(), pk=pk)
    return row
