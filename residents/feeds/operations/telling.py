"""The lines of history of an import, one for each row it changes, written by the database."""
# ruff: noqa: S608 -- put together from the constants of this file

from __future__ import annotations

from typing import Final

_OURS: Final = "s.landlord_id = %(landlord)s AND s.intake_id = %(intake)s"
_INTO: Final = """
INSERT INTO involvement_auditentry (landlord_id, by_kind, by_key, by_name, by_behalf, by_channel,
    by_clerk, at, verb, record_kind, record_id, record_name, sentence, changes)
"""
_BY: Final = (
    "%(by_kind)s, %(by_key)s::bigint, %(by_name)s, %(by_behalf)s, %(by_channel)s, %(by_clerk)s, "
    "%(at)s::timestamptz"
)
_WHICH: Final = (
    "(SELECT string_agg(change ->> 'label', ', ' ORDER BY place) "
    "FROM jsonb_array_elements({changes}) WITH ORDINALITY AS list (change, place))"
)

NEW_HOMES: Final = f"""
{_INTO}
SELECT %(landlord)s, {_BY}, 'home.added', 'residents.home', s.home_key,
    left(split_part(s.address, E'\\n', 1), 200), 'added it to the homes, from ' || %(source)s, '[]'
FROM (
    SELECT DISTINCT ON (s.home_key) s.home_key, s.address FROM residents_stagedrow AS s
    WHERE {_OURS} AND s.home_is_new ORDER BY s.home_key, s.number
) AS s
"""
CHANGED_HOMES: Final = f"""
{_INTO}
SELECT %(landlord)s, {_BY}, 'home.changed', 'residents.home', s.home_key,
    left(split_part(h.address, E'\\n', 1), 200),
    left('changed ' || {_WHICH.format(changes="s.home_changes")} || ', from ' || %(source)s, 500),
    s.home_changes
FROM (
    SELECT DISTINCT ON (s.home_key) s.* FROM residents_stagedrow AS s
    WHERE {_OURS} AND s.home_changes <> '[]' ORDER BY s.home_key, s.number
) AS s
JOIN residents_home AS h ON h.landlord_id = s.landlord_id AND h.id = s.home_key
"""
PEOPLE: Final = f"""
{_INTO}
SELECT %(landlord)s, {_BY}, CASE s.act WHEN 'NEW' THEN 'person.added' ELSE 'person.changed' END,
    'residents.person', s.person_key, left(s.name, 200),
    CASE s.act WHEN 'NEW' THEN 'added them to the people, from ' || %(source)s
        ELSE left('changed ' || {_WHICH.format(changes="s.person_changes || s.tenancy_changes")}
            || ', from ' || %(source)s, 500) END,
    s.person_changes || s.tenancy_changes
FROM residents_stagedrow AS s
WHERE {_OURS} AND (s.act = 'NEW' OR s.person_changes || s.tenancy_changes <> '[]')
"""
LEAVERS: Final = f"""
{_INTO}
SELECT %(landlord)s, {_BY}, 'person.left', 'residents.person', p.id, left(p.name, 200),
    'noted that they have left: no longer in the list of ' || %(source)s,
    jsonb_build_array(jsonb_build_object('field', 'status', 'label', 'whether they live here',
        'old', 'Lives here now', 'new', 'Has left')) || CASE WHEN h.id IS NULL THEN '[]' ELSE
    jsonb_build_array(jsonb_build_object('field', 'home', 'label', 'home',
        'old', replace(h.address, E'\\n', ', '), 'new', '')) END
FROM residents_person AS p
LEFT JOIN residents_home AS h ON h.landlord_id = p.landlord_id AND h.id = p.home_id
WHERE p.landlord_id = %(landlord)s AND p.id = ANY(%(leavers)s)
"""
