from __future__ import annotations

from django.db import models
from django.db.models import Q, QuerySet

from involvement.landlords.models import Landlord, Word

HAS_LOGO = Q(logo_png__isnull=False)


def all_landlords() -> QuerySet[Landlord]:
    """Every landlord of the installation, without its logo, by name."""
    return (
        Landlord.objects.defer("logo_png")
        .annotate(has_logo=models.ExpressionWrapper(HAS_LOGO, models.BooleanField()))
        .order_by("name", "pk")
    )


def landlord_by_slug(slug: str) -> Landlord | None:
    """The landlord of that short address, in any case of letters."""
    return all_landlords().filter(slug=slug.lower()).first()


def landlord_by_key(key: int | None) -> Landlord | None:
    """The landlord of that id; None for None."""
    return all_landlords().filter(pk=key).first() if key is not None else None


def demo_landlords() -> list[Landlord]:
    """The landlords made for the demonstration, by name."""
    return list(all_landlords().filter(is_demo=True))


def landlord_by_host(host: str, base_domain: str) -> Landlord | None:
    """The landlord whose address `host` is: one label below the base domain, or its own domain."""
    name = host.split(":", maxsplit=1)[0].lower().rstrip(".")
    if name == base_domain:
        return None
    if name.endswith("." + base_domain):
        label = name.removesuffix("." + base_domain)
        return landlord_by_slug(label) if "." not in label else None
    return all_landlords().filter(domains__host=name).first()


def words() -> dict[str, Word]:
    """The landlord's own nouns by meaning; ours where it has chosen none."""
    chosen = {word.meaning: word for word in Word.objects.order_by("meaning", "pk")}
    return {
        meaning.value: chosen.get(meaning.value)
        or Word(meaning=meaning, singular=meaning.label, plural=_plural(meaning.label))
        for meaning in Word.Meaning
    }


def _plural(noun: str) -> str:
    irregular = {"what was said": "what was said", "strategy": "strategies"}
    return irregular.get(noun, noun + "s")
