"""Carries out what `comparing` found, table by table, and writes its history in the same breath."""
# ruff: noqa: S608 -- put together from the constants of this file

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from involvement.auditing.actors import Actor
from involvement.delivery.operations import cancel_waiting
from residents.feeds.models import Intake, StagedRow
from residents.feeds.operations import telling
from residents.feeds.queries.fields import STOCK_OF
from residents.people.models import Person
from residents.people.queries import waiting_for

_OURS: Final = "s.landlord_id = %(landlord)s AND s.intake_id = %(intake)s"
_GONE: Final = "(s.ended_on IS NOT NULL AND s.ended_on <= %(today)s)"
_STOCK: Final = " ".join(f"WHEN '{tenure}' THEN '{stock}'" for tenure, stock in STOCK_OF.items())

_NEW_HOMES: Final = f"""
INSERT INTO residents_home (landlord_id, id, reference, uprn, parent_uprn, address, postcode, tenure,
    stock, feed_source, is_demo, created_at)
SELECT DISTINCT ON (s.home_key) s.landlord_id, s.home_key, coalesce(s.home_reference, ''),
    coalesce(s.uprn, ''), coalesce(s.parent_uprn, ''), s.address, coalesce(s.postcode, ''),
    coalesce(s.tenure, 'GENERAL'), coalesce(s.stock, CASE s.tenure {_STOCK} ELSE 'LCRA' END),
    %(source)s, false, %(at)s
FROM residents_stagedrow AS s WHERE {_OURS} AND s.home_is_new ORDER BY s.home_key, s.number
"""
_CHANGED_HOMES: Final = f"""
UPDATE residents_home AS h SET reference = coalesce(s.home_reference, h.reference),
    uprn = coalesce(s.uprn, h.uprn), parent_uprn = coalesce(s.parent_uprn, h.parent_uprn),
    address = coalesce(s.address, h.address), postcode = coalesce(s.postcode, h.postcode),
    tenure = coalesce(s.tenure, h.tenure), stock = coalesce(s.stock, h.stock)
FROM (
    SELECT DISTINCT ON (s.home_key) s.* FROM residents_stagedrow AS s
    WHERE {_OURS} AND s.home_changes <> '[]' ORDER BY s.home_key, s.number
) AS s
WHERE h.landlord_id = s.landlord_id AND h.id = s.home_key
"""
_NEW_TENANCIES: Final = f"""
INSERT INTO residents_tenancy (landlord_id, id, home_id, reference, tenure, started_on, ended_on,
    is_demo)
SELECT DISTINCT ON (s.tenancy_key) s.landlord_id, s.tenancy_key, s.home_key, s.tenancy_reference,
    coalesce(s.tenure, 'GENERAL'), s.started_on, s.ended_on, false
FROM residents_stagedrow AS s WHERE {_OURS} AND s.tenancy_is_new ORDER BY s.tenancy_key, s.number
"""
_CHANGED_TENANCIES: Final = f"""
UPDATE residents_tenancy AS t SET home_id = coalesce(s.home_key, t.home_id),
    tenure = coalesce(s.tenure, t.tenure), started_on = coalesce(s.started_on, t.started_on),
    ended_on = CASE WHEN %(has_ends)s THEN s.ended_on ELSE t.ended_on END
FROM (
    SELECT DISTINCT ON (s.tenancy_key) s.* FROM residents_stagedrow AS s
    WHERE {_OURS} AND s.tenancy_changes <> '[]' ORDER BY s.tenancy_key, s.number
) AS s
WHERE t.landlord_id = s.landlord_id AND t.id = s.tenancy_key
"""
_NEW_PEOPLE: Final = f"""
INSERT INTO residents_person (landlord_id, id, reference, title, name, born_on, born_precision,
    customer_type_id, status, status_on, home_id, preferred_channel, email, phone, address, place_id,
    unit_id, large_print, feed_source, is_demo, created_at)
SELECT s.landlord_id, s.person_key, s.reference, coalesce(s.title, ''), s.name, s.born_on, 'DAY',
    s.customer_type_key, CASE WHEN {_GONE} THEN 'LEFT' ELSE 'CURRENT' END,
    CASE WHEN {_GONE} THEN s.ended_on END, CASE WHEN NOT {_GONE} THEN s.home_key END,
    CASE WHEN s.postal <> '' THEN 'POST' WHEN s.email IS NOT NULL THEN 'EMAIL'
        WHEN s.phone IS NOT NULL THEN 'PHONE' ELSE 'FACE' END,
    coalesce(s.email, ''), coalesce(s.phone, ''), coalesce(s.postal, ''), h.place_id, h.unit_id,
    false, %(source)s, false, %(at)s
FROM residents_stagedrow AS s
LEFT JOIN residents_home AS h ON h.landlord_id = s.landlord_id AND h.id = s.home_key
WHERE {_OURS} AND s.act = 'NEW'
"""
_CHANGED_PEOPLE: Final = f"""
UPDATE residents_person AS p SET title = coalesce(s.title, p.title), name = s.name,
    born_on = coalesce(s.born_on, p.born_on),
    born_precision = CASE WHEN s.born_on IS NULL THEN p.born_precision ELSE 'DAY' END,
    customer_type_id = coalesce(s.customer_type_key, p.customer_type_id),
    email = CASE WHEN p.email = '' THEN coalesce(s.email, '') ELSE p.email END,
    phone = CASE WHEN p.phone = '' THEN coalesce(s.phone, '') ELSE p.phone END,
    address = coalesce(s.postal, p.address),
    status = CASE WHEN s.leaves THEN 'LEFT' WHEN s.returns THEN 'CURRENT' ELSE p.status END,
    status_on = CASE WHEN s.leaves THEN s.ended_on WHEN s.returns THEN NULL ELSE p.status_on END,
    home_id = CASE WHEN s.leaves THEN NULL WHEN s.moves THEN s.home_key ELSE p.home_id END,
    place_id = CASE WHEN s.moves THEN h.place_id ELSE p.place_id END,
    unit_id = CASE WHEN s.moves THEN h.unit_id ELSE p.unit_id END
FROM residents_stagedrow AS s
LEFT JOIN residents_home AS h ON h.landlord_id = s.landlord_id AND h.id = s.home_key
WHERE {_OURS} AND s.act = 'CHANGED' AND s.person_changes <> '[]'
    AND p.landlord_id = s.landlord_id AND p.id = s.person_key
"""
_KNOWN_BY_SOURCE: Final = f"""
UPDATE residents_person AS p SET feed_source = %(source)s FROM residents_stagedrow AS s
WHERE {_OURS} AND s.act <> 'NEW' AND p.landlord_id = s.landlord_id AND p.id = s.person_key
    AND p.feed_source = ''
"""
_ENDED_RESIDENCIES: Final = f"""
UPDATE residents_residency AS r SET ended_on = greatest(r.started_on,
    CASE WHEN s.leaves THEN s.ended_on ELSE coalesce(s.started_on, %(today)s) END)
FROM residents_stagedrow AS s
WHERE {_OURS} AND (s.moves OR s.leaves)
    AND r.landlord_id = s.landlord_id AND r.person_id = s.person_key AND r.ended_on IS NULL
"""
_NEW_RESIDENCIES: Final = f"""
INSERT INTO residents_residency (landlord_id, person_id, home_id, tenancy_id, capacity, started_on,
    ended_on)
SELECT s.landlord_id, s.person_key, s.home_key, s.tenancy_key, s.capacity, s.started_on,
    CASE WHEN {_GONE} THEN s.ended_on END
FROM residents_stagedrow AS s
WHERE {_OURS} AND s.home_key IS NOT NULL AND (s.moves OR s.act = 'NEW')
"""
_CHANGED_RESIDENCIES: Final = f"""
UPDATE residents_residency AS r SET started_on = coalesce(s.started_on, r.started_on),
    tenancy_id = coalesce(s.tenancy_key, r.tenancy_id)
FROM residents_stagedrow AS s
WHERE {_OURS} AND s.act = 'CHANGED' AND NOT s.moves
    AND r.landlord_id = s.landlord_id AND r.person_id = s.person_key AND r.home_id = s.home_key
    AND r.ended_on IS NULL
    AND (coalesce(s.started_on, r.started_on), coalesce(s.tenancy_key, r.tenancy_id))
        IS DISTINCT FROM (r.started_on, r.tenancy_id)
"""
_LEAVERS: Final = """
WITH leavers AS (
    UPDATE residents_person SET status = 'LEFT', status_on = %(today)s, home_id = NULL
    WHERE landlord_id = %(landlord)s AND id = ANY(%(leavers)s) RETURNING id
)
UPDATE residents_residency AS r SET ended_on = greatest(r.started_on, %(today)s)
FROM leavers WHERE r.landlord_id = %(landlord)s AND r.person_id = leavers.id AND r.ended_on IS NULL
"""
# In this order: what is pointed at stands before what points
_STEPS: Final = (
    _NEW_HOMES,
    telling.NEW_HOMES,
    telling.CHANGED_HOMES,
    _CHANGED_HOMES,
    _NEW_TENANCIES,
    _CHANGED_TENANCIES,
    _NEW_PEOPLE,
    _CHANGED_PEOPLE,
    telling.PEOPLE,
    _KNOWN_BY_SOURCE,
    _ENDED_RESIDENCIES,
    _NEW_RESIDENCIES,
    _CHANGED_RESIDENCIES,
)


def apply(
    intake: Intake,
    *,
    leavers: list[int],
    has_ends: bool,
    by: Actor,
    at: dt.datetime,
    today: dt.date,
) -> int:
    """Write what the staged rows of an intake say, and that these people have left.

    Nothing is sent to whoever leaves any more. Returns how many messages to them were cancelled.
    """
    cancelled = _cancel_waiting(intake, leavers, by=by, at=at)
    values: dict[str, Any] = {
        **by.columns(),
        "landlord": intake.landlord_id,
        "intake": intake.pk,
        "source": intake.source.name,
        "has_ends": has_ends,
        "leavers": leavers,
        "today": today,
        "at": at,
    }
    with connection.cursor() as cursor:
        for step in _STEPS:
            cursor.execute(step, values)
        if leavers:
            cursor.execute(telling.LEAVERS, values)
            cursor.execute(_LEAVERS, values)
    return cancelled


def _cancel_waiting(intake: Intake, leavers: list[int], *, by: Actor, at: dt.datetime) -> int:
    """Before they change, since the outbox knows them by the name and the address they had."""
    ending = StagedRow.objects.filter(intake=intake, leaves=True).order_by()
    leaving = Person.objects.filter(Q(pk__in=leavers) | Q(pk__in=ending.values("person_key")))
    return cancel_waiting(messages=waiting_for(leaving), by=by, at=at)
