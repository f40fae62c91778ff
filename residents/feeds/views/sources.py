"""Where lists come from, and everything that came."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from residents.feeds import folders, operations, queries
from residents.feeds.forms import SourceForm, TokenForm

SHOWN = 50


@landlord_view(Permission.PEOPLE_IMPORT)
@require_safe
def feed_list(request: LandlordRequest) -> HttpResponse:
    """What waits, the sources, and every file that came, newest first."""
    context = {
        "waiting": list(queries.waiting()[:SHOWN]),
        "failed": list(queries.failed_lately()[:SHOWN]),
        "sources": list(queries.sources()),
        "may_export": request.membership.may(Permission.PEOPLE_EXPORT),
        "page": Paginator(queries.intakes(), SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "residents/feeds/feed_list.html", context)


@landlord_view(Permission.PEOPLE_IMPORT)
def source_add(request: LandlordRequest) -> HttpResponse:
    """Add a system that sends lists."""
    form = SourceForm(posted(request))
    if form.is_valid():
        source = operations.add_source(by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"{source} is among your sources. Send its first list.")
        return redirect("feeds:source_detail", source.pk)
    return render(request, "residents/feeds/source_form.html", {"form": form, "source": None})


@landlord_view(Permission.PEOPLE_IMPORT)
@require_safe
def source_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """How a system sends its lists: on this page, from a folder, with a token."""
    source = get_object_or_404(queries.sources(), pk=pk)
    door = reverse("feeds_public:receive", args=[source.slug])
    context = {
        "source": source,
        "tokens": list(queries.tokens(source)),
        "token_form": TokenForm(),
        "intakes": list(queries.intakes().filter(source=source)[:10]),
        "folder": folders.folder_of(request.landlord, source),
        "door": request.build_absolute_uri(door),
    }
    return render(request, "residents/feeds/source_detail.html", context)


@landlord_view(Permission.PEOPLE_IMPORT)
def source_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change what a source is called and how its files are taken."""
    source = get_object_or_404(queries.sources(), pk=pk)
    writing = Writing(request, source, lambda data: SourceForm(data, instance=source))
    form = writing.form
    if form.is_valid():
        operations.change_source(
            source=source, by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, writing.told("Your changes are kept."))
        return redirect("feeds:source_detail", pk)
    context = {"form": form, "source": source, "writing": writing}
    return render(request, "residents/feeds/source_form.html", context)


@require_POST
@landlord_view(Permission.PEOPLE_IMPORT)
def source_archive(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a source away."""
    source = get_object_or_404(queries.sources(), pk=pk)
    operations.archive_source(source=source, by=request.actor, at=timezone.now())
    messages.success(request, f"{source} is put away. What it told you stays.")
    return redirect("feeds:feed_list")


@require_POST
@landlord_view(Permission.PEOPLE_IMPORT)
def token_make(request: LandlordRequest, pk: int) -> HttpResponse:
    """Make a token, and show it the once."""
    source = get_object_or_404(queries.sources(), pk=pk)
    form = TokenForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Write what sends the files, so that you know which to revoke.")
        return redirect("feeds:source_detail", pk)
    token, shown = operations.make_token(
        source=source, name=form.cleaned_data["name"], by=request.actor, at=timezone.now()
    )
    context = {"source": source, "token": token, "shown": shown}
    response = render(request, "residents/feeds/token_made.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@landlord_view(Permission.PEOPLE_IMPORT)
def token_revoke(request: LandlordRequest, pk: int) -> HttpResponse:
    """From now on the token opens nothing."""
    token = get_object_or_404(queries.all_tokens(), pk=pk)
    operations.revoke_token(token=token, by=request.actor, at=timezone.now())
    messages.success(request, f"The token of “{token}” opens nothing any more.")
    return redirect("feeds:source_detail", token.source_id)
