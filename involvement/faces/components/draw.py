"""The one way a component's template is filled."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def draw(component: str, **context: Any) -> SafeString:
    """Render `templates/components/<component>.html` with exactly this context.

    The ends are trimmed, so that a part can stand before a full stop.
    """
    return SafeString(render_to_string(f"components/{component}.html", context).strip())
