from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.exports.queries import list_named
from residents.segments import operations
from residents.segments.models import Segment
from residents.segments.policies import NameIsTaken
from residents.segments.rules import Asked
from tests.factories.people import make_person


@pytest.fixture
def segment(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Segment:
    return operations.add_segment(name="By letter", by=officer, at=now)


def page(name: str, *args: Any) -> str:
    return reverse(f"segments:{name}", args=args)


def test_a_segment_is_made_ruled_and_seen_without_script(
    officer_client: Client, in_poole: Landlord
) -> None:
    make_person("Ada Coles (demo)")
    made = officer_client.post(page("segment_add"), {"name": "By letter", "match": "ALL"})
    segment = Segment.objects.get()
    assert made["Location"] == page("segment_detail", segment.pk)
    choose = page("condition_choose", segment.pk) + "?group=0"
    assert "Wishes to be told" in officer_client.get(choose).content.decode()
    to = page("condition_set", segment.pk, 0, "told")
    assert to in officer_client.get(choose).content.decode()
    assert officer_client.post(to, {"answer": ["POST"]}).status_code == 302
    shown = officer_client.get(page("segment_detail", segment.pk)).content.decode()
    assert "1 person is in it" in shown
    assert "Wishes to be told by letter" in shown
    assert "Ada Coles (demo)" in shown


def test_the_same_form_sent_twice_makes_one_segment_and_one_condition(
    officer_client: Client, in_poole: Landlord
) -> None:
    token = re.search(
        r'name="form_token" value="([\w-]+)"',
        officer_client.get(page("segment_add")).content.decode(),
    )
    assert token is not None
    sent = {"name": "By letter", "match": "ALL", "form_token": token[1]}
    places = [officer_client.post(page("segment_add"), sent)["Location"] for _ in range(2)]
    segment = Segment.objects.get()
    assert places == [page("segment_detail", segment.pk)] * 2
    to = page("condition_set", segment.pk, 0, "told")
    for _ in range(2):
        assert officer_client.post(to, {"answer": ["POST"]}).status_code == 302
    segment.refresh_from_db()
    assert [len(group["conditions"]) for group in segment.rules] == [1]
    other = officer_client.post(page("segment_add"), {**sent, "form_token": str(uuid.uuid4())})
    assert "There is a segment of this name already" in other.content.decode()


def test_a_name_taken_meanwhile_is_said_and_no_crash(segment: Segment, officer: Actor) -> None:
    with pytest.raises(NameIsTaken):
        operations.add_segment(name="by LETTER", by=officer, at=segment.made_at)


def test_an_answer_is_needed_and_the_page_says_so(officer_client: Client, segment: Segment) -> None:
    sent = officer_client.post(page("condition_set", segment.pk, 0, "told"), {})
    assert "Choose at least one." in sent.content.decode()


def test_a_condition_is_changed_in_its_place(
    officer_client: Client, segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    asked = Asked("told", ["POST"])
    operations.ask(segment=segment, asked=asked, group=0, by=officer, at=now)
    change = page("condition_change", segment.pk, 0, "told", 0)
    begun = officer_client.get(change).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', begun) == ["POST"]
    officer_client.post(change, {"answer": ["FACE", "TEXT"]})
    segment.refresh_from_db()
    assert segment.rules[0]["conditions"] == [
        {"key": "told", "raw": ["FACE", "TEXT"], "negated": False}
    ]
    officer_client.post(page("condition_drop", segment.pk, 0, 0))
    segment.refresh_from_db()
    assert segment.rules == []


def test_somebody_is_left_out_with_a_reason_only(officer_client: Client, segment: Segment) -> None:
    person = make_person("Ada Coles (demo)")
    without = officer_client.post(page("pick", segment.pk), {"who": str(person.pk), "how": "OUT"})
    assert "Write why they are left out." in without.content.decode()
    officer_client.post(
        page("pick", segment.pk), {"who": "Ada Coles (demo)", "how": "OUT", "why": "Asked not to"}
    )
    row = segment.picks.get()
    assert (row.person, row.why) == (person, "Asked not to")
    officer_client.post(page("pick_undo", segment.pk, row.pk))
    assert not segment.picks.exists()


def test_a_count_of_weeks_ago_stands_nowhere(
    officer_client: Client, segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    ago = now - dt.timedelta(days=30)
    make_person("Ada Coles (demo)")
    for name in ("Ben Lake (demo)", "Cyd Oak (demo)"):
        operations.pick(segment=segment, person=make_person(name), how="IN", by=officer, at=ago)
    segment.refresh_from_db()
    type(segment).objects.filter(pk=segment.pk).update(kept_count=0, kept_first=[])

    detail = officer_client.get(page("segment_detail", segment.pk)).content.decode()
    assert "2 people are in it" in detail
    assert "Ben Lake (demo)" in detail
    everybody = officer_client.get(page("segment_people", segment.pk)).content.decode()
    assert "2 people are in it at this moment" in everybody
    assert "Cyd Oak (demo)" in everybody


def test_the_list_says_which_count_is_not_of_today_and_opening_it_counts_anew(
    officer_client: Client, segment: Segment, officer: Actor
) -> None:
    at = timezone.now()
    told = "Open it to see how many now."
    operations.count_all_anew(by=officer, at=at - dt.timedelta(days=30))
    assert told in officer_client.get(page("segment_list")).content.decode()
    assert operations.count_all_anew(by=officer, at=at) == 1
    assert told not in officer_client.get(page("segment_list")).content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_pages_ask_the_same_however_many_there_are(
    officer_client: Client,
    segment: Segment,
    officer: Actor,
    now: dt.datetime,
    how_many: int,
    settings: Any,
) -> None:
    settings.NAVIGATION = []  # the menu's counts belong to others
    for number in range(how_many):
        person = make_person(f"Ada {number} (demo)")
        operations.add_segment(name=f"Another {number}", by=officer, at=now)
        operations.pick(segment=segment, person=person, how="IN", by=officer, at=now)
    pages = {
        "segment_list": (),
        "segment_detail": (segment.pk,),
        "segment_people": (segment.pk,),
    }
    asked = {name: queries_of(officer_client, page(name, *args)) for name, args in pages.items()}
    assert asked == {"segment_list": 9, "segment_detail": 10, "segment_people": 9}


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_strangers_find_nothing_and_contributors_may_not(
    stranger_client: Client, contributor_client: Client, segment: Segment
) -> None:
    for name, args in (
        ("segment_list", ()),
        ("segment_detail", (segment.pk,)),
        ("segment_people", (segment.pk,)),
        ("segment_change", (segment.pk,)),
        ("condition_choose", (segment.pk,)),
    ):
        assert stranger_client.get(page(name, *args)).status_code == 404
        assert contributor_client.get(page(name, *args)).status_code == 403


def test_the_people_of_a_segment_are_taken_out_by_the_one_door(
    officer_client: Client, segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    ada = make_person("Ada Coles (demo)")
    make_person("Ben Lake (demo)")
    operations.pick(segment=segment, person=ada, how="IN", by=officer, at=now)
    door = reverse("exports:export_ask", args=["segment"]) + f"?segment={segment.pk}"
    assert door in officer_client.get(page("segment_people", segment.pk)).content.decode()
    found = list_named("segment")
    assert found is not None
    rows = [line[2] for line in found.lines({"segment": str(segment.pk)})]
    assert rows == ["Ada Coles (demo)"]
    assert list(found.lines({})) == []
    whole = officer_client.get(reverse("exports:export_list")).content.decode()
    assert "People of a segment" not in whole
