from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, FirstValue

from involvement.auditing.actors import Channel
from residents.people.models import Person
from residents.preferences.models import (
    FORMATS,
    SUPPORT,
    Consent,
    Need,
    Purpose,
    Way,
    Wording,
    language_name,
)

IN_PERSON = "In person"
# The ways a purpose is asked for; nobody asks leave to speak to somebody face to face
ASKED_FOR = (Channel.POST, Channel.EMAIL, Channel.TEXT, Channel.PHONE)


def channel_for(person: Person) -> Channel:
    """The way they chose to hear from us, or the nearest to it that reaches them."""
    chosen = Channel(person.preferred_channel)
    if chosen not in {Channel.WEB, Channel.IMPORT}:
        return chosen
    reachable = [
        (person.email, Channel.EMAIL),
        (person.phone, Channel.PHONE),
        (person.address, Channel.POST),
    ]
    return next((channel for address, channel in reachable if address), Channel.FACE)


def address_for(person: Person) -> str:
    """Where a message by that way goes."""
    channel = channel_for(person)
    if channel == Channel.EMAIL:
        return person.email
    if channel == Channel.POST:
        return person.address
    if channel == Channel.FACE:
        return person.phone or person.address or IN_PERSON
    return person.phone


def ways_of(person: Person) -> list[Way]:
    """The ways that hold now: the one they prefer, then the others in their order."""
    rows = Way.objects.filter(person=person, ended_at__isnull=True).order_by("position", "pk")
    return sorted(rows, key=lambda way: way.channel != person.preferred_channel)


def needs_of(person: Person) -> list[Need]:
    """What they need now, in the order of the kinds."""
    order = list(Need.Kind)
    rows = Need.objects.filter(person=person, ended_at__isnull=True).order_by("pk")
    return sorted(rows, key=lambda need: order.index(Need.Kind(need.kind)))


def formats_for(person: Person) -> frozenset[str]:
    """The formats this person asked for, kinds of Need: what every document made for them honours."""
    return formats_of([person]).get(person.pk, frozenset())


def formats_of(people: Iterable[Person]) -> dict[int, frozenset[str]]:
    """The formats of several people by their key, in one query; who asked for none is left out."""
    rows = Need.objects.filter(
        person__in=[person.pk for person in people], kind__in=FORMATS, ended_at__isnull=True
    ).order_by("person_id", "kind")
    found: dict[int, set[str]] = {}
    for person, kind in rows.values_list("person_id", "kind"):
        found.setdefault(person, set()).add(kind)
    return {person: frozenset(kinds) for person, kinds in found.items()}


def asked_formats(person: str) -> ArraySubquery:
    """The formats asked for, as a column of rows with a key to a person along the path `person`."""
    needs = Need.objects.filter(
        person=OuterRef(person), kind__in=FORMATS, ended_at__isnull=True
    ).order_by("kind")
    return ArraySubquery(needs.values("kind"))


def support_of(people: Iterable[Person]) -> dict[int, list[str]]:
    """What several people need so that they can come, in words, by their key; for whoever books."""
    rows = Need.objects.filter(
        person__in=[person.pk for person in people], kind__in=SUPPORT, ended_at__isnull=True
    ).order_by("person_id", "kind", "pk")
    found: dict[int, list[str]] = {}
    for need in rows:
        found.setdefault(need.person_id, []).append(str(need))
    return found


def language_for(person: Person) -> str:
    """The language they asked for by its name; "" for the landlord's usual one."""
    tag = (
        Need.objects.filter(person=person, kind=Need.Kind.LANGUAGE, ended_at__isnull=True)
        .order_by("pk")
        .values_list("language", flat=True)
        .first()
    )
    return language_name(tag) if tag else ""


def ended_ways(person: Person) -> QuerySet[Way]:
    """What held once, the last ended first."""
    rows: QuerySet[Way] = Way.objects.filter(person=person, ended_at__isnull=False)
    return rows.order_by("-ended_at", "-pk")


def ended_needs(person: Person) -> QuerySet[Need]:
    """What they needed once, the last ended first."""
    rows: QuerySet[Need] = Need.objects.filter(person=person, ended_at__isnull=False)
    return rows.order_by("-ended_at", "-pk")


def purposes() -> QuerySet[Purpose]:
    """What leave is asked for now, in order."""
    rows: QuerySet[Purpose] = Purpose.objects.filter(archived_at__isnull=True)
    return rows.order_by("position", "name", "pk")


def current_wordings() -> dict[int, Wording]:
    """The words each purpose is asked with now, by the purpose's key."""
    rows = Wording.objects.select_related("purpose").order_by("purpose_id", "number")
    return {wording.purpose_id: wording for wording in rows}


def purposes_with_words() -> list[tuple[Purpose, Wording | None]]:
    """What leave is asked for now, each with its words."""
    words = current_wordings()
    return [(purpose, words.get(purpose.pk)) for purpose in purposes()]


def purposes_put_away() -> QuerySet[Purpose]:
    """What leave is asked for no longer, by name."""
    rows: QuerySet[Purpose] = Purpose.objects.filter(archived_at__isnull=False)
    return rows.order_by("name", "pk")


def wordings_of(purpose: Purpose) -> QuerySet[Wording]:
    """Every wording of a purpose with how many acts were under it, the newest first."""
    rows: QuerySet[Wording] = Wording.objects.filter(purpose=purpose)
    return rows.annotate(act_count=Count("consents")).order_by("-number")


def current_wording(purpose: Purpose) -> Wording | None:
    """The words it is asked with now; None where nobody has written any."""
    rows = Wording.objects.select_related("purpose").filter(purpose=purpose)
    found: Wording | None = rows.order_by("-number").first()
    return found


@dataclass(frozen=True)
class Allowed:
    """Where one purpose and channel stand for one person."""

    purpose: Purpose
    channel: str
    latest: Consent | None

    @property
    def holds(self) -> bool:
        """Whether they said yes, and have not taken it back."""
        return self.latest is not None and self.latest.act == Consent.Act.GIVEN

    @property
    def channel_words(self) -> str:
        """By which way: “by e-mail”; "" where the way does not matter."""
        return str(Channel(self.channel).label) if self.channel else ""


@dataclass(frozen=True)
class Standing:
    """Where one purpose stands for one person, way by way."""

    purpose: Purpose
    ways: list[Allowed]

    @property
    def answered(self) -> list[Allowed]:
        """The ways they have said something about."""
        return [each for each in self.ways if each.latest is not None]

    @property
    def unasked(self) -> list[Allowed]:
        """The ways nobody has asked them about."""
        return [each for each in self.ways if each.latest is None]

    @property
    def unasked_words(self) -> str:
        """Those ways in words: “by text or by telephone”; "" where the way does not matter."""
        *first, last = [each.channel_words for each in self.unasked]
        return f"{', '.join(first)} or {last}" if first else last

    @property
    def holds(self) -> bool:
        """Whether they allow it by any way."""
        return any(each.holds for each in self.ways)


def standing_of(person: Person) -> list[Standing]:
    """Every purpose with its ways, in the order of the purposes."""
    found: dict[int, Standing] = {}
    for each in allowed_by(person):
        found.setdefault(each.purpose.pk, Standing(each.purpose, [])).ways.append(each)
    return list(found.values())


def channels_of(purpose: Purpose) -> tuple[str, ...]:
    """The ways the purpose is asked for; one empty one where the way does not matter."""
    return tuple(ASKED_FOR) if purpose.by_channel else ("",)


def allowed_by(person: Person, asked: Iterable[Purpose] | None = None) -> list[Allowed]:
    """Every purpose, or those asked about, and channel with the act that holds."""
    latest: dict[tuple[int, str], Consent] = {}
    for consent in consents_of(person).reverse():
        latest[consent.purpose_id, consent.channel] = consent
    return [
        Allowed(purpose, channel, latest.get((purpose.pk, channel)))
        for purpose in (purposes() if asked is None else asked)
        for channel in channels_of(purpose)
    ]


def consents_of(person: Person) -> QuerySet[Consent]:
    """Every act of theirs, the last first; those of whoever was merged into them are theirs too."""
    theirs = Q(person=person) | Q(person__merged_into=person)
    rows: QuerySet[Consent] = Consent.objects.filter(theirs)
    return rows.select_related("purpose", "wording").order_by("-recorded_at", "-pk")


def is_allowed(person: Person, purpose: Purpose, channel: str = "") -> bool:
    """Whether they may be written to for this purpose by this way. Silence is no."""
    latest = consents_of(person).filter(purpose=purpose, channel=channel).first()
    return latest is not None and latest.act == Consent.Act.GIVEN


def allowing(purpose: Purpose, channel: str = "") -> Q:
    """The people who allow this now, as a condition on Person."""
    whose = Coalesce("person__merged_into_id", "person_id")
    latest = Window(
        FirstValue("act"),
        partition_by=whose,
        order_by=[F("recorded_at").desc(), F("pk").desc()],
    )
    acts = Consent.objects.filter(purpose=purpose, channel=channel)
    given = acts.annotate(whose=whose, latest=latest).filter(latest=Consent.Act.GIVEN)
    return Q(pk__in=given.order_by().values("whose"))


def needing(kind: str) -> Q:
    """The people who asked for this, as a condition on Person."""
    rows = Need.objects.filter(kind=kind, ended_at__isnull=True)
    return Q(pk__in=rows.order_by().values("person_id"))


def reached_by(channel: str) -> Q:
    """The people this way may be used for: the one they prefer, or one in their list."""
    rows = Way.objects.filter(channel=channel, ended_at__isnull=True)
    return Q(preferred_channel=channel) | Q(pk__in=rows.order_by().values("person_id"))
