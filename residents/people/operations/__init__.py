"""The only writers of people, homes and who lives in them."""

from residents.people.operations.founding import found
from residents.people.operations.homes import HOME_FIELDS, add_home, change_home
from residents.people.operations.people import (
    FIELDS,
    NAMELESS,
    add_many,
    add_person,
    change_person,
    person_reached,
)
from residents.people.operations.residencies import (
    move_in,
    move_out,
    person_died,
    person_left,
    take_back,
)
from residents.people.operations.tags import put_tag, take_tag_off

__all__ = [
    "FIELDS",
    "HOME_FIELDS",
    "NAMELESS",
    "add_home",
    "add_many",
    "add_person",
    "change_home",
    "change_person",
    "found",
    "move_in",
    "move_out",
    "person_died",
    "person_left",
    "person_reached",
    "put_tag",
    "take_back",
    "take_tag_off",
]
