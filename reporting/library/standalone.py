"""A report as one HTML file that needs nothing else: for a landlord's own site or an e-mail."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from involvement.faces.brand import brand_sheet, brand_version
from reporting.library.pages import web_context
from reporting.library.papers import Issue, frame_of
from reporting.library.texts import Worded

SHEETS = ("tokens", "base", "parts", "thread", "tables", "charts", "public", "report")
_FACES = re.compile(r"@font-face\s*\{[^}]*\}")


def standalone_html(told: Worded, issue: Issue) -> str:
    """The whole page with its styles in it, in the reader's own fonts."""
    context = web_context(told, issue)
    context |= {"frame": frame_of(told.facts, issue), "sheet": _sheet(told.facts.whose.colour)}
    return render_to_string("reporting/library/standalone.html", context)


def _sheet(colour: str) -> SafeString:
    """The site's own sheets and the landlord's colour; written by us, so safe."""
    parts = []
    for name in SHEETS:
        found = finders.find(f"css/{name}.css")
        if isinstance(found, str):
            parts.append(_FACES.sub("", Path(found).read_text(encoding="utf-8")))
    parts.append(brand_sheet(brand_version(colour)) or "")
    return SafeString("\n".join(parts))
