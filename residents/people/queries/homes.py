from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from residents.people.models import Home, Person, Residency, Tenancy

_AFTER_ALL = "\U0010ffff"
LEAST_OF_REFERENCE = 3


def homes_narrowed(
    *, words: str = "", tenure: str = "", place: int | None = None, unit: int | None = None
) -> QuerySet[Home]:
    """Homes by address, those no longer the landlord's left out.

    `words` begin the address, the postcode, the reference or the UPRN.
    """
    rows: QuerySet[Home] = Home.objects.filter(ended_on__isnull=True).select_related(
        "place", "unit"
    )
    for name, value in (("tenure", tenure), ("place", place), ("unit", unit)):
        if value:
            rows = rows.filter(**{name: value})
    if words:
        rows = rows.filter(_begins(words))
    return rows.order_by("address_sort", "pk")


def _begins(words: str) -> Q:
    """A range of each column, since the policies keep LIKE from its index."""
    asked = words.strip()
    together = "".join(asked.split()).upper()
    spaced = f"{together[:-3]} {together[-3:]}" if 5 <= len(together) <= 7 else together
    return (
        Q(address_sort__gte=asked.lower(), address_sort__lt=asked.lower() + _AFTER_ALL)
        | Q(postcode__gte=spaced, postcode__lt=spaced + _AFTER_ALL)
        | Q(postcode__gte=asked.upper(), postcode__lt=asked.upper() + _AFTER_ALL)
        | Q(reference=asked)
        | Q(uprn=asked)
    )


def homes_by_reference(words: str) -> QuerySet[Home]:
    """Homes whose reference begins so, by reference: those no longer the landlord's too."""
    rows: QuerySet[Home] = Home.objects.select_related("place").order_by("reference", "pk")
    begun = begins_reference(words)
    return rows.none() if begun is None else rows.filter(begun)


def begins_reference(words: str) -> Q | None:
    """Homes whose reference begins so, in capitals or not. None for fewer than three letters, or
    where no figure is among them."""
    asked = words.strip()
    if len(asked) < LEAST_OF_REFERENCE or not any(letter.isdecimal() for letter in asked):
        return None
    begun = Q()
    for written in sorted({asked, asked.upper(), asked.lower()}):
        begun |= Q(reference__gte=written, reference__lt=written + _AFTER_ALL)
    # That it is not empty is what the index of references asks
    return ~Q(reference="") & begun


def home_for_page(pk: int) -> QuerySet[Home]:
    """One home for its page."""
    rows: QuerySet[Home] = Home.objects.select_related("place", "unit")
    return rows.filter(pk=pk)


def lived_in(home: Home) -> QuerySet[Residency]:
    """Who lives and lived in a home: those there now first, then the latest."""
    rows: QuerySet[Residency] = Residency.objects.filter(home=home).select_related(
        "person", "person__customer_type", "tenancy"
    )
    return rows.order_by("-ended_on", "-started_on", "pk")


def tenancies_of(home: Home) -> QuerySet[Tenancy]:
    """The agreements about a home, latest first, each with how many hold it."""
    rows: QuerySet[Tenancy] = Tenancy.objects.filter(home=home).annotate(
        holders=Count("residencies")
    )
    return rows.order_by("-started_on", "-pk")


def ended_last(person: Person) -> list[Residency]:
    """Where somebody lived until they moved out, left or died: what was ended by that, if anything.

    Empty while they live somewhere.
    """
    ended = [(row.ended_on, row) for row in residencies_of(person)[:20]]
    days = [day for day, _row in ended if day is not None]
    if len(days) < len(ended):
        return []
    last = person.status_on or max(days, default=None)
    return [row for day, row in ended if day and last and day >= last]


def residencies_of(person: Person) -> QuerySet[Residency]:
    """Where somebody lives and lived: where they are now first, then the latest."""
    rows: QuerySet[Residency] = Residency.objects.filter(person=person).select_related(
        "home", "tenancy"
    )
    return rows.order_by("-ended_on", "-started_on", "pk")
