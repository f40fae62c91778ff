from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from involvement.isolation.scope import landlord_id
from involvement.landlords.models import Domain, Landlord, Word

Branch = TypeVar("Branch", bound=models.Model)

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


def landlord_in_scope(*, for_change: bool = False) -> Landlord:
    """The landlord being served; locked until the transaction ends where it is to be changed."""
    landlords = all_landlords()
    if for_change:
        landlords = landlords.select_for_update()
    return landlords.get(pk=landlord_id())


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


def members_of(group: Landlord) -> list[Landlord]:
    """The landlords that belong to a group, by name."""
    return list(all_landlords().filter(parent=group))


def hosts(landlord: Landlord) -> list[str]:
    """The landlord's own domains, by name."""
    return list(
        Domain.objects.filter(landlord_key=landlord).order_by("host").values_list("host", flat=True)
    )


def words() -> dict[str, Word]:
    """The landlord's own nouns by meaning; ours where it has chosen none."""
    chosen = {word.meaning: word for word in Word.objects.order_by("meaning", "pk")}
    return {
        meaning.value: chosen.get(meaning.value)
        or Word(meaning=meaning, singular=meaning.label, plural=_plural(meaning.label))
        for meaning in Word.Meaning
    }


def parents_of(model: type[models.Model]) -> dict[int, int | None]:
    """What lies directly above each place or subject, by key."""
    manager: Any = model._default_manager
    return dict(manager.order_by("pk").values_list("pk", "parent_id"))


def as_tree(entries: Iterable[Branch]) -> Iterator[tuple[int, Branch]]:
    """Places or subjects, each after what it lies in, with its depth from 0.

    Keeps the order it is given among those that lie in the same one; what lies in something left
    out stands at the top.
    """
    rows: list[Any] = list(entries)
    known = {row.pk for row in rows}
    inside: dict[int | None, list[Any]] = {}
    for row in rows:
        above = row.parent_id if row.parent_id in known else None
        inside.setdefault(above, []).append(row)
    waiting = [(0, row) for row in reversed(inside.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        yield depth, row
        waiting += [(depth + 1, each) for each in reversed(inside.get(row.pk, []))]


def _plural(noun: str) -> str:
    irregular = {"what was said": "what was said", "strategy": "strategies"}
    return irregular.get(noun, noun + "s")
