"""What pages and rules ask about interests: the shared names."""

from residents.interests.queries.expressions import (
    expressions,
    late_count,
    open_count,
    open_expressions,
)
from residents.interests.queries.groups import groups_to_reach
from residents.interests.queries.visits import visits_to_make
from residents.interests.queries.wishes import (
    Wishes,
    interested_in,
    methods,
    subjects,
    willing_to,
    wishes_of,
)

__all__ = [
    "Wishes",
    "expressions",
    "groups_to_reach",
    "interested_in",
    "late_count",
    "methods",
    "open_count",
    "open_expressions",
    "subjects",
    "visits_to_make",
    "willing_to",
    "wishes_of",
]
