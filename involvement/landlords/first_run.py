"""The first half hour of a new landlord: what to set up, in order, and what is done already.

Other capabilities add steps of their own through `settings.FIRST_RUN`, which lists dotted paths of
`Step` tuples. What is done is read from rows, so nobody ticks anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from involvement.accounts.permissions import Permission
from involvement.landlords.models import GlossaryTerm, Landlord, Place, Subject, Unit, Word


@dataclass(frozen=True)
class Step:
    """One thing to set up. `done` is asked for the landlord in scope."""

    title: str
    why: str
    url_name: str
    done: Callable[[Landlord], bool]
    arguments: tuple[str, ...] = ()
    permission: Permission = Permission.SETTINGS_CHANGE
    may_be_left: bool = False


@dataclass(frozen=True)
class StepShown:
    """A step as the page draws it."""

    step: Step
    url: str
    done: bool


def steps_for(request: Any) -> list[StepShown]:
    """Every step this member may take, in order, each with its address and whether it is done."""
    shown = []
    for path in settings.FIRST_RUN:
        for step in import_string(path):
            if not request.membership.may(step.permission):
                continue
            try:
                url = reverse(step.url_name, args=step.arguments)
            except NoReverseMatch:
                continue
            shown.append(StepShown(step, url, step.done(request.landlord)))
    return shown


def _default_colour() -> Any:
    return Landlord._meta.get_field("brand_colour").default


STEPS: Final = (
    Step(
        "Say who you are and whom residents ring",
        "A named officer and a telephone number stand on every page and letter.",
        "landlords:section",
        lambda landlord: bool(landlord.contact_name and landlord.contact_phone),
        ("names",),
    ),
    Step(
        "Choose your colour and add your logo",
        "Your pages and reports look like yours.",
        "landlords:brand",
        lambda landlord: (
            getattr(landlord, "has_logo", False) or landlord.brand_colour != _default_colour()
        ),
    ),
    Step(
        "List your units and places",
        "So that what is said can be about an estate, and each unit sees its own.",
        "landlords:register",
        lambda _landlord: Place.objects.exists() or Unit.objects.exists(),
        ("places",),
    ),
    Step(
        "Choose your subjects",
        "The one set of topics for everything. A starting set is ready.",
        "landlords:register",
        lambda _landlord: Subject.objects.exists(),
        ("subjects",),
    ),
    Step(
        "Use your own words",
        "Tenant or resident, panel or forum: pages speak as you do.",
        "landlords:words",
        lambda _landlord: Word.objects.exists() or GlossaryTerm.objects.exists(),
        may_be_left=True,
    ),
)
