"""What the gallery shows: each component's sample, its source and what its tag takes.

A sample is `templates/gallery/components/<component>.html`: the page shows the very lines it runs,
so the manual cannot fall behind. The people and figures are invented and live in `samples`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from involvement.faces import samples
from involvement.faces.components import figures, forms, page, pieces, residents, tables, threads

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates"

PAGES: Final[dict[str, str]] = {
    "desk-home": "The desk: what needs you today",
    "plan": "The desk: a plan with filters and one line being edited",
    "thread": "The desk: one golden thread, broken",
    "my-home": "A resident’s own page",
    "you-said": "The public: you said, we did",
    "question": "A resident’s form, one question with one thing to put right",
    "desk-form": "The desk: a compact form",
    "crispy-form": "The public: a form as crispy draws it",
    "figures": "The board’s library: a figure and its chart",
    "messages": "The desk: what the last page did",
    "nothing": "Plain page: signing in and errors",
}


FOR_RESIDENTS: Final = frozenset(
    {"chips", "need", "pair", "person_card", "progress", "ring_us", "steps", "tally"}
)
INKS: Final = (
    "paper",
    "stone-2",
    "edge",
    "quiet",
    "ink",
    "thread",
    "honey",
    "good",
    "watch",
    "late",
    "brand",
    "act",
)


@dataclass(frozen=True, slots=True)
class Section:
    """One component as the gallery shows it."""

    name: str
    about: SafeString
    source: SafeString
    shown: SafeString
    for_residents: bool


def component_names() -> list[str]:
    """The components there are: one for each file of `templates/components/`."""
    return sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))


def sections(request: HttpRequest, context: dict[str, Any]) -> list[Section]:
    """Every component with its sample drawn; TemplateDoesNotExist where one has no sample."""
    return [
        Section(
            name, _about(name), _source(name), _shown(name, request, context), name in FOR_RESIDENTS
        )
        for name in component_names()
    ]


def sample_context() -> dict[str, Any]:
    """The invented people, figures and menus the samples speak of."""
    return samples.context()


def _shown(name: str, request: HttpRequest, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"gallery/components/{name}.html", context, request=request)


def _source(name: str) -> SafeString:
    text = (TEMPLATES / "gallery" / "components" / f"{name}.html").read_text(encoding="utf-8")
    return unrendered(text.removeprefix("{% load faces %}\n").strip())


def unrendered(source: str) -> SafeString:
    """Template source to be read and copied.

    A `<wbr>` parts the braces, so that no page ever holds what looks like a tag left undrawn; it
    copies as nothing.
    """
    shown = str(escape(source)).replace("{%", "{<wbr>%").replace("{{", "{<wbr>{")
    return mark_safe(shown)  # noqa: S308 -- escaped on the line above


def _about(name: str) -> SafeString:
    # The tags' own docstrings are the manual; a component's file is called after its tag but for these
    tag = {
        "tag": "state_tag",
        "thread_station": "station",
        "page_message": "page_messages",
        "field_errors": "field",
    }
    wanted = tag.get(name, name)
    for module in (pieces, threads, page, residents, figures, tables, forms):
        function = getattr(module, wanted, None)
        if function is not None and function.__doc__:
            return unrendered(" ".join(str(function.__doc__).split()).replace("`", ""))
    return unrendered("The landlord’s logo or mark with their name, in every header.")
