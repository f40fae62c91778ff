from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, Channel
from involvement.delivery.models import LINK
from involvement.delivery.operations import queue_message
from involvement.questionnaires.answers import Given, in_force
from involvement.questionnaires.definition import Definition
from involvement.questionnaires.models import Version
from residents.people.models import Person
from residents.preferences.queries import formats_for
from residents.profiles import store
from residents.profiles.models import EqualityLink
from residents.profiles.policies import (
    OPEN_FOR,
    NoQuestions,
    check_can_be_reached,
    check_can_record,
    check_is_open,
)
from residents.profiles.queries import asked_of, question_set, token_hash


@transaction.atomic
def record_card(
    *, person: Person, given: Mapping[str, Given], by: Actor, at: dt.datetime
) -> Version:
    """Key in a whole card. Returns the version of the questions it answers.

    Raises NoQuestions, HasObjected, GuardianFirst, StoreClosed, and the refusals of
    `check_can_be_written_to`. A question left empty keeps what was answered before. The line of
    history says who keyed a card in and not whose it was: nobody can tell who has answered.
    """
    day = timezone.localdate(at)
    check_can_record(person, on=day)
    version = _version()
    asked = asked_of(person, version, on=day)
    _hand_in(person, version, asked, in_force(asked, given), on=day)
    auditing.record(
        verb="equality.card", record=version, sentence="keyed in an equality card", by=by, at=at
    )
    return version


@transaction.atomic
def answer_by_link(
    *,
    link: EqualityLink,
    given: Mapping[str, Given],
    by: Actor,
    at: dt.datetime,
) -> EqualityLink:
    """Take answers to some questions from the person themselves, as they go. Returns the link.

    Leaves no line of history. Raises LinkClosed, NoQuestions, HasObjected, GuardianFirst,
    StoreClosed.
    """
    day = timezone.localdate(at)
    check_is_open(link, at=at)
    check_can_record(link.person, on=day)
    version = _version()
    asked = asked_of(link.person, version, on=day)
    # What a page hangs on was answered on an earlier one, so the route is not looked at again
    known = {code: answer for code, answer in given.items() if asked.question(code) is not None}
    _hand_in(link.person, version, asked, known, on=day)
    return link


@transaction.atomic
def close_link(*, link: EqualityLink, by: Actor, at: dt.datetime) -> EqualityLink:
    """Be done with a link, answered or not: nobody can tell which. Returns it. Raises LinkClosed."""
    check_is_open(link, at=at)
    link.closed_at = at
    link.save(update_fields=["closed_at"])
    return link


@transaction.atomic
def open_link(*, person: Person, by: Actor, at: dt.datetime) -> tuple[EqualityLink, str]:
    """Open the questions for somebody who is signed in and asks for them. Returns the link and its
    token.

    Links made before are closed. Leaves no line of history. Raises NoQuestions, HasObjected,
    GuardianFirst, and the refusals of `check_can_be_written_to`.
    """
    check_can_record(person, on=timezone.localdate(at))
    _version()
    return _made(person, by=by, at=at)


def _made(person: Person, *, by: Actor, at: dt.datetime) -> tuple[EqualityLink, str]:
    EqualityLink.objects.filter(person=person, closed_at__isnull=True).update(closed_at=at)
    token = secrets.token_urlsafe(24)
    link: EqualityLink = EqualityLink.objects.create(
        person=person,
        token_hash=token_hash(token),
        made_at=at,
        expires_at=at + OPEN_FOR,
        **by.columns(),
    )
    return link, token


@transaction.atomic
def send_link(
    *, person: Person, address_of: Callable[[str], str], why: str, by: Actor, at: dt.datetime
) -> EqualityLink:
    """Invite somebody to answer by themselves, by e-mail or else by a letter. Returns the link.

    `address_of` makes the whole address of a token. Links made before are closed. Raises
    NoQuestions, HasObjected, GuardianFirst, CannotBeReached, and the refusals of
    `check_can_be_written_to`.
    """
    check_can_record(person, on=timezone.localdate(at))
    check_can_be_reached(person)
    link, token = _made(person, by=by, at=at)
    by_email = bool(person.email)
    queue_message(
        key=f"equality-link:{link.pk}",
        channel=Channel.EMAIL if by_email else Channel.POST,
        to_name=person.name,
        to_address=person.email if by_email else person.address,
        subject="Are those who take part like those who live here?",
        body=_invitation(why),
        link=address_of(token),
        formats=formats_for(person),
        by=by,
        at=at,
    )
    auditing.record(
        verb="equality.invited",
        record=person,
        sentence="sent them the equality questions",
        by=by,
        at=at,
    )
    return link


def _invitation(why: str) -> str:
    return (
        "We would like to ask you some questions about yourself. They take two minutes, and you "
        f"may leave out any of them, or all. {why}\n\n"
        f"Open this address to answer, or to say no: {LINK}\n\n"
        "If you would rather answer on paper, ring us and we will send you a card."
    )


def _version() -> Version:
    version = question_set()
    if version is None:
        raise NoQuestions
    return version


def _hand_in(
    person: Person, version: Version, asked: Definition, kept: Mapping[str, Given], *, on: dt.date
) -> None:
    """Keep what stands; what hung on an answer that is no longer given goes with it."""
    cleared = [
        one.code
        for one in asked.questions
        if one.only_if is not None
        and one.only_if.question in kept
        and not set(one.only_if.options) & set(kept[one.only_if.question].options)
    ]
    store.record(person=person.pk, version=version.pk, given=kept, cleared=cleared, on=on)
