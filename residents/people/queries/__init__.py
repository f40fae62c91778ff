"""What pages and other capabilities ask of people and homes."""

from residents.people.queries.homes import (
    ended_last,
    home_for_page,
    homes_narrowed,
    lived_in,
    residencies_of,
    tenancies_of,
)
from residents.people.queries.lists import (
    COUNTED,
    PeopleFilter,
    all_tags,
    home_page,
    page_of_people,
    people_page,
    tags_of,
)
from residents.people.queries.reading import (
    PHONE,
    Contact,
    known_by,
    likely_same,
    only_one_with_email,
    people,
    people_containing,
    people_named,
    same_name,
    survivor,
    waiting_for,
)
from residents.people.queries.search import find_people, first_found, fold, national

__all__ = [
    "COUNTED",
    "PHONE",
    "Contact",
    "PeopleFilter",
    "all_tags",
    "ended_last",
    "find_people",
    "first_found",
    "fold",
    "home_for_page",
    "home_page",
    "homes_narrowed",
    "known_by",
    "likely_same",
    "lived_in",
    "national",
    "only_one_with_email",
    "page_of_people",
    "people",
    "people_containing",
    "people_named",
    "people_page",
    "residencies_of",
    "same_name",
    "survivor",
    "tags_of",
    "tenancies_of",
    "waiting_for",
]
