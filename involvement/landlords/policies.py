"""What a landlord may do with its units, places, subjects and words."""

from __future__ import annotations

from involvement.auditing.refusals import Refusal
from involvement.faces.colour import BrandColour, check_brand
from involvement.landlords import queries
from involvement.landlords.models import Place, Subject


class ColourTooLight(Refusal):
    """White words on this colour are too hard to read. Use the darker shade offered, or choose
    another."""


class InsideItself(Refusal):
    """It cannot lie inside itself or inside something that lies in it. Choose another place above
    it."""


class HoldsOthers(Refusal):
    """Others lie inside it. Archive those first, or move them."""


class SubjectsThereAlready(Refusal):
    """There are subjects already, so the starting set was left out. Add what is missing one by
    one."""


def check_can_colour(colour: str) -> BrandColour:
    """The judged colour. Raises ColourTooLight, and NotAColourError where it is none."""
    judged = check_brand(colour)
    if not judged.passes:
        raise ColourTooLight(judged.sentence)
    return judged


def check_can_lie_inside(entry: Place | Subject, parent: Place | Subject | None) -> None:
    """Raises InsideItself where `parent` is the entry or lies somewhere inside it."""
    parents = queries.parents_of(type(entry))
    above = parent.pk if parent else None
    while above is not None:
        if above == entry.pk:
            raise InsideItself
        above = parents.get(above)


def check_can_archive(entry: object) -> None:
    """Raises HoldsOthers for a place or subject with something open inside."""
    if isinstance(entry, (Place, Subject)):
        inside = type(entry).objects.filter(parent=entry, archived_at__isnull=True)
        if inside.exists():
            raise HoldsOthers


def check_can_plant_subjects() -> None:
    """Raises SubjectsThereAlready once the landlord has a subject of its own."""
    if Subject.objects.exists():
        raise SubjectsThereAlready
