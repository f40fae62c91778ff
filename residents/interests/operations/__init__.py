"""Only here are interests, expressions of interest, visits and groups to reach written."""

from residents.interests.operations.card import Card, key_card
from residents.interests.operations.expressions import answer_expression, express, take_up
from residents.interests.operations.founding import found
from residents.interests.operations.groups import (
    add_group,
    add_partner,
    change_group,
    end_partner,
    note_progress,
    put_group,
)
from residents.interests.operations.visits import (
    due_visit,
    make_visit,
    pull_visits,
    send_pack,
    set_aside,
)
from residents.interests.operations.wishes import add_wishes, choose_method, set_wishes

__all__ = [
    "Card",
    "add_group",
    "add_partner",
    "add_wishes",
    "answer_expression",
    "change_group",
    "choose_method",
    "due_visit",
    "end_partner",
    "express",
    "found",
    "key_card",
    "make_visit",
    "note_progress",
    "pull_visits",
    "put_group",
    "send_pack",
    "set_aside",
    "set_wishes",
    "take_up",
]
