"""The ways in: an address and a code, a link, a letter. Nothing tells whether an address is known."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, posted, public_view, token_view
from involvement.accounts.tries import too_often
from involvement.auditing.actors import Actor, ActorKind, Channel, job
from involvement.auditing.refusals import Refusal
from involvement.isolation.tasks import enqueue
from residents.people.models import Person
from residents.signin import forms, operations, policies, queries
from residents.signin.doors import give_cookie, kept_private, visit_here
from residents.signin.models import SignInCode, Way
from residents.signin.reached import Address

FORM = ["GET", "HEAD", "POST"]
# Where a code was sent is remembered with the browser until it is typed
_SENT_TO: Final = "sign_in_sent_to"
_PROOF: Final = "residents.signin.who"
_PROOF_LASTS: Final = 600
_MINUTE, _HOUR = 60, 60 * 60
PAGE = job("The sign-in page")


@public_view
@require_http_methods(FORM)
def ask(request: LandlordRequest) -> HttpResponse:
    """An address; whatever it is, the same answer comes, and a code goes where it is known."""
    if request.method != "POST" and visit_here(request) is not None:
        return redirect("signin_my:home")
    form = forms.AskForm(posted(request), texts=queries.texts_go())
    if form.is_valid():
        address: Address = form.cleaned_data["address"]
        if _asks_too_often(request, address):
            return _too_many(request)
        enqueue(
            "residents.signin.tasks.send_code", channel=str(address.channel), words=address.words
        )
        request.session[_SENT_TO] = [str(address.channel), address.words]
        return redirect("signin_my:code")
    return _page(request, "residents/signin/ask.html", form)


@public_view
@require_http_methods(FORM)
def code(request: LandlordRequest) -> HttpResponse:
    """The six figures that were sent."""
    sent_to = request.session.get(_SENT_TO)
    if not sent_to:
        return redirect("signin_my:ask")
    address = Address(Channel(sent_to[0]), sent_to[1])
    form = forms.CodeForm(posted(request))
    if form.is_valid():
        if _tries_too_often(request, address.words):
            return _too_many(request)
        found = operations.try_code(
            address=address, typed=form.cleaned_data["code"], by=PAGE, at=timezone.now()
        )
        if found is not None:
            return _proved(request, found, is_shared=form.cleaned_data["is_shared"])
        form.add_error("code", str(policies.NotThisCode()))
    by_text = address.channel == Channel.TEXT
    return _page(
        request, "residents/signin/code.html", form, sent_to=address.words, by_text=by_text
    )


@token_view
@require_http_methods(FORM)
def link(request: LandlordRequest, token: str) -> HttpResponse:
    """One button. Whatever looks at links before their reader does uses nothing up."""
    found = queries.code_by_link(token)
    if found is None or not policies.is_open(found, at=timezone.now()):
        return render(request, "residents/signin/link_over.html", status=404)
    form = forms.LinkForm(posted(request))
    if form.is_valid():
        return _proved(request, found, is_shared=form.cleaned_data["is_shared"])
    return _page(request, "residents/signin/link.html", form)


@public_view
@require_http_methods(FORM)
def letter(request: LandlordRequest) -> HttpResponse:
    """The eight letters and figures in a letter, and a postcode."""
    form = forms.LetterForm(posted(request))
    if form.is_valid():
        if too_often(request, "sign-in-letter", 10, within=_HOUR):
            return _too_many(request)
        found = operations.try_letter(
            typed=form.cleaned_data["code"],
            postcode=form.cleaned_data["postcode"],
            by=PAGE,
            at=timezone.now(),
        )
        if found is not None:
            return _proved(request, found, is_shared=form.cleaned_data["is_shared"])
        form.add_error(None, str(policies.NotThisLetter()))
    return _page(request, "residents/signin/letter.html", form)


@public_view
@require_POST
def who(request: LandlordRequest) -> HttpResponse:
    """Which of those who share an address they are."""
    try:
        key = signing.loads(request.POST.get("proof", ""), salt=_PROOF, max_age=_PROOF_LASTS)
    except signing.BadSignature:
        return render(request, "residents/signin/link_over.html", status=404)
    found = SignInCode.objects.filter(pk=key).order_by("pk").first()
    if found is None:
        return render(request, "residents/signin/link_over.html", status=404)
    people = queries.people_of_code(found)
    form = forms.WhoForm(request.POST, people=people)
    if form.is_valid():
        chosen = next(each for each in people if str(each.pk) == form.cleaned_data["person"])
        return _signed_in(request, found, chosen, is_shared=form.cleaned_data["is_shared"])
    return _page(request, "residents/signin/who.html", form)


@public_view
@require_http_methods(FORM)
def ring(request: LandlordRequest) -> HttpResponse:
    """“Ring me”: for whoever cannot get in, and for anybody else."""
    form = forms.RingForm(posted(request))
    if form.is_valid():
        if form.from_a_program:
            return redirect("signin_my:ring_thanks")
        if too_often(request, "ring-me", 5, within=_HOUR):
            return _too_many(request)
        data = form.cleaned_data
        operations.ask_to_be_rung(
            name=data["name"],
            phone=data["phone"],
            words=data["words"],
            by=Actor(ActorKind.RESIDENT, data["name"]),
            at=timezone.now(),
        )
        return redirect("signin_my:ring_thanks")
    return _page(request, "residents/signin/ring.html", form)


@public_view
@require_safe
def ring_thanks(request: LandlordRequest) -> HttpResponse:
    """That somebody will ring."""
    return render(request, "residents/signin/ring_thanks.html")


@public_view
@require_POST
def demo(request: LandlordRequest) -> HttpResponse:
    """One click, as one of the demonstration's residents. Answers 404 unless DEMO_MODE is on."""
    if not (settings.DEMO_MODE and request.landlord.is_demo):
        raise Http404
    chosen = request.POST.get("person", "")
    person = next((each for each in queries.demo_people() if str(each.pk) == chosen), None)
    if person is None:
        raise Http404
    session, token = operations.open_session(
        person=person, way=Way.DEMO, is_shared=False, by=PAGE, at=timezone.now()
    )
    return give_cookie(request, redirect("signin_my:home"), session, token)


def _proved(request: LandlordRequest, found: SignInCode, *, is_shared: bool) -> HttpResponse:
    """Sign in whom the code is for, or ask who they are where several share the address."""
    people = queries.people_of_code(found)
    if not people:
        return render(request, "residents/signin/link_over.html", status=404)
    if len(people) == 1:
        return _signed_in(request, found, people[0], is_shared=is_shared)
    proof = signing.dumps(found.pk, salt=_PROOF)
    begun = {"proof": proof, "is_shared": is_shared}
    return _page(request, "residents/signin/who.html", forms.WhoForm(initial=begun, people=people))


def _signed_in(
    request: LandlordRequest, found: SignInCode, person: Person, *, is_shared: bool
) -> HttpResponse:
    try:
        session, token = operations.sign_in(
            code=found, person=person, is_shared=is_shared, by=PAGE, at=timezone.now()
        )
    except Refusal:
        return render(request, "residents/signin/link_over.html", status=404)
    request.session.pop(_SENT_TO, None)
    return give_cookie(request, kept_private(redirect("signin_my:home")), session, token)


def _asks_too_often(request: LandlordRequest, address: Address) -> bool:
    limits = [
        too_often(request, "sign-in-ask", 20, within=_MINUTE),
        too_often(request, "sign-in-ask", 3, within=_MINUTE, of=address.words),
        too_often(request, "sign-in-ask", 15, within=_HOUR, of=address.words),
    ]
    return any(limits)


def _tries_too_often(request: LandlordRequest, words: str) -> bool:
    limits = [
        too_often(request, "sign-in-try", 30, within=10 * _MINUTE),
        too_often(request, "sign-in-try", 10, within=10 * _MINUTE, of=words),
    ]
    return any(limits)


def _too_many(request: LandlordRequest) -> HttpResponse:
    return render(request, "residents/signin/too_many.html", status=429)


def _page(request: LandlordRequest, name: str, form: Any, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, **more}
    return kept_private(render(request, name, context, status=status))
