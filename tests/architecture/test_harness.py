"""Each rule of the strict harness bites."""

from __future__ import annotations

import datetime as dt
import socket
import warnings
from pathlib import Path
from typing import Any

import django
import pytest
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template import Engine, engines
from django.test import Client
from django.urls import path
from django.utils import timezone
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

from involvement.accounts.doors import open_view
from involvement.accounts.models import StaffMember
from involvement.landlords.models import Landlord, Place, Unit
from tests.harness.clock import STARTS_AT
from tests.harness.folders import pytest_unconfigure
from tests.harness.templates import is_ours

Failed = pytest.fail.Exception


@open_view
def page(request: HttpRequest) -> HttpResponse:
    """Gives back what it is sent, as a page, and does what it is told."""
    if "write" in request.GET:
        Unit.objects.create(name="Written by a look")
    if "later" in request.GET:
        transaction.on_commit(lambda: DONE.append(Unit.objects.order_by("pk").count()))
    return HttpResponse(request.GET.get("html", ""))


DONE: list[int] = []
urlpatterns = [path("page/", page)]


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{{ plan }}", "plan"),
        ("{{ plan.title }}", "plan.title"),
        ("{{ plan|upper }}", "plan"),
        ("{% for line in lines %}{{ line }}{% endfor %}", "lines"),
        ("{% with line=plan.line %}{{ line }}{% endwith %}", "plan.line"),
    ],
)
def test_an_undefined_variable_fails_and_is_named(source: str, name: str) -> None:
    with pytest.raises(Failed, match=f"“{name}”"):
        render(source)


def test_an_undefined_variable_in_a_file_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "line.html").write_text("{{ due }}")
    monkeypatch.setattr("tests.harness.templates.BASE_DIR", tmp_path)
    engine = Engine(dirs=[str(tmp_path)])
    with pytest.raises(Failed, match=r"line\.html"):
        engine.render_to_string("line.html")


@pytest.mark.parametrize(
    "source", ["{% if plan %}yes{% endif %}", '{{ plan|default:"" }}', "{% firstof plan %}"]
)
def test_asking_whether_a_variable_is_there_is_allowed(source: str) -> None:
    assert render(source) == ""


def test_templates_of_installed_packages_are_left_alone() -> None:
    where = Path(django.__file__).parent / "forms" / "templates" / "django" / "forms" / "div.html"
    assert where.exists()
    assert not is_ours(str(where))


@pytest.mark.django_db
def test_rows_in_no_order_come_shuffled(in_poole: Landlord) -> None:
    for number in range(8):
        Unit.objects.create(name=f"Unit {number}")
    seen = {tuple(Unit.objects.values_list("name", flat=True)) for _ in range(20)}
    assert len(seen) > 1
    ordered = {tuple(Unit.objects.order_by("pk").values_list("name", flat=True)) for _ in range(5)}
    assert ordered == {tuple(f"Unit {number}" for number in range(8))}


@pytest.mark.django_db
def test_shuffling_leaves_counts_and_groups_right(in_poole: Landlord) -> None:
    unit = Unit.objects.create(name="North")
    for number in range(3):
        Place.objects.create(name=f"Place {number}", unit=unit)
    assert Place.objects.count() == 3
    assert list(Place.objects.values("unit").annotate(n=Count("pk"))) == [{"unit": unit.pk, "n": 3}]
    assert list(Unit.objects.filter(pk__in=Place.objects.values("unit"))) == [unit]


@pytest.mark.django_db
def test_a_moment_is_not_taken_for_a_day(in_poole: Landlord) -> None:
    with pytest.raises(Failed, match="left_on holds a day"):
        StaffMember.objects.filter(left_on__lte=timezone.now()).exists()
    assert not StaffMember.objects.filter(left_on__lte=timezone.localdate()).exists()


@pytest.mark.django_db
def test_a_lock_says_which_table(in_poole: Landlord) -> None:
    places = Place.objects.select_related("unit").order_by("pk")
    with pytest.raises(Failed, match="Place"):
        list(places.select_for_update())
    assert list(places.select_for_update(of=("self",))) == []


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_only_looked_at_may_not_write(visitor: Client) -> None:
    with pytest.raises(Failed, match='INSERT INTO "involvement_unit"'):
        visitor.get("/page/?write=1")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_was_put_off_until_after_the_commit_is_done_in_scope(visitor: Client) -> None:
    DONE.clear()
    visitor.get("/page/?later=1")
    assert DONE == [0]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "style element"),
        ('<button type="button" onclick="go()">', "event handler"),
        ("<script>go()</script>", "inline script"),
        ('<a href="javascript:go()">', "javascript:"),
        ("<p>{{ plan.title }}</p>", "template syntax"),
    ],
)
def test_pages_carry_nothing_the_content_policy_refuses(
    visitor: Client, html: str, fault: str
) -> None:
    with pytest.raises(Failed, match=fault):
        visitor.get("/page/", {"html": html})


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_scripts_in_files_and_data_are_allowed(visitor: Client) -> None:
    html = '<script src="/static/a.js"></script><script type="application/json">{}</script>'
    assert visitor.get("/page/", {"html": html}).content.decode() == html


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="careful"):
        warnings.warn("careful", stacklevel=1)


def test_what_tests_keep_in_a_folder_goes_with_them(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    kept = tmp_path / "media" / "plans" / "a.pdf"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF")
    pytest_unconfigure()
    assert list(tmp_path.iterdir()) == []


def test_the_network_is_out_of_reach() -> None:
    with (
        pytest.warns(UserWarning, match="A test tried to use"),
        pytest.raises((SocketBlockedError, SocketConnectBlockedError)),
    ):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_every_test_begins_at_the_same_moment() -> None:
    assert timezone.now() - STARTS_AT < dt.timedelta(minutes=1)


@pytest.mark.real_clock("shows that the mark works")
def test_a_test_may_ask_for_the_real_clock() -> None:
    assert abs(timezone.now() - STARTS_AT) > dt.timedelta(hours=1)
