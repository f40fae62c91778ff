"""Puts the rows of a file beside the register, in the database, in one statement.

Everything a row would change is worked out here once, as the lines of history will tell it;
`applying` only carries it out. Words and conditions stand together so that neither can say what the
other does not do.
"""
# ruff: noqa: S608 -- put together from the constants of this file

from __future__ import annotations

from typing import Any, Final

from django.db import connection
from django.db.models import TextChoices

from residents.feeds.models import Intake
from residents.feeds.operations.merged import MERGED
from residents.feeds.queries.reading import COLUMNS, Reading
from residents.people.models import Home, Tenure


def _case(column: str, choices: type[TextChoices]) -> str:
    """A stored choice by its label."""
    whens = " ".join(f"WHEN '{one.value}' THEN '{one.label}'" for one in choices)
    return f"CASE {column} {whens} ELSE {column} END"


def _day(column: str) -> str:
    return f"coalesce(to_char({column}, 'FMDD FMMonth YYYY'), '')"


def _line(column: str) -> str:
    return f"replace({column}, E'\\n', ', ')"


def _changes(*fields: tuple[str, str, str, str, str]) -> str:
    """A JSON list with one change for each (field, label, condition, old, new) that holds."""
    parts = ", ".join(
        f"CASE WHEN {holds} THEN jsonb_build_object('field', '{name}', 'label', '{label}', "
        f"'old', {old}, 'new', {new}) END"
        for name, label, holds, old, new in fields
    )
    return f"to_jsonb(array_remove(ARRAY[{parts}], NULL))"


def _plain(name: str, label: str, one: str) -> tuple[str, str, str, str, str]:
    """A text column that changes where the file says something else."""
    return (
        name,
        label,
        f"s.{name} IS NOT NULL AND s.{name} <> {one}.{name}",
        f"{one}.{name}",
        f"s.{name}",
    )


_KNOWN: Final = "p.id IS NOT NULL AND p.status <> 'ERASED'"
_ALIVE: Final = f"({_KNOWN} AND p.status <> 'DECEASED')"
_GONE: Final = "(s.ended_on IS NOT NULL AND s.ended_on <= %(today)s)"
_HERE: Final = f"(s.home_mark <> '' AND NOT {_GONE})"
_MOVES: Final = f"({_ALIVE} AND {_HERE} AND (h.id IS NULL OR h.id IS DISTINCT FROM p.home_id))"
_LEAVES: Final = (
    f"({_ALIVE} AND {_GONE} AND p.status = 'CURRENT' "
    "AND (p.home_id IS NULL OR p.home_id = h.id OR s.home_mark = ''))"
)
_RETURNS: Final = f"({_ALIVE} AND NOT {_GONE} AND p.status = 'LEFT')"
_POSTAL: Final = (
    "concat_ws(E'\\n', coalesce(s.address, h.address), "
    "nullif(coalesce(s.postcode, h.postcode, ''), ''))"
)
_OLD_POSTAL: Final = "concat_ws(E'\\n', ph.address, nullif(ph.postcode, ''))"
_FOLLOWS: Final = f"({_ALIVE} AND {_HERE} AND {_POSTAL} <> p.address AND (p.address = '' OR p.address = {_OLD_POSTAL}))"
_SINCE: Final = (
    f"({_ALIVE} AND {_HERE} AND h.id = p.home_id AND s.started_on IS NOT NULL "
    "AND s.started_on IS DISTINCT FROM r.started_on)"
)
_PERSON: Final = _changes(
    _plain("title", "title", "p"),
    _plain("name", "name", "p"),
    (
        "born_on",
        "date of birth",
        "s.born_on IS NOT NULL AND s.born_on IS DISTINCT FROM p.born_on",
        _day("p.born_on"),
        _day("s.born_on"),
    ),
    (
        "customer_type",
        "customer type",
        "s.customer_type_key IS NOT NULL AND s.customer_type_key IS DISTINCT FROM p.customer_type_id",
        "coalesce(old_type.name, '')",
        "new_type.name",
    ),
    ("email", "e-mail", "s.email IS NOT NULL AND p.email = ''", "''", "s.email"),
    ("phone", "telephone", "s.phone IS NOT NULL AND p.phone = ''", "''", "s.phone"),
    (
        "home",
        "home",
        _MOVES,
        f"coalesce({_line('ph.address')}, '')",
        f"coalesce({_line('coalesce(s.address, h.address)')}, '')",
    ),
    (
        "status",
        "whether they live here",
        f"{_LEAVES} OR {_RETURNS}",
        "CASE WHEN p.status = 'LEFT' THEN 'Has left' ELSE 'Lives here now' END",
        "CASE WHEN p.status = 'LEFT' THEN 'Lives here now' ELSE 'Has left' END",
    ),
    ("address", "address", _FOLLOWS, _line("p.address"), _line(_POSTAL)),
    ("started_on", "lives there since", _SINCE, _day("r.started_on"), _day("s.started_on")),
)
_HOME: Final = _changes(
    (
        "reference",
        "reference",
        "s.home_reference <> h.reference",
        "h.reference",
        "s.home_reference",
    ),
    ("uprn", "UPRN", "s.uprn <> h.uprn", "h.uprn", "s.uprn"),
    (
        "parent_uprn",
        "UPRN of the building",
        "s.parent_uprn <> h.parent_uprn",
        "h.parent_uprn",
        "s.parent_uprn",
    ),
    ("address", "address", "s.address <> h.address", _line("h.address"), _line("s.address")),
    ("postcode", "postcode", "s.postcode <> h.postcode", "h.postcode", "s.postcode"),
    (
        "tenure",
        "tenure",
        "s.tenure <> h.tenure",
        _case("h.tenure", Tenure),
        _case("s.tenure", Tenure),
    ),
    (
        "stock",
        "stock type",
        "s.stock <> h.stock",
        _case("h.stock", Home.Stock),
        _case("s.stock", Home.Stock),
    ),
)
_TENANCY: Final = _changes(
    (
        "home",
        "home of the tenancy",
        "s.home_mark <> '' AND t.home_id IS DISTINCT FROM h.id",
        "''",
        f"coalesce({_line('coalesce(s.address, h.address)')}, '')",
    ),
    (
        "tenure",
        "tenure of the tenancy",
        "s.tenure <> t.tenure",
        _case("t.tenure", Tenure),
        _case("s.tenure", Tenure),
    ),
    (
        "started_on",
        "tenancy began on",
        "s.started_on IS NOT NULL AND s.started_on IS DISTINCT FROM t.started_on",
        _day("t.started_on"),
        _day("s.started_on"),
    ),
    (
        "ended_on",
        "tenancy ended on",
        "%(has_ends)s AND s.ended_on IS DISTINCT FROM t.ended_on",
        _day("t.ended_on"),
        _day("s.ended_on"),
    ),
)
_TROUBLE: Final = """
CASE
WHEN p.status = 'ERASED' THEN 'The person of this reference asked to be forgotten and was erased here. '
    'Take them out of the list, or add them by hand.'
WHEN speaking.number <> s.number
    THEN 'We joined this person with the one in row ' || to_char(speaking.number, 'FM999,999,999')
        || ', which is taken over. Join the two in the housing system, or split them here.'
WHEN h.id <> other.id THEN 'Our home of this UPRN is another than our home of this reference. '
    'Put one of the two right.'
WHEN by_ref.id IS NULL AND h.reference <> '' AND s.home_reference <> h.reference
    THEN 'Our home of this UPRN has the reference “' || h.reference || '”. Put one of the two right.'
WHEN s.home_mark <> '' AND h.id IS NULL AND s.address IS NULL
    THEN 'We do not know this home, and the row gives no address. Write its address.'
WHEN coalesce(s.uprn, h.uprn) <> '' AND coalesce(s.uprn, h.uprn) = coalesce(s.parent_uprn, h.parent_uprn)
    THEN 'The UPRN of the building is that of the home. Write the building’s own.'
WHEN coalesce(s.started_on, t.started_on)
    > CASE WHEN %(has_ends)s THEN s.ended_on ELSE t.ended_on END
    THEN 'The tenancy would end before it begins. Put the two days right.'
ELSE '' END
"""

_NEW_NUMBERS: Final = """
SELECT {key}, nextval('{table}_id_seq'::regclass) AS id
FROM (SELECT DISTINCT {key} FROM given WHERE {key} <> '') AS wanted
"""
_STAGE: Final = f"""
WITH RECURSIVE given AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s::json)
    AS given ({", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())})
),
new_homes AS MATERIALIZED ({_NEW_NUMBERS.format(key="home_mark", table="residents_home")}),
new_tenancies AS MATERIALIZED (
    {_NEW_NUMBERS.format(key="tenancy_reference", table="residents_tenancy")}
),
{MERGED},
by_address AS (
    SELECT DISTINCT ON (address_sort, postcode) * FROM residents_home
    WHERE landlord_id = %(landlord)s ORDER BY address_sort, postcode, id
),
compared AS (
    SELECT s.*, p.id AS person_id, h.id AS home_id, t.id AS tenancy_id,
        new_home.id AS new_home_id, new_tenancy.id AS new_tenancy_id,
        {_MOVES} AS moves, {_LEAVES} AS leaves, {_RETURNS} AS returns,
        CASE WHEN p.id IS NULL AND s.home_mark <> '' OR {_FOLLOWS} THEN {_POSTAL} END AS postal,
        CASE WHEN {_KNOWN} THEN {_PERSON} ELSE '[]' END AS person_changes,
        CASE WHEN h.id IS NOT NULL THEN {_HOME} ELSE '[]' END AS home_changes,
        CASE WHEN t.id IS NOT NULL THEN {_TENANCY} ELSE '[]' END AS tenancy_changes,
        {_TROUBLE} AS trouble
    FROM given AS s
    LEFT JOIN residents_person AS listed
        ON listed.landlord_id = %(landlord)s AND listed.reference = s.reference
    LEFT JOIN survivor ON survivor.reference = s.reference
    LEFT JOIN residents_person AS p
        ON p.landlord_id = %(landlord)s AND p.id = coalesce(survivor.id, listed.id)
    LEFT JOIN speaking ON speaking.id = p.id
    LEFT JOIN residents_home AS by_ref
        ON by_ref.landlord_id = %(landlord)s AND by_ref.reference = s.home_reference
    LEFT JOIN residents_home AS by_uprn
        ON by_uprn.landlord_id = %(landlord)s AND by_uprn.uprn = s.uprn
    LEFT JOIN by_address ON by_address.address_sort = lower(s.address)
        AND by_address.postcode = coalesce(s.postcode, '')
        AND (s.home_reference IS NULL OR by_address.reference = '')
        AND (s.uprn IS NULL OR by_address.uprn = '')
    LEFT JOIN residents_home AS h ON h.landlord_id = %(landlord)s
        AND h.id = coalesce(by_ref.id, by_uprn.id, by_address.id)
    LEFT JOIN residents_home AS other ON other.landlord_id = %(landlord)s AND other.id = by_uprn.id
    LEFT JOIN residents_home AS ph ON ph.landlord_id = %(landlord)s AND ph.id = p.home_id
    LEFT JOIN residents_residency AS r ON r.landlord_id = %(landlord)s AND r.person_id = p.id
        AND r.home_id = h.id AND r.ended_on IS NULL
    LEFT JOIN residents_tenancy AS t
        ON t.landlord_id = %(landlord)s AND t.reference = s.tenancy_reference
    LEFT JOIN residents_customertype AS old_type
        ON old_type.landlord_id = %(landlord)s AND old_type.id = p.customer_type_id
    LEFT JOIN residents_customertype AS new_type
        ON new_type.landlord_id = %(landlord)s AND new_type.id = s.customer_type_key
    LEFT JOIN new_homes AS new_home ON new_home.home_mark = s.home_mark
    LEFT JOIN new_tenancies AS new_tenancy
        ON new_tenancy.tenancy_reference = s.tenancy_reference
)
INSERT INTO residents_stagedrow (
    landlord_id, intake_id, {", ".join(COLUMNS)}, act, person_key,
    home_key, home_is_new, tenancy_key, tenancy_is_new,
    moves, leaves, returns, postal, trouble, person_changes, home_changes, tenancy_changes
)
SELECT %(landlord)s, %(intake)s, {", ".join(COLUMNS)},
    CASE WHEN person_id IS NULL THEN 'NEW'
        WHEN person_changes <> '[]' OR home_changes <> '[]' OR tenancy_changes <> '[]'
            OR home_mark <> '' AND (home_id IS NULL
                OR tenancy_reference IS NOT NULL AND tenancy_id IS NULL)
        THEN 'CHANGED' ELSE 'SAME' END,
    coalesce(person_id, nextval('residents_person_id_seq'::regclass)),
    CASE WHEN home_mark <> '' THEN coalesce(home_id, new_home_id) END,
    home_mark <> '' AND home_id IS NULL,
    CASE WHEN home_mark <> '' THEN coalesce(tenancy_id, new_tenancy_id) ELSE tenancy_id END,
    home_mark <> '' AND tenancy_reference IS NOT NULL AND tenancy_id IS NULL,
    moves, leaves, returns, postal, trouble, person_changes, home_changes, tenancy_changes
FROM compared
"""


def stage(intake: Intake, reading: Reading, *, today: Any) -> None:
    """Write the rows that can be read, each compared with the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            _STAGE,
            {
                "rows": reading.as_json(),
                "landlord": intake.landlord_id,
                "intake": intake.pk,
                "today": today,
                "has_ends": reading.has_ends,
            },
        )
