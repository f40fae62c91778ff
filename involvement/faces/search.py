"""The desk's search box: it asks each capability for what begins with, or holds, the words.

A finder is named in settings.FINDERS by dotted path. It is called with the words, in lower case and
without spaces at either end, and gives at most LIMIT hits, best first. It reads by an index.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission

log = logging.getLogger(__name__)

LIMIT = 8
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, where it opens, and a few words that tell it from its like."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds one kind of thing for those who have the permission."""

    kind: str
    permission: Permission
    find: Callable[[str, int], Sequence[Hit]]


@landlord_view(Permission.DESK_OPEN)
@require_safe
def search(request: LandlordRequest) -> HttpResponse:
    """What the words find, by kind. One hit alone is opened at once."""
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:80]
    found = _found(request, words) if len(words) >= SHORTEST else []
    if len(found) == 1 and len(found[0][1]) == 1:
        return redirect(found[0][1][0].url)
    context = {"words": words, "found": found, "too_short": 0 < len(words) < SHORTEST}
    return render(request, "involvement/faces/search.html", context)


def _found(request: LandlordRequest, words: str) -> list[tuple[str, Sequence[Hit]]]:
    found = []
    for path in settings.FINDERS:
        finder: Finder = import_string(path)
        if not request.membership.may(finder.permission):
            continue
        try:
            with transaction.atomic():
                hits = finder.find(words.lower(), LIMIT)
        except Exception:  # one finder that fails must not take the others with it
            log.exception("The finder of %s failed.", finder.kind)
            continue
        if hits:
            found.append((finder.kind, hits))
    return found
