"""A refused page leaves one line in the log, and our own errors leave all there is to know."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from involvement.accounts.models import Membership
from involvement.accounts.turned_away import OneLine
from involvement.landlords.models import Landlord
from tests.conftest import client_for


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What a handler would write, traceback and all."""
    written = [record for record in caplog.records if record.name == "django.request"]
    return [logging.Formatter("%(message)s").format(record) for record in written]


def test_a_page_without_the_permission_says_who_lacks_what(
    poole: Landlord, asha: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    assert client_for(poole, asha).get("/desk/settings/brand/").status_code == 403
    (line,) = lines(caplog)
    assert (
        line == f"403 GET /desk/settings/brand/, member {asha.pk} at poole, lacks settings.change"
    )


def test_a_page_that_is_not_there_says_where_and_who(
    poole: Landlord, officer_client: Client, jean: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    assert officer_client.get("/desk/said/999999/").status_code == 404
    assert lines(caplog) == [f"404 GET /desk/said/999999/, member {jean.pk} at poole"]


def test_an_address_with_a_line_break_stays_one_line(
    poole: Landlord, officer_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    officer_client.get("/desk/no%0Asuch%0Apage/")
    (line,) = lines(caplog)
    assert "\n" not in line
    assert line.startswith(r"404 GET /desk/no\nsuch\npage/, ")


def test_an_error_of_our_own_keeps_its_traceback() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Broken: %s", ("/x/",), None)
    record.status_code, record.request = 500, object()
    with pytest.raises(ZeroDivisionError) as broken:
        _ = 1 / 0
    record.exc_info = (broken.type, broken.value, broken.tb)
    assert OneLine().filter(record)
    written = logging.Formatter("%(message)s").format(record)
    assert written.startswith("Broken: /x/\nTraceback")


def test_a_line_that_is_written_twice_over_says_the_same(
    poole: Landlord, asha: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    client_for(poole, asha).get("/desk/settings/brand/")
    (record,) = [one for one in caplog.records if one.name == "django.request"]

    assert OneLine().filter(record)
    assert record.getMessage().endswith("lacks settings.change")
