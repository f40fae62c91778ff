"""A value for a field of any kind, and the others that could stand there."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from decimal import Decimal
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

LONGEST_TEXT = 200
DIGESTS = {"checksum", "sha256"}


class Values:
    """Gives values that carry the landlord's canary wherever text is kept."""

    def __init__(self, *, canary: str, rng: Random, at: dt.datetime) -> None:
        self.canary = canary
        self.rng = rng
        self.at = at
        # Grows with every further row of the same kind, so that texts stay each other's unlike.
        self.number = 1
        # What hashes in the rows are the hashes of, by "package.model.field".
        self.tokens: dict[str, str] = {}

    def first(self, field: models.Field[Any, Any]) -> Any:
        """What a plain row holds: every text filled, moments and days open where they may be."""
        if field.choices:
            return field.get_default() if field.has_default() else self._choices(field)[0]
        if is_text(field):
            return None if field.null else self.text(field)
        if field.has_default():
            return field.get_default()
        return None if field.null else self.plain(field)

    def others(self, field: models.Field[Any, Any]) -> list[Any]:
        """What else the field could hold, to satisfy a constraint."""
        found: list[Any] = [None] if field.null else []
        if field.choices:
            found += self._choices(field)
        if is_text(field):
            found += [self.text(field)] if field.choices is None else []
            found += [""] if field.blank or field.choices is None else []
        elif isinstance(field, models.BooleanField):
            found += [True, False]
        elif isinstance(field, models.DateTimeField):
            found += [self.at + dt.timedelta(days=days) for days in (-30, 0, 30)]
        elif isinstance(field, models.DateField):
            today = timezone.localdate(self.at)
            found += [today + dt.timedelta(days=days) for days in (-30, 0, 30)]
        elif isinstance(field, models.IntegerField):
            found += [0, 1, 2, 10, 100]
        elif not field.choices:
            found.append(self.plain(field))
        return found

    def text(self, field: models.Field[Any, Any]) -> str:
        """The canary and the field's name, as long as it fits."""
        longest = min(field.max_length or LONGEST_TEXT, LONGEST_TEXT)
        word = self.canary if self.number == 1 else f"{self.canary}{self.number}"
        if field.name.endswith("_hash") or field.name in DIGESTS:
            return self._hash(field)
        if isinstance(field, models.EmailField):
            return f"{word}.{field.name}@world.example".lower().replace("_", "-")
        if isinstance(field, models.URLField):
            return f"https://{word}.example/{field.name}/".lower().replace("_", "-")
        if isinstance(field, models.SlugField):
            return f"{word}-{field.name}".lower().replace("_", "-")[:longest]
        return f"{word} {field.name}".replace("_", " ")[:longest]

    def plain(self, field: models.Field[Any, Any]) -> Any:  # noqa: C901, PLR0911 -- one line for each kind
        """A value of the field's kind, text aside. Raises TypeError for a kind it does not know."""
        match field:
            case models.BooleanField():
                return False
            case models.DateTimeField():
                return self.at
            case models.DateField():
                return timezone.localdate(self.at)
            case models.TimeField():
                return dt.time(10, 0)
            case models.DurationField():
                return dt.timedelta(days=1)
            case models.DecimalField():
                return Decimal(1)
            case models.FloatField():
                return 1.0
            case models.IntegerField():
                return 1
            case models.UUIDField():
                return uuid.UUID(int=self.rng.getrandbits(128), version=4)
            case models.JSONField():
                return {}
            case models.BinaryField():
                return self.canary.encode()
            case _:
                raise TypeError(f"No value is known for {field}, a {type(field).__name__}.")

    def _hash(self, field: models.Field[Any, Any]) -> str:
        token = f"{self.canary}-{self.rng.getrandbits(96):024x}"
        self.tokens[f"{field.model._meta.label_lower}.{field.name}"] = token
        return hashlib.sha256(token.encode()).hexdigest()

    @staticmethod
    def _choices(field: models.Field[Any, Any]) -> list[Any]:
        return [value for value, _label in field.flatchoices if value not in ("", None)]


def is_text(field: models.Field[Any, Any]) -> bool:
    """Whether the field holds words."""
    return isinstance(field, models.CharField | models.TextField)
