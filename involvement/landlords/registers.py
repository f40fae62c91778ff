"""The lists a landlord keeps about itself, and how their pages speak of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from involvement.landlords.forms.entries import (
    LevelForm,
    OwnedForm,
    PlaceForm,
    SubjectForm,
    TermForm,
    UnitForm,
)
from involvement.landlords.models import GlossaryTerm, Level, Place, Subject, Unit
from involvement.landlords.queries import as_tree


@dataclass(frozen=True)
class Register:
    """One list: its model and form, its words, its order, the columns beside the name."""

    slug: str
    title: str
    one: str
    several: str
    lede: str
    empty: str
    model: type[models.Model]
    form: type[OwnedForm]
    columns: tuple[tuple[str, str], ...]
    order: tuple[str, ...] = ("name", "pk")
    joined: tuple[str, ...] = ()
    tree: bool = False

    @property
    def archives(self) -> bool:
        """Whether entries are put away rather than removed."""
        return any(field.name == "archived_at" for field in self.model._meta.fields)

    def open_rows(self) -> Iterator[tuple[int, Any]]:
        """What is offered now, with its depth in the tree."""
        rows = self._rows()
        if self.archives:
            rows = rows.filter(archived_at__isnull=True)
        return as_tree(rows) if self.tree else ((0, row) for row in rows)

    def cells(self, row: Any) -> list[tuple[str, str]]:
        """What stands beside the name, under which head."""
        values = [(head, getattr(row, name)) for head, name in self.columns]
        return [
            (head, str((value() if callable(value) else value) or "")) for head, value in values
        ]

    @property
    def heads(self) -> str:
        """The heads of the table."""
        return "|".join(["Name", *(head for head, _name in self.columns), "~Do"])

    def archived_rows(self) -> list[Any]:
        return list(self._rows().filter(archived_at__isnull=False)) if self.archives else []

    def _rows(self) -> models.QuerySet[Any]:
        manager: Any = self.model._default_manager
        rows: models.QuerySet[Any] = manager.select_related(*self.joined).order_by(*self.order)
        return rows


REGISTERS: Final = {
    register.slug: register
    for register in (
        Register(
            "units",
            "Units",
            "unit",
            "units",
            "Businesses, areas or teams of homes inside the landlord, each with its own contact. "
            "Leave it empty if you are one.",
            "You are one landlord without units. That is fine.",
            Unit,
            UnitForm,
            (("Contact", "contact_name"), ("Telephone", "contact_phone")),
        ),
        Register(
            "places",
            "Places",
            "place",
            "places",
            "Areas, estates, schemes and blocks, one inside another. What residents say and plan "
            "lines can be about a place.",
            "There are no places yet. Begin with your areas.",
            Place,
            PlaceForm,
            (("What it is", "get_kind_display"), ("Unit", "unit")),
            joined=("unit",),
            tree=True,
        ),
        Register(
            "subjects",
            "Subjects",
            "subject",
            "subjects",
            "What things are about. One set for everything: what residents say, plan lines, "
            "decisions, surveys and reports.",
            "There are no subjects yet. Start with the usual ones and change them, or write your own.",
            Subject,
            SubjectForm,
            (),
            order=("position", "name", "pk"),
            tree=True,
        ),
        Register(
            "levels",
            "Levels",
            "level",
            "levels",
            "The rungs, spokes or steps of your scheme of involvement, in order.",
            "There are no levels yet.",
            Level,
            LevelForm,
            (("What residents can expect", "meaning"),),
            order=("position", "name", "pk"),
        ),
        Register(
            "glossary",
            "Glossary",
            "term",
            "terms",
            "Terms and initials you use, explained for residents and new colleagues.",
            "No term is explained yet. Begin with the initials in your action plan.",
            GlossaryTerm,
            TermForm,
            (("What it means", "meaning"),),
            order=("term", "pk"),
        ),
    )
}


def registers() -> dict[str, Register]:
    """Every list of the landlord by its slug: ours, then those of the floors above."""
    above: list[Register] = [import_string(path) for path in settings.REGISTERS]
    return REGISTERS | {register.slug: register for register in above}
