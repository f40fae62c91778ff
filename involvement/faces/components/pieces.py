"""The smallest parts: buttons, tags, evidence codes, icons, knots."""

from __future__ import annotations

from typing import Final, NamedTuple

from django import template
from django.utils.safestring import SafeString

from involvement.faces import marks
from involvement.faces.components.draw import draw

register = template.Library()


class State(NamedTuple):
    """How a state shows: its colour family, its shape, the words it has unless told otherwise."""

    family: str
    shape: str
    words: str


# Boards' own words stay: green, amber and red are said, not only shown.
STATES: Final[dict[str, State]] = {
    "on_track": State("good", "disc", "Green: on track"),
    "at_risk": State("watch", "triangle", "Amber: at risk"),
    "late": State("late", "diamond", "Red: late"),
    "done": State("done", "tick", "Done"),
    "not_started": State("calm", "ring-dashed", "Not started"),
    "stopped": State("calm", "square", "Stopped"),
    "ready": State("good", "disc-tick", "Ready"),
    "alert": State("late", "diamond-mark", "Late"),
    "waiting": State("calm", "clock", "Waiting"),
    "no": State("calm", "bar", "No"),
}


def state_named(name: str) -> State:
    """The State of that name, in capitals or not; KeyError names the known ones."""
    key = name.lower()
    if key not in STATES:
        raise KeyError(f"“{name}” is not one of: {', '.join(STATES)}")
    return STATES[key]


@register.simple_tag
def button(
    words: str,
    url: str = "",
    *,
    kind: str = "other",
    size: str = "",
    icon: str = "",
    about: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """A button: `{% button "Record a decision" url %}`; without an address it sends its form.

    `kind` is "main" (filled, one in a view) or "other"; `size` "small" for rows; `icon` a name of
    marks.ICONS; `about` says for a screen reader what the words leave to the eye.
    """
    return draw(
        "button",
        words=words,
        url=url,
        main=kind == "main",
        small=size == "small",
        icon=icon,
        about=about,
        name=name,
        value=value,
    )


@register.simple_tag
def state_tag(state: str, words: str = "") -> SafeString:
    """A state as a shape and words: `{% state_tag line.state %}` or `{% state_tag "ready" "9 coming" %}`."""
    known = state_named(state)
    return draw("tag", family=known.family, shape=known.shape, words=words or known.words)


@register.simple_tag
def code(figure_code: str, url: str = "") -> SafeString:
    """The short code of a figure; with an address it opens its evidence: `{% code "R12" url %}`."""
    return draw("code", code=figure_code, url=url)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorating icon beside its word: `{% icon "mail" %} by letter`."""
    return marks.icon(name)


@register.simple_tag
def shape(name: str) -> SafeString:
    """The 16-pixel shape of a state, for components."""
    return marks.shape(name)


@register.simple_tag
def knot(state: str) -> SafeString:
    """A knot of the thread (tied, no, cut, ours, ask, todo), for components."""
    return marks.knot(state)
