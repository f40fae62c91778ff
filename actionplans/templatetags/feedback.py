"""How sources of feedback are drawn and said."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.safestring import SafeString

from actionplans.feedback.models import SourceKind
from actionplans.feedback.queries import ChannelCount
from involvement.calendars.words import count
from involvement.faces import marks

register = template.Library()

_ICONS: Final = {
    SourceKind.LETTER: "letter",
    SourceKind.PHONE: "phone",
    SourceKind.EMAIL: "mail",
    SourceKind.TEXT: "text",
    SourceKind.WEB: "online",
    SourceKind.FACE: "people",
    SourceKind.MEETING: "people",
    SourceKind.SURVEY: "question",
    SourceKind.WALKABOUT: "place",
    SourceKind.PAPER_CARD: "document",
    SourceKind.SOCIAL: "online",
    SourceKind.IMPORT: "document",
}
_NOUNS: Final = {
    SourceKind.FACE: ("conversation", "conversations"),
    SourceKind.IMPORT: ("from a list", "from lists"),
    SourceKind.SOCIAL: ("post", "posts"),
    SourceKind.WEB: ("online", "online"),
}


@register.simple_tag
def source_icon(kind: str) -> SafeString:
    """The icon of a way something reached us; the word stands beside it."""
    return marks.icon(_ICONS[SourceKind(kind)])


@register.simple_tag
def channel_words(channel: ChannelCount) -> str:
    """How many came one way: “9 paper cards”, “2 online”."""
    kind = SourceKind(channel["kind"])
    one = kind.label.lower()
    noun, nouns = _NOUNS.get(kind, (one, f"{one}s"))
    return count(channel["count"], noun, nouns)
