from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.delivery.models import Message
from involvement.delivery.queries import provider_in_use
from residents.people.models import Person, PersonTerm
from residents.preferences.models import Heard, Source, Teller
from residents.representatives.models import SCOPE, Authority
from residents.representatives.queries import represented_by
from residents.signin.codes import hashes_of
from residents.signin.models import CallBack, ResidentSession, SignInCode, Way
from residents.signin.reached import Address

# More people than this at one address are told to ring
MOST_SHARING: Final = 8
# Whoever asked twice may type the code of either message
_NEWEST: Final = 3
_MOST_FOUND: Final = 50
# Keeps a search for nobody as many questions as one for somebody
_NOBODY: Final = 0


@dataclass(frozen=True)
class Visit:
    """Who is signed in, and whose pages they see: their own, or under an authority another's."""

    session: ResidentSession
    authority: Authority | None = None

    @property
    def resident(self) -> Person:
        """Who signed in."""
        return self.session.person

    @property
    def person(self) -> Person:
        """Whose pages these are."""
        return self.authority.person if self.authority is not None else self.session.person

    @property
    def themselves(self) -> Actor:
        """Whoever is signed in, whomever they act for."""
        return Actor(ActorKind.RESIDENT, self.resident.name, key=self.resident.pk)

    @property
    def actor(self) -> Actor:
        """Who acts: themselves, or “A. for B.”."""
        if self.authority is None:
            return self.themselves
        return Actor(
            ActorKind.ADVOCATE,
            self.resident.name,
            key=self.resident.pk,
            behalf=self.person.name,
            channel=Channel.WEB,
        )

    def may(self, what: str) -> bool:
        """Whether they may do something here: for themselves all, for another what they have leave
        for. `what` is a field of the authority's scope, "" for what is for the resident alone."""
        if self.authority is None:
            return True
        return bool(what) and bool(getattr(self.authority, what))

    def heard(self, at: dt.datetime) -> Heard:
        """Where and by whom what they say on these pages was said."""
        told_by = Teller.THEMSELVES if self.authority is None else Teller.ADVOCATE
        return Heard(Source.WEB, timezone.localdate(at), told_by)


def texts_go() -> bool:
    """Whether codes can go by text: somebody carries texts for the landlord."""
    return provider_in_use(Message.Channel.TEXT) is not None


def people_reached(address: Address) -> list[Person]:
    """Whom the register reaches at an address now, by name. As many questions for nobody as for
    somebody."""
    terms = PersonTerm.objects.filter(term=address.term).order_by("person_id")
    keys = list(terms.values_list("person_id", flat=True)[:_MOST_FOUND])
    rows = Person.objects.filter(
        pk__in=[_NOBODY, *keys], status=Person.Status.CURRENT, merged_into__isnull=True
    )
    return [person for person in rows.order_by("name_sort", "pk") if address.is_of(person)]


def newest_codes(address: Address, at: dt.datetime) -> QuerySet[SignInCode]:
    """The codes that went to an address last and have not run out."""
    rows: QuerySet[SignInCode] = SignInCode.objects.filter(
        address=address.words, expires_at__gt=at, revoked_at__isnull=True
    )
    return rows.order_by("-made_at", "-pk")[:_NEWEST]


def people_of_code(code: SignInCode) -> list[Person]:
    """Whom a code may sign in, by name: those its address reaches now, or its letter's person."""
    if code.way == Way.LETTER:
        return [code.person] if _lives_here(code.person) else []
    channel = Channel.EMAIL if code.way == Way.EMAIL else Channel.TEXT
    return people_reached(Address(channel, code.address))[:MOST_SHARING]


def letter_key(code: SignInCode) -> str:
    """By which the letter with this code is found in the outbox."""
    return f"sign-in-letter:{code.pk}"


def letter_of(code: SignInCode) -> Message | None:
    """The letter with this code."""
    found: Message | None = Message.objects.filter(key=letter_key(code)).order_by("pk").first()
    return found


def code_by_link(token: str) -> SignInCode | None:
    """The code that a link's token goes with."""
    rows = SignInCode.objects.filter(link_hash__in=hashes_of(token))
    found: SignInCode | None = rows.order_by("pk").first()
    return found


def letter_by_code(typed: str) -> SignInCode | None:
    """The letter whose code was typed, the newest first, with its person and their home."""
    rows = SignInCode.objects.filter(way=Way.LETTER, code_hash__in=hashes_of(typed))
    found: SignInCode | None = (
        rows.select_related("person__home").order_by("-made_at", "-pk").first()
    )
    return found


def letter_in_force(person: Person, at: dt.datetime) -> SignInCode | None:
    """The letter whose code still signs somebody in."""
    rows = SignInCode.objects.filter(
        person=person,
        way=Way.LETTER,
        used_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    )
    found: SignInCode | None = rows.order_by("-made_at", "-pk").first()
    return found


def open_codes(person: Person, at: dt.datetime) -> QuerySet[SignInCode]:
    """Every code of theirs that still signs in."""
    rows: QuerySet[SignInCode] = SignInCode.objects.filter(
        person=person, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at
    )
    return rows.order_by("-made_at", "-pk")


def last_sign_in(person: Person) -> ResidentSession | None:
    """When and how somebody last signed in."""
    rows = ResidentSession.objects.filter(person=person)
    found: ResidentSession | None = rows.order_by("-began_at", "-pk").first()
    return found


def signed_in_now(person: Person, at: dt.datetime) -> QuerySet[ResidentSession]:
    """The devices somebody is signed in on."""
    rows: QuerySet[ResidentSession] = ResidentSession.objects.filter(
        person=person, ended_at__isnull=True, ends_at__gt=at
    )
    return rows.order_by("-began_at", "-pk")


def visit_of(token: str, at: dt.datetime) -> Visit | None:
    """Who a session's token belongs to; None where it is over, or they live here no longer.

    An authority that has ended gives nothing: then they are themselves.
    """
    session: ResidentSession | None = (
        ResidentSession.objects.filter(
            token_hash__in=hashes_of(token), ended_at__isnull=True, ends_at__gt=at
        )
        .select_related("person__home", "acts_under__person__home")
        .order_by("pk")
        .first()
    )
    if session is None or not _lives_here(session.person):
        return None
    authority = session.acts_under
    if authority is not None and not _gives(authority, session, at):
        authority = None
    return Visit(session, authority)


def may_act_for(resident: Person, at: dt.datetime) -> list[Authority]:
    """For whom somebody may act today."""
    rows = represented_by(resident, timezone.localdate(at))
    return [row for row in rows if _lives_here(row.person)]


def scope_words(authority: Authority) -> list[str]:
    """What they may do for the other, in words."""
    return [words for name, words in SCOPE if getattr(authority, name)]


def calls_to_make() -> QuerySet[CallBack]:
    """Who asked to be rung and waits, the longest waiting first."""
    rows: QuerySet[CallBack] = CallBack.objects.filter(rung_at__isnull=True)
    return rows.order_by("asked_at", "pk")


def calls_made() -> QuerySet[CallBack]:
    """Who was rung, the last first."""
    rows: QuerySet[CallBack] = CallBack.objects.filter(rung_at__isnull=False)
    return rows.order_by("-rung_at", "-pk")


def demo_people() -> list[Person]:
    """Two of the demonstration’s residents to be: the first who have an e-mail address."""
    rows = Person.objects.filter(
        is_demo=True, status=Person.Status.CURRENT, merged_into__isnull=True
    )
    return list(rows.exclude(email="").order_by("pk")[:2])


def _lives_here(person: Person) -> bool:
    return person.status == Person.Status.CURRENT and person.merged_into_id is None


def _gives(authority: Authority, session: ResidentSession, at: dt.datetime) -> bool:
    stands = authority.stands(timezone.localdate(at))
    theirs = authority.representative_id == session.person_id
    return stands and theirs and _lives_here(authority.person)
