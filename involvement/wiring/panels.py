from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


# Asked with the request and whatever the slot gives by name
Question = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """One query and one template for a slot. The query answers None to show nothing."""

    name: str
    question: Question
    template: str


def panels(slot: str, request: HttpRequest, **context: Any) -> list[str]:
    """The rendered panels of a slot, in the order `settings.PANELS` lists them."""
    rendered: list[str] = []
    for path in settings.PANELS.get(slot, []):
        panel: Panel = import_string(path)
        try:
            with transaction.atomic():
                answer = panel.question(request, **context)
        except Exception:  # a broken panel must not take the page with it
            log.exception("The panel %s failed.", panel.name)
            rendered.append(
                render_to_string("components/panel_failed.html", {"name": panel.name}, request)
            )
            continue
        if answer is not None:
            rendered.append(render_to_string(panel.template, {**context, **answer}, request))
    return rendered
