"""`{% load faces %}`: every component, and the filters that write dates, periods and numbers."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.safestring import SafeString

from involvement.calendars.words import count as say_count
from involvement.calendars.words import say_between, say_days
from involvement.faces import words
from involvement.faces.components import figures, forms, page, pieces, residents, tables, threads
from involvement.faces.components.draw import draw

register = template.Library()

for library in (pieces, threads, page, residents, figures, tables, forms):
    register.tags.update(library.register.tags)

register.filter("day", words.day)
register.filter("short_day", words.short_day)
register.filter("day_of_year", words.day_of_year)
register.filter("clock", words.clock)
register.filter("moment", words.moment)
register.filter("number", words.number)
register.filter("pounds", words.pounds)
register.filter("days_words", say_days)
register.filter("spelled", words.spelled)
register.filter("initials", words.initials)
register.filter("telephone_link", words.telephone_link)


@register.filter
def plural(count: int, nouns: str) -> str:
    """The noun that fits: `{{ count|plural:"person,people" }}` or `{{ count|plural:"line" }}`."""
    one, _comma, many = nouns.partition(",")
    return words.plural(count, one, many)


@register.filter
def counted(count: int, nouns: str) -> str:
    """The count and its noun: `{{ count|counted:"person,people" }}` is "3 people"."""
    one, _comma, many = nouns.partition(",")
    return say_count(count, one, many or None)


@register.simple_tag
def period(start: dt.date, end: dt.date) -> str:
    """A period in months: `{% period start end %}` is "July to September 2026"."""
    return say_between(start, end)


@register.simple_tag
def brand_mark(name: str, face: str = "", url: str = "", logo_url: str = "") -> SafeString:
    """The landlord's mark and name in a header: their logo where they have one, a roof over water where not."""
    return draw("brand_mark", name=name, face=face, url=url or "/", logo_url=logo_url)
