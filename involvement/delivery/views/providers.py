"""Who carries a landlord's messages: the list with its health, adding, changing, trying."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.addresses import whole_address
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.delivery import forms, hooks, operations, policies, queries, sending
from involvement.delivery.models import Message, Provider
from involvement.delivery.sealing import CannotBeOpened

NOTIFY = Provider.Kind.NOTIFY
REFUSED_FOR = dt.timedelta(days=30)
FORM_METHODS = ["GET", "HEAD", "POST"]


@landlord_view(Permission.SETTINGS_CHANGE)
@require_safe
def provider_list(request: LandlordRequest) -> HttpResponse:
    """Every provider by what it carries, whether it gets through, and what waits."""
    at = timezone.now()
    health = queries.health(at)
    rows = [(one, health.get(one.pk, queries.Health())) for one in queries.providers()]
    lanes = {
        channel.lower(): {
            "rows": (found := [row for row in rows if row[0].channel == channel]),
            "in_use": next((one for one, _ in found if one.is_active), None),
            "waiting": queries.waiting_for(channel),
        }
        for channel in Message.CARRIED
    }
    context = {
        **lanes,
        "ways": [
            (slug, way)
            for slug, way in forms.WAYS.items()
            if policies.can_have(request.landlord, way.kind)
        ],
        "why_not": "" if policies.can_have(request.landlord, NOTIFY) else str(policies.NotForYou()),
        "installations_sender": settings.DEFAULT_FROM_EMAIL,
        "now": at,
    }
    return render(request, "involvement/delivery/provider_list.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(FORM_METHODS)
def provider_add(request: LandlordRequest, kind: str) -> HttpResponse:
    """Add a provider of one kind. It carries nothing until it is switched on."""
    way = forms.WAYS.get(kind)
    if way is None:
        raise Http404("There is no such kind of provider.")
    form = way.form(posted(request))
    if form.is_valid():
        try:
            provider = operations.keep_provider(
                kind=way.kind,
                channel=way.channel,
                by=request.actor,
                at=timezone.now(),
                **_given(form),
            )
        except Refusal as refused:
            form.add_error(
                "name" if isinstance(refused, policies.NameTaken) else None, str(refused)
            )
        else:
            messages.success(request, f"“{provider}” is added. Send a test message, then use it.")
            return redirect("delivery:provider_detail", provider.pk)
    context = {"form": form, "label": way.label, "way": way}
    return render(request, "involvement/delivery/provider_add.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(FORM_METHODS)
def provider_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One provider: change it, try it, switch it on and off."""
    provider = _provider(pk)
    made = forms.form_for(provider)
    writing = Writing(
        request, provider, lambda data: made(data, provider=provider), apart=made.SECRET
    )
    form = writing.form
    if form.is_valid():
        try:
            operations.change_provider(
                provider=provider,
                labels=form.labels,
                by=request.actor,
                at=timezone.now(),
                **_given(form),
            )
        except Refusal as refused:
            form.add_error("name", str(refused))
        else:
            words = "Your changes are kept. Send a test message to see that it still works."
            messages.success(request, writing.told(words))
            return redirect("delivery:provider_detail", pk)
    at = timezone.now()
    context = {
        "provider": provider,
        "form": form,
        "writing": writing,
        "health": queries.health(at).get(provider.pk, queries.Health()),
        "is_held": provider.is_held(at),
        "calls": hooks.calls_for(provider),
        "has_hook": bool(hooks.hook_of(provider)[0]),
        "refused": _refused(provider, timezone.localdate(at)),
        "to": request.membership.user.email,
        "test": forms.TestNumber() if provider.channel == Message.Channel.TEXT else None,
        "history": history_of(provider)[:20],
    }
    return render(request, "involvement/delivery/provider_detail.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def provider_try(request: LandlordRequest, pk: int) -> HttpResponse:
    """Send a test message to whoever asks for it."""
    provider, to = _provider(pk), request.membership.user.email
    if provider.channel == Message.Channel.TEXT:
        test = forms.TestNumber(request.POST)
        if not test.is_valid():
            messages.error(request, " ".join(map(str, test.errors["number"])))
            return redirect("delivery:provider_detail", pk)
        to = test.cleaned_data["number"]
    try:
        provider = sending.try_out(
            provider=provider, to=to, landlord=request.landlord, by=request.actor
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, provider.tried_words)
    return redirect("delivery:provider_detail", pk)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def provider_hook(request: LandlordRequest, pk: int) -> HttpResponse:
    """Make an address for the provider to call, and show it with its word, this once."""
    provider = _provider(pk)
    if not hooks.calls_for(provider):
        raise Http404("A provider of this kind does not call.")
    try:
        token, word = operations.make_hook(provider=provider, by=request.actor, at=timezone.now())
    except CannotBeOpened as refused:
        messages.error(request, str(refused.__doc__))
        return redirect("delivery:provider_detail", pk)
    context = {
        "provider": provider,
        "hooks": [
            (
                what,
                whole_address(request.landlord, "delivery_public:provider_calls", token, what),
            )
            for what in hooks.calls_for(provider)
        ],
        "user": hooks.USER,
        "word": word,
    }
    response = render(request, "involvement/delivery/provider_hook.html", context)
    response["Cache-Control"] = "no-store"
    return response


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def provider_put(request: LandlordRequest, pk: int, act: str) -> HttpResponse:
    """Have its channel go by it, or by it no more."""
    provider = _provider(pk)
    goes = "Texts go" if provider.channel == Message.Channel.TEXT else "E-mail goes"
    try:
        if act == "on":
            operations.switch_on(provider=provider, by=request.actor, at=timezone.now())
            operations.send_soon(channel=provider.channel)
            messages.success(request, f"{goes} by “{provider}” from now on.")
        elif act == "off":
            operations.switch_off(provider=provider, by=request.actor, at=timezone.now())
            messages.success(request, f"“{provider}” carries nothing any more.")
        else:
            raise Http404("Nothing of this kind can be done here.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("delivery:provider_list")


def _refused(provider: Provider, today: dt.date) -> int:
    """How often its address was called of late by somebody else."""
    return queries.refused_lately(provider, today - REFUSED_FOR) if hooks.calls_for(provider) else 0


def _given(form: forms.ProviderForm) -> dict[str, Any]:
    return {"values": form.values(), "settings": form.settings(), "secrets": form.secrets()}


def _provider(pk: int) -> Provider:
    return get_object_or_404(queries.providers(), pk=pk)
