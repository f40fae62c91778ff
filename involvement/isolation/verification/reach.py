"""Ways round the fence: views and functions that work with their owner's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from involvement.isolation.rules import EQUALITY
from involvement.isolation.verification.faults import Fault, rows

# Functions that run with their owner's rights → why they may.
MAY_LOOK_ACROSS = {
    "landlords_of_user": "tells at which landlords a user is a member, before one is in scope",
    "forget_in_history": "takes an erased person's words out of the landlord's own history",
    "asked_for_own_answers": "says whether an access request stands and its line of history is written",
    "tidy_history": "deletes the landlord's own history once it has been kept long enough",
}
# Functions that run as the keeper of the equality answers, for the landlord in scope → why.
MAY_REACH_EQUALITY = {
    "equality_record": "hands in one person's answers; gives nothing back",
    "equality_record_many": "hands in many people's answers; gives nothing back",
    "equality_erase": "forgets one person's answers; gives nothing back",
    "equality_merge": "counts what two rows answered as one person's; gives nothing back",
    "equality_unmerge": "counts them as two people's again; gives nothing back",
    "equality_own": "gives a person their own answers, once that stands in their history",
    "equality_cut": "counts, hides small numbers, and gives the totals back",
}

VIEWS = """
SELECT c.relname, c.relkind,
  COALESCE('security_invoker=true' = ANY(c.reloptions) OR 'security_invoker=on' = ANY(c.reloptions),
           false)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^(pg_|information_schema)' ORDER BY c.relname
"""
FUNCTIONS = """
SELECT p.proname, p.proowner::regrole::text, has_function_privilege('public', p.oid, 'EXECUTE'),
  EXISTS (SELECT 1 FROM unnest(p.proconfig) AS setting WHERE setting LIKE 'search_path=%')
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema)'
ORDER BY p.proname
"""
INHERITORS = """
SELECT child.relname, parent.relname FROM pg_inherits i
JOIN pg_class child ON child.oid = i.inhrelid JOIN pg_class parent ON parent.oid = i.inhparent
WHERE parent.relrowsecurity AND NOT child.relrowsecurity AND child.relkind IN ('r', 'p')
"""


def faults(connection: Any) -> Iterator[Fault]:
    """Views, functions and child tables through which another landlord's rows could be read."""
    for name, kind, with_readers_eyes in rows(connection, VIEWS):
        if kind == "m":
            yield Fault(name, "is a materialised view, which knows no row-level security")
        elif not with_readers_eyes:
            yield Fault(name, "is a view that reads with its owner's eyes (no security_invoker)")
    yield from _function_faults(connection)
    for child, parent in rows(connection, INHERITORS):
        yield Fault(child, f"is a part of {parent} without row-level security of its own")


def _function_faults(connection: Any) -> Iterator[Fault]:
    """Functions that run with another role's rights: agreed on, closed, and on a path of their own."""
    for name, owner, for_everybody, has_path in rows(connection, FUNCTIONS):
        if name in MAY_REACH_EQUALITY:
            if owner != EQUALITY:
                yield Fault(f"{name}()", f"runs with the rights of {owner} and not of {EQUALITY}")
        elif name not in MAY_LOOK_ACROSS:
            yield Fault(f"{name}()", "runs with its owner's rights, which nobody agreed on")
        if for_everybody:
            yield Fault(f"{name}()", "runs with its owner's rights and anybody may call it")
        if not has_path:
            yield Fault(f"{name}()", "runs with its owner's rights on the caller's search_path")
