"""Parts of residents' and public pages: needs, pairs, tallies, chips, the person who is near."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django import template
from django.utils.safestring import SafeString

from involvement.faces.components.draw import draw
from involvement.faces.words import initials, number, telephone_link

register = template.Library()

_PAIRS: Final = {
    "did": ("tied", "We did"),
    "will": ("ours", "Agreed, still to do"),
    "did_not": ("no", "We did not, because"),
    "waits": ("todo", "Still to decide"),
}
_VERDICTS: Final = {
    "good": ("verdict--good", "disc-tick"),
    "partly": ("verdict--watch", "triangle"),
    "no": ("", "bar"),
    "waits": ("", "clock"),
}


@register.simple_tag
def person_card(
    name: str,
    phone: str,
    *,
    hours: str = "",
    role: str = "is your involvement officer.",
    ask_url: str = "",
    photo_url: str = "",
) -> SafeString:
    """The named person residents can ring: `{% person_card landlord.contact_name landlord.contact_phone %}`.

    Without a name it promises nobody, and says whom the number reaches: "us".
    """
    return draw(
        "person_card",
        name=name,
        first_name=name.partition(" ")[0],
        initials=initials(name),
        phone=phone,
        phone_link=telephone_link(phone),
        hours=hours,
        role=role,
        ask_url=ask_url,
        photo_url=photo_url,
    )


@register.simple_tag
def ring_us(name: str, phone: str) -> SafeString:
    """The pill in the header: `{% ring_us landlord.contact_name landlord.contact_phone %}`."""
    return draw(
        "ring_us", first_name=name.partition(" ")[0], phone=phone, phone_link=telephone_link(phone)
    )


@register.simple_block_tag
def pair(
    content: str,
    quote: str,
    source: str,
    outcome: str = "did",
    *,
    heading: str = "",
    verdict: str = "",
    verdict_kind: str = "waits",
    label: str = "You said",
    quoted: bool = True,
    more: Iterable[str] = (),
) -> SafeString:
    """You said, we did: `{% pair quote source "did_not" %}<p class="because">…</p>{% endpair %}`.

    `outcome` is did, will, did_not or waits; `quoted=False` for words that are nobody's own, `more` what else was said. `verdict` is what the people said when asked whether it
    happened; `verdict_kind` good, partly, no or waits.
    """
    knot, words = _PAIRS[outcome]
    verdict_class, verdict_shape = _VERDICTS[verdict_kind]
    return draw(
        "pair",
        content=content,
        quote=quote,
        source=source,
        knot=knot,
        heading=heading or words,
        pair_class={"did": "", "will": "", "did_not": "pair--no", "waits": "pair--waits"}[outcome],
        verdict=verdict,
        verdict_class=verdict_class,
        verdict_shape=verdict_shape,
        label=label,
        quoted=quoted,
        more=more,
    )


@register.simple_block_tag
def need(content: str, title: str, icon: str = "calendar") -> SafeString:
    """Something that needs the resident; its acts stand in `<div class="buttons">`."""
    return draw("need", content=content, title=title, icon=icon)


@register.simple_tag
def tally(rows: Iterable[tuple[int, str]]) -> SafeString:
    """Large counts in a row: rows of (count, words)."""
    return draw("tally", rows=[(number(count), words) for count, words in rows])


@register.simple_tag
def chips(rows: Iterable[tuple[str, str, bool]], label: str) -> SafeString:
    """A choice of subject as links: rows of (words, address, whether it is the chosen one)."""
    return draw("chips", rows=list(rows), label=label)
