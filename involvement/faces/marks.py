"""The drawn marks: icons, the shapes of states and the knots of the thread, as SVG.

Everything here is decoration and hidden from screen readers: the word beside a mark says what it
says. Colours come from the style sheets through classes, so nothing is styled in the page itself.
"""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# 24 by 24, drawn with a stroke of 2 in the colour of the words beside them.
ICONS: Final[dict[str, str]] = {
    "add": '<path d="M12 5v14M5 12h14"/>',
    "ballot": '<path d="M4 12h16v8H4z"/><path d="M8 12V4h8v8"/><path d="M10 7.5l1.5 1.5L14.5 6"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "document": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "edit": '<path d="M4 20l1-4L16 5l3 3L8 19z"/>',
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "letter": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 7l9 7 9-7"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 7l9 7 9-7"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "money": '<path d="M17 7.500C16 5.5 14.3 5 13 5c-2.5 0-4 1.7-4 4v10H6h11M6 12.500h8"/>',
    "online": '<rect x="3" y="4" width="18" height="13" rx="2"/><path d="M8 21h8"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.2"/><path d="M3 20c0-4 2.7-6 6-6s6 2 6 6"/>'
        '<circle cx="17" cy="9" r="2.4"/><path d="M17 14c2.5 0 4 1.7 4 4.5"/>'
    ),
    "phone": (
        '<path d="M5 3h4l2 5-3 2a12 12 0 0 0 6 6l2-3 5 2v4a2 2 0 0 1-2 2A17 17 0 0 1 3 5a2 2 0 0 1 2-2z"/>'
    ),
    "place": '<path d="M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11z"/><circle cx="12" cy="10" r="2.2"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>',
    "question": (
        '<path d="M4 4h16v12H11l-5 4v-4H4z"/>'
        '<path d="M10 8.200c.3-1.2 3.8-1.3 3.8.6 0 1.2-1.8 1.2-1.8 2.400M12 13.400v.1"/>'
    ),
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.500L21 21"/>',
    "text": '<path d="M4 4h16v12H10l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>',
    "thanks": '<path d="M4 11h16v9H4zM3 7h18v4H3zM12 7v13"/><path d="M12 7C9 7 8 3 10 3s2 4 2 4 0-4 2-4 1 4-2 4z"/>',
}

_TICK = '<path d="M4.6 8.300l2.3 2.4 4.5-5" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'

# 16 by 16: the shape that says a state before its colour does.
SHAPES: Final[dict[str, str]] = {
    "disc": '<circle cx="8" cy="8" r="7.5" fill="currentColor"/>',
    "disc-tick": f'<circle cx="8" cy="8" r="7.5" fill="currentColor"/>{_TICK}',
    "triangle": '<path d="M8 .8L15.6 15H.4z" fill="currentColor"/>',
    "diamond": '<path d="M8 0l8 8-8 8-8-8z" fill="currentColor"/>',
    "diamond-mark": (
        '<path d="M8 0l8 8-8 8-8-8z" fill="currentColor"/>'
        '<path d="M8 4.300v4.200M8 11.300v.1" stroke="#fff" stroke-width="2" stroke-linecap="round"/>'
    ),
    "tick": (
        '<path d="M2.5 8.500l3.6 3.700L13.5 4" fill="none" stroke="currentColor"'
        ' stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>'
    ),
    "ring-dashed": (
        '<circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-dasharray="2.5 2.6"/>'
    ),
    "clock": (
        '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M8 4.500V8l2.3 1.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>'
    ),
    "bar": (
        '<circle cx="8" cy="8" r="7.5" fill="currentColor"/>'
        '<path d="M4.5 8h7" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/>'
    ),
    "square": '<rect x="2" y="2" width="12" height="12" rx="1.5" fill="currentColor"/>',
}

# 32 by 32: the knots of the thread.
KNOTS: Final[dict[str, str]] = {
    "tied": '<circle class="knot-tied" cx="16" cy="16" r="12"/><path class="knot-mark" d="M10.5 16.500l4 4 7.5-8.5"/>',
    "no": '<circle class="knot-no" cx="16" cy="16" r="12"/><path class="knot-mark" d="M10 16h12"/>',
    "cut": '<path class="knot-cut" d="M16 2l14 14-14 14L2 16z"/><path class="knot-cut-mark" d="M16 10v7M16 21.500v.1"/>',
    "ours": '<circle class="knot-ours" cx="16" cy="16" r="10.5"/><circle class="knot-tied" cx="16" cy="16" r="4"/>',
    "ask": (
        '<circle class="knot-ask" cx="16" cy="16" r="12"/>'
        '<path class="knot-ask-mark" d="M12.5 13.200c.6-3.5 7-3.2 7 .4 0 2.4-3.3 2.4-3.3 4.600M16.2 21.700v.1"/>'
    ),
    "todo": '<circle class="knot-todo" cx="16" cy="16" r="10.5"/>',
}


def icon(name: str) -> SafeString:
    """The icon of that name; it never stands without its word. KeyError names the known ones."""
    return _draw(ICONS, name, 24, 'class="icon" ')


def shape(name: str) -> SafeString:
    """The 16-pixel shape of a state."""
    return _draw(SHAPES, name, 16, "")


def knot(state: str) -> SafeString:
    """A knot of the thread: tied, no, cut, ours, ask or todo."""
    return _draw(KNOTS, state, 32, 'width="32" height="32" ')


def _draw(marks: dict[str, str], name: str, size: int, attributes: str) -> SafeString:
    if name not in marks:
        raise KeyError(f"“{name}” is not one of: {', '.join(sorted(marks))}")
    return format_html(
        '<svg {}viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(attributes),  # noqa: S308 -- a constant of this file
        size,
        size,
        mark_safe(marks[name]),  # noqa: S308 -- drawings of this file, no input in them
    )
