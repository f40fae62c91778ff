"""The landlord itself: its names, colour, logo, words and promises."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import ChangedMeanwhile
from involvement.faces.brand import brand_version
from involvement.landlords import operations, queries
from involvement.landlords.first_run import steps_for
from involvement.landlords.forms.brand import ColourForm, LogoForm
from involvement.landlords.forms.entries import WordForm
from involvement.landlords.forms.sections import SECTIONS
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
    writing = Writing(landlord, shown.form.kept(), request.POST)
    form = shown.form(request.POST or None, instance=landlord)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            operations.change_landlord(
                values=values, seen=writing.seen, by=request.actor, at=timezone.now()
            )
        except ChangedMeanwhile as refusal:
            writing.show_both(landlord, values, form=form)
            form.add_error(None, str(refusal))
        else:
            messages.info(request, f"{shown.title}: saved.")
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
    given = request.POST if request.method == "POST" else request.GET
    form = ColourForm(
        given if "colour" in given else None, initial={"colour": landlord.brand_colour}
    )
    writing = Writing(landlord, ["brand_colour"], request.POST)
    looked_at = form.cleaned_data["colour"] if form.is_bound and form.is_valid() else form.offered
    if request.method == "POST" and form.is_valid():
        values = {"brand_colour": form.cleaned_data["colour"]}
        try:
            operations.change_landlord(
                values=values, seen=writing.seen, by=request.actor, at=timezone.now()
            )
        except ChangedMeanwhile as refusal:
            writing.show_both(landlord, values, form=form)
            form.add_error(None, str(refusal))
        else:
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
    """The landlord's own nouns for ours."""
    forms = [WordForm(request.POST or None, word=word) for word in queries.words().values()]
    if request.method == "POST" and _all_valid(forms) and _all_chosen(request, forms):
        messages.info(request, "Your words are saved.")
        return redirect("landlords:words")
    return render(request, "involvement/landlords/words.html", {"forms": forms})


@landlord_view(Permission.SETTINGS_CHANGE)
@require_safe
def start(request: LandlordRequest) -> HttpResponse:
    """The first-run checklist on a page of its own."""
    steps = steps_for(request)
    context = {"steps": steps, "done": sum(shown.done for shown in steps)}
    return render(request, "involvement/landlords/start.html", context)


def _all_chosen(request: LandlordRequest, forms: list[WordForm]) -> bool:
    # Each is kept or answered, so that a clash over one word holds up no other
    return [_choose(request, form) for form in forms if form.is_changed].count(False) == 0


def _choose(request: LandlordRequest, form: WordForm) -> bool:
    """Keep one word. Answers whether nobody else has chosen another meanwhile."""
    try:
        operations.choose_word(
            meaning=form.word.meaning,
            singular=form.cleaned_data["singular"],
            plural=form.cleaned_data["plural"],
            seen=form.began,
            by=request.actor,
            at=timezone.now(),
        )
    except ChangedMeanwhile:
        form.show_theirs()
        return False
    return True


def _all_valid(forms: list[WordForm]) -> bool:
    # Each is asked, so that every error shows at once
    return [form.is_valid() for form in forms].count(False) == 0
