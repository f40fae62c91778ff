"""Codes tried, and sessions opened and ended."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind
from residents.people.models import Person
from residents.representatives.models import Authority
from residents.representatives.policies import MayNotAct
from residents.signin import codes, policies, queries
from residents.signin.models import (
    MOST_TRIES,
    SHARED_FOR,
    STAYS_FOR,
    ResidentSession,
    SignInCode,
    Way,
)
from residents.signin.reached import Address

_NOBODY = 0


@transaction.atomic
def try_code(*, address: Address, typed: str, by: Actor, at: dt.datetime) -> SignInCode | None:
    """The code that was sent to an address and is now typed; None where it is another.

    A wrong one counts against every code that is open there. As many statements for an address that
    nobody has as for one that somebody has; that it is right uses nothing up yet.
    """
    rows = list(queries.newest_codes(address, at).select_for_update(of=("self",)))
    hashes = codes.hashes_of(f"{address.words}:{codes.figures_typed(typed)}")
    found = [row for row in rows if row.code_hash in hashes and policies.is_open(row, at=at)]
    if found:
        return found[0]
    _count_try([row.pk for row in rows])
    return None


@transaction.atomic
def try_letter(*, typed: str, postcode: str, by: Actor, at: dt.datetime) -> SignInCode | None:
    """The letter whose code and postcode are typed; None where they do not belong together.

    A wrong postcode counts against the code.
    """
    row = queries.letter_by_code(codes.letters_typed(typed))
    right = row is not None and policies.is_open(row, at=at)
    if row is not None and right and policies.same_postcode(row.person, postcode):
        return row
    _count_try([row.pk] if row is not None else [])
    return None


@transaction.atomic
def sign_in(
    *, code: SignInCode, person: Person, is_shared: bool, by: Actor, at: dt.datetime
) -> tuple[ResidentSession, str]:
    """Use a code up and sign somebody in. Returns the session and the token for their cookie.

    `person` is one of those whom the code is for. Raises LinkIsOver, NotTheirs.
    """
    row: SignInCode = SignInCode.objects.select_for_update(of=("self",)).get(pk=code.pk)
    if not policies.is_open(row, at=at):
        raise policies.LinkIsOver
    if person not in queries.people_of_code(row):
        raise policies.NotTheirs
    if row.used_at is None:
        row.used_at = at
        row.save(update_fields=["used_at"])
    return open_session(person=person, way=row.way, is_shared=is_shared, by=by, at=at)


@transaction.atomic
def open_session(
    *, person: Person, way: str, is_shared: bool, by: Actor, at: dt.datetime
) -> tuple[ResidentSession, str]:
    """Sign somebody in on one device. Returns the session and the token for their cookie."""
    token = codes.new_token()
    session: ResidentSession = ResidentSession.objects.create(
        person=person,
        token_hash=codes.hash_of(token),
        way=way,
        is_shared=is_shared,
        began_at=at,
        ends_at=at + (SHARED_FOR if is_shared else STAYS_FOR),
    )
    where = ", on a computer that others use" if is_shared else ""
    auditing.record(
        verb="resident.signed_in",
        record=person,
        sentence=f"signed in {Way(way).label}{where}",
        by=Actor(ActorKind.RESIDENT, person.name, key=person.pk),
        at=at,
    )
    return session, token


@transaction.atomic
def end_session(*, session: ResidentSession, by: Actor, at: dt.datetime) -> ResidentSession:
    """Sign out on one device. Returns the session; one that has ended stays so."""
    ResidentSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=at)
    session.refresh_from_db()
    return session


@transaction.atomic
def end_everywhere(*, person: Person, by: Actor, at: dt.datetime) -> int:
    """Sign somebody out on every device. Returns on how many they were signed in."""
    number = queries.signed_in_now(person, at).order_by().update(ended_at=at)
    if number:
        auditing.record(
            verb="resident.signed_out",
            record=person,
            sentence="signed them out everywhere"
            if by.kind == ActorKind.STAFF
            else "signed out everywhere",
            by=by,
            at=at,
        )
    return int(number)


@transaction.atomic
def act_for(
    *, session: ResidentSession, authority: Authority | None, by: Actor, at: dt.datetime
) -> ResidentSession:
    """See another's pages from now on, or one's own again with None. Returns the session.

    Raises MayNotAct. Both people's histories say that they began.
    """
    if authority is not None and authority not in queries.may_act_for(session.person, at):
        raise MayNotAct
    session.acts_under = authority
    session.save(update_fields=["acts_under"])
    if authority is not None:
        auditing.record(
            verb="resident.acted_for",
            record=authority.person,
            sentence="opened their pages",
            by=Actor(
                ActorKind.ADVOCATE,
                session.person.name,
                key=session.person_id,
                behalf=authority.person.name,
            ),
            at=at,
        )
    return session


def _count_try(keys: list[int]) -> None:
    rows = SignInCode.objects.filter(pk__in=[_NOBODY, *keys], tries__lt=MOST_TRIES)
    rows.update(tries=F("tries") + 1)
