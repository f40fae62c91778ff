from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import say_day
from involvement.documents.queries import content, download
from residents.people.models import Person
from residents.people.queries import people
from residents.privacy.forms import desk as forms
from residents.privacy.models import AccessRequest, Mention
from residents.privacy.operations import own_answers
from residents.privacy.operations import requests as operations
from residents.privacy.policies import why_no_link
from residents.privacy.queries import requests as queries


@landlord_view(Permission.PEOPLE_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def access_add(request: LandlordRequest, person: int) -> HttpResponse:
    """Record that somebody asked to see what is kept about them."""
    row = get_object_or_404(people(), pk=person)
    there = queries.under_way_of(row)
    if there is not None:
        return redirect("privacy:access_detail", there.pk)
    form = forms.AccessRequestForm(posted(request), initial={"form_token": uuid.uuid4()})
    if form.is_valid():
        made = operations.record_request(
            person=row, by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(
            request, f"The request is recorded. The answer is due by {say_day(made.due_on)}."
        )
        return redirect("privacy:access_detail", made.pk)
    return _form(
        request,
        form,
        row,
        heading=f"{row.name} asks what we keep about them",
        lede="The law gives one calendar month. Everything is put together for you; nothing is "
        "shown to anybody before you have looked at it.",
        act="Record the request",
    )


@landlord_view(Permission.PEOPLE_EXPORT)
@require_safe
def access_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One request: its clock, the texts to look at, its pack."""
    row = _get(pk)
    mentions = queries.mentions_of(row)
    return render(
        request,
        "residents/privacy/access_detail.html",
        {
            "access": row,
            "person": row.person,
            "mentions": mentions,
            "waiting": [one for one in mentions if one.choice == Mention.Choice.WAITING],
            "today": timezone.localdate(),
            "open": row.state in queries.UNDER_WAY,
            "link": queries.links_sent(row).first(),
            "not_now": why_no_link(row, by=request.actor, at=timezone.now()),
        },
    )


@landlord_view(Permission.PEOPLE_EXPORT)
@require_POST
def mention_choose(request: LandlordRequest, pk: int, mention: int) -> HttpResponse:
    """Include one text, or leave it out."""
    row = get_object_or_404(
        Mention.objects.select_related("request").order_by("pk"), pk=mention, request=pk
    )
    form = forms.MentionForm(request.POST)
    if form.is_valid():
        try:
            operations.choose_mention(
                mention=row, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, "Write what they are shown, or leave the text out.")
    return redirect("privacy:access_detail", pk)


@landlord_view(Permission.PEOPLE_EXPORT)
@require_POST
def pack_make(request: LandlordRequest, pk: int) -> HttpResponse:
    """Make the pack, or make it anew."""
    try:
        made = operations.make(
            request=_get(pk), landlord=request.landlord, by=request.actor, at=timezone.now()
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        words = "The pack is made. Fetch it, look through it, and send it."
        if made.state != AccessRequest.State.READY:
            words = "There are texts that were not there before. Look at each, then make the pack."
        messages.success(request, words)
    return redirect("privacy:access_detail", pk)


@landlord_view(Permission.PEOPLE_EXPORT)
@require_POST
def pack_fetch(request: LandlordRequest, pk: int) -> HttpResponse:
    """Hand the pack over, and write down that it was fetched."""
    try:
        row = operations.note_download(request=_get(pk), by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("privacy:access_detail", pk)
    if row.pack is None:
        raise Http404
    return download(row.pack, content(row.pack))


@landlord_view(Permission.PEOPLE_EXPORT)
@require_POST
def answers_send(request: LandlordRequest, pk: int) -> HttpResponse:
    """E-mail them the way to their own equality answers, which are in no pack."""
    try:
        own_answers.send_link(request=_get(pk), by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The link is on its way to them.")
    return redirect("privacy:access_detail", pk)


@landlord_view(Permission.PEOPLE_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def access_send(request: LandlordRequest, pk: int) -> HttpResponse:
    """Note when and how the pack was sent."""
    row = _get(pk)
    form = forms.SentForm(posted(request))
    if form.is_valid():
        try:
            operations.send(request=row, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is noted that the pack was sent.")
            return redirect("privacy:access_detail", pk)
    return _form(
        request, form, row.person, heading="Note that the pack was sent", act="Note it", access=row
    )


@landlord_view(Permission.PEOPLE_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def access_extend(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take two months more, with a reason."""
    row = _get(pk)
    form = forms.BecauseForm(posted(request))
    if form.is_valid():
        try:
            operations.extend(
                request=row,
                because=form.cleaned_data["because"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "There are two months more. Tell them so, and why.")
            return redirect("privacy:access_detail", pk)
    return _form(
        request,
        form,
        row.person,
        heading="Take two months more",
        lede="Only where the request is complex, or they made several. Tell them within the first "
        "month, with the reason.",
        act="Take two months more",
        access=row,
    )


@landlord_view(Permission.PEOPLE_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def access_close(request: LandlordRequest, pk: int) -> HttpResponse:
    """Close a request without a pack."""
    row = _get(pk)
    form = forms.BecauseForm(posted(request))
    if form.is_valid():
        try:
            operations.close(
                request=row,
                because=form.cleaned_data["because"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The request is closed.")
            return redirect("privacy:hub")
    return _form(
        request,
        form,
        row.person,
        heading="Close the request without a pack",
        lede="For instance because they took it back, or because it was not them.",
        act="Close the request",
        access=row,
    )


def _get(pk: int) -> AccessRequest:
    row: AccessRequest = get_object_or_404(queries.requests(), pk=pk)
    return row


def _form(
    request: LandlordRequest,
    form: object,
    person: Person,
    *,
    heading: str,
    act: str,
    lede: str = "",
    access: AccessRequest | None = None,
) -> HttpResponse:
    context = {"form": form, "person": person, "heading": heading, "act": act, "lede": lede}
    return render(request, "residents/privacy/form.html", {**context, "access": access})
