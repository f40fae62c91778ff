"""What the desk's search box finds here: a piece by its number, a theme by its title."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from actionplans.feedback import queries
from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder, Hit


def find_piece(words: str, limit: int) -> Sequence[Hit]:
    """The piece of feedback of this number."""
    if not words.isdecimal() or len(words) > 18:
        return []
    return [
        Hit(str(said), reverse("feedback:feedback_detail", args=[said.pk]), said.speaker)
        for said in queries.feedback_with_speakers().filter(pk=int(words)).order_by("pk")[:limit]
    ]


def find_theme(words: str, limit: int) -> Sequence[Hit]:
    """Themes by any part of their title; there are hundreds, not thousands, of them."""
    found = queries.themes_with_counts().filter(title__icontains=words)
    return [
        Hit(
            theme.title,
            reverse("feedback:theme_detail", args=[theme.pk]),
            theme.get_state_display(),
        )
        for theme in found.order_by("-opened_on", "-pk")[:limit]
    ]


pieces = Finder("What was said", Permission.FEEDBACK_READ, find_piece)
themes = Finder("Themes", Permission.FEEDBACK_READ, find_theme)
