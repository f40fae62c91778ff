"""What officers write about people, homes and who lives in them."""

from residents.people.forms.homes import HomeFilters, HomeForm, OnADay
from residents.people.forms.lists import CustomerTypeForm, PeopleFilters, TagForm
from residents.people.forms.moves import TakenBackForm
from residents.people.forms.moving import AddForm, MoveForm
from residents.people.forms.person import REACHED_BY, PersonForm

__all__ = [
    "REACHED_BY",
    "AddForm",
    "CustomerTypeForm",
    "HomeFilters",
    "HomeForm",
    "MoveForm",
    "OnADay",
    "PeopleFilters",
    "PersonForm",
    "TagForm",
    "TakenBackForm",
]
