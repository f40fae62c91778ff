"""The landlord itself: its names, colour, logo, words and promises."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.faces.brand import brand_version
from involvement.landlords import operations, queries
from involvement.landlords.first_run import steps_for
from involvement.landlords.forms.brand import ColourForm, LogoForm
from involvement.landlords.forms.entries import WordForm
from involvement.landlords.forms.sections import SECTIONS
from involvement.landlords.models import Word
from involvement.landlords.registers import registers
from involvement.wiring import panels

HISTORY_SHOWN = 20


@landlord_view(Permission.SETTINGS_CHANGE)
@require_safe
def settings_home(request: LandlordRequest) -> HttpResponse:
    """Everything about the landlord that can be set, and how far the set-up is."""
    steps = steps_for(request)
    context = {
        "sections": SECTIONS.values(),
        "registers": registers().values(),
        "hosts": queries.hosts(request.landlord),
        "steps": steps,
        "done": sum(shown.done for shown in steps),
        "panels": panels("landlords.settings", request),
    }
    return render(request, "involvement/landlords/settings.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: LandlordRequest, slug: str) -> HttpResponse:
    """One form over the landlord."""
    if slug not in SECTIONS:
        raise Http404("There is no such page of settings.")
    shown = SECTIONS[slug]
    landlord = queries.landlord_in_scope()
    writing = Writing(request, landlord, lambda data: shown.form(data, instance=landlord))
    form = writing.form
    if form.is_valid():
        operations.change_landlord(values=form.values(), by=request.actor, at=timezone.now())
        messages.info(request, writing.told(f"{shown.title}: saved."))
        return redirect("landlords:section", slug)
    context = {
        "section": shown,
        "form": form,
        "writing": writing,
        "entries": history_of(landlord)[:HISTORY_SHOWN],
        "panels": panels("landlords.section", request, slug=slug),
    }
    return render(request, "involvement/landlords/section.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def brand(request: LandlordRequest) -> HttpResponse:
    """The colour, looked at on the whole page before it is saved, and the logo."""
    landlord = queries.landlord_in_scope()

    def colour_form(data: Any) -> ColourForm:
        return ColourForm(data, initial={"colour": landlord.brand_colour})

    writing = Writing(request, landlord, colour_form)
    looking = request.method != "POST" and "colour" in request.GET
    form = colour_form(request.GET) if looking else writing.form
    is_colour = form.is_bound and (form.is_valid() or writing.differ)
    looked_at = form.cleaned_data["colour"] if is_colour else form.offered
    if request.method == "POST" and form.is_valid():
        values = {"brand_colour": form.cleaned_data["colour"]}
        operations.change_landlord(values=values, by=request.actor, at=timezone.now())
        messages.info(request, "Your colour is saved. Every page and new report wears it.")
        return redirect("landlords:brand")
    context = {
        "form": form,
        "logo_form": LogoForm(),
        "writing": writing,
        "looked_at": looked_at,
        "preview_version": brand_version(looked_at) if looked_at else "",
        "entries": history_of(landlord)[:HISTORY_SHOWN],
    }
    return render(request, "involvement/landlords/brand.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def logo(request: LandlordRequest) -> HttpResponse:
    """Set the logo, or remove it."""
    if "remove" in request.POST:
        operations.set_logo(png=None, by=request.actor, at=timezone.now())
        messages.info(request, "The logo is gone; the roof over water stands in its place.")
        return redirect("landlords:brand")
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        png = form.cleaned_data["logo"]
        operations.set_logo(png=png, by=request.actor, at=timezone.now())
        messages.info(request, "Your logo is saved. It stands at the top of every page.")
        return redirect("landlords:brand")
    context = {
        "form": ColourForm(initial={"colour": request.landlord.brand_colour}),
        "logo_form": form,
        "looked_at": None,
        "preview_version": "",
        "entries": history_of(request.landlord)[:HISTORY_SHOWN],
    }
    return render(request, "involvement/landlords/brand.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: LandlordRequest) -> HttpResponse:
    """The landlord's own nouns for ours. A clash over one word holds up no other."""
    writings = _word_writings(request)
    forms = [writing.form for writing in writings]
    if request.method == "POST":
        kept = [_is_chosen(request, form) for form in forms]
        if all(kept):
            told = next((writing for writing in writings if writing.taken), writings[0])
            messages.info(request, told.told("Your words are saved."))
            return redirect("landlords:words")
    return render(request, "involvement/landlords/words.html", {"writings": writings})


@landlord_view(Permission.SETTINGS_CHANGE)
@require_safe
def start(request: LandlordRequest) -> HttpResponse:
    """The first-run checklist on a page of its own."""
    steps = steps_for(request)
    context = {"steps": steps, "done": sum(shown.done for shown in steps)}
    return render(request, "involvement/landlords/start.html", context)


def _word_writings(request: LandlordRequest) -> list[Writing[WordForm]]:
    landlord, known = queries.landlord_in_scope(), dict[str, Word]()

    def form_of(meaning: str, data: Any) -> WordForm:
        # Read once the landlord is held
        known.update(known or queries.words())
        return WordForm(data, word=known[meaning])

    return [Writing(request, landlord, partial(form_of, each)) for each in Word.Meaning.values]


def _is_chosen(request: LandlordRequest, form: WordForm) -> bool:
    """Keep one word where it differs from what stands. Answers whether it could be kept."""
    if not form.is_valid():
        return False
    if form.has_changed():
        chosen = form.cleaned_data
        operations.choose_word(
            meaning=form.word.meaning, by=request.actor, at=timezone.now(), **chosen
        )
    return True
