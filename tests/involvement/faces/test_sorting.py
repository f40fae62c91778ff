from __future__ import annotations

import pytest
from django.http import QueryDict
from django.template import engines

from involvement.faces.sorting import Sorting
from involvement.landlords.models import Landlord, Unit

BY = {"Name": ("name",), "Telephone": ("contact_phone", "name")}


def read(asked: str) -> Sorting:
    return Sorting.read(QueryDict(asked), BY)


@pytest.fixture
def units(in_poole: Landlord) -> None:
    for name, phone in (("Beta", "01632 960002"), ("Alpha", ""), ("Gamma", "01632 960001")):
        Unit.objects.create(name=name, contact_phone=phone)


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Beta", "Alpha", "Gamma"]),
        ("sort=name", ["Alpha", "Beta", "Gamma"]),
        ("sort=-name", ["Gamma", "Beta", "Alpha"]),
        ("sort=telephone", ["Alpha", "Gamma", "Beta"]),
        ("sort=-telephone", ["Beta", "Gamma", "Alpha"]),
        ("sort=password", ["Beta", "Alpha", "Gamma"]),
    ],
)
def test_rows_stand_as_asked_and_nonsense_changes_nothing(asked: str, names: list[str]) -> None:
    rows = read(asked).put_in_order(Unit.objects.order_by("pk"))
    assert [unit.name for unit in rows] == names


def test_a_head_leads_up_then_down_and_keeps_the_filter_but_not_the_page() -> None:
    up = read("q=ada&page=3").head("Name")
    assert up is not None
    assert (up.url, up.direction) == ("?q=ada&sort=name", "")
    down = read("q=ada&sort=name").head("Name")
    assert down is not None
    assert (down.url, down.direction) == ("?q=ada&sort=-name", "ascending")
    again = read("sort=-name").head("Name")
    assert again is not None
    assert (again.url, again.direction) == ("?sort=name", "descending")
    assert read("").head("Do") is None


def test_the_table_says_to_screen_readers_how_it_is_sorted() -> None:
    words = (
        '{% load faces %}{% table "Units" "Name|>Telephone|~Do" sorting=sorting %}{% endtable %}'
    )
    drawn = engines["django"].from_string(words).render({"sorting": read("sort=-name")})
    assert '<th scope="col" aria-sort="descending"><a class="sorts" href="?sort=name">Name' in drawn
    assert '<a class="sorts" href="?sort=telephone">Telephone' in drawn
    assert drawn.count('class="sorts"') == 2
