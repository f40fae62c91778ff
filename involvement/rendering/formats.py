"""The formats people ask for instead of small print, by the names every capability stores."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models


class Format(models.TextChoices):
    LARGE_PRINT = "LARGE_PRINT", "large print"
    BRAILLE = "BRAILLE", "Braille"
    AUDIO = "AUDIO", "audio"
    EASY_READ = "EASY_READ", "easy read"
    CD = "CD", "a CD"


# What no printer makes: somebody has to see to it before the letter is posted
BY_HAND = frozenset({Format.BRAILLE, Format.AUDIO, Format.EASY_READ, Format.CD})


def in_words(formats: Iterable[str]) -> str:
    """Formats as they are said, in their usual order: “large print, Braille”."""
    asked = set(formats)
    return ", ".join(str(each.label) for each in Format if each in asked)
