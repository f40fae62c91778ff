"""The link by which a list leaves as a file."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from involvement.wiring.lists import list_named

register = template.Library()


@register.simple_tag(takes_context=True)
def take_out(
    context: dict[str, Any], which: str, words: str = "Take this list out", **narrowed: object
) -> SafeString:
    """The link by which a list leaves as the page narrows it; "" for whoever may not take it out.

    `{% take_out "people" %}` in the row of buttons above the list; what the address of the page
    does not say is given by name: `{% take_out "segment" segment=segment.pk %}`.
    """
    request, wanted = context.get("request"), list_named(which)
    membership = getattr(request, "membership", None)
    if request is None or wanted is None or membership is None:
        return SafeString("")
    if not wanted.may_be_taken_by(membership):
        return SafeString("")
    given = {**request.GET.dict(), **{name: str(value) for name, value in narrowed.items()}}
    asked = urlencode(wanted.narrowed(given))
    url = reverse("exports:export_ask", args=[which]) + (f"?{asked}" if asked else "")
    return format_html('<a href="{}">{}</a>', url, words)
