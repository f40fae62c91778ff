"""Numbers as people write them, and as providers want them."""

from __future__ import annotations

import pytest

from involvement.delivery import telephone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("07700900123", "+447700900123"),
        ("(07700) 900-123", "+447700900123"),
        ("+44 7700 900 123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("tel: 07700 900123", "+447700900123"),
        ("+353 85 012 3456", "+353850123456"),
        ("00 353 85 012 3456", "+353850123456"),
    ],
)
def test_a_mobile_number_however_it_is_written(written: str, number: str) -> None:
    assert telephone.to_text(written) == number
    assert telephone.to_text(number) == number


@pytest.mark.parametrize("last", ["000", "123", "999"])
def test_the_numbers_kept_for_drama_pass(last: str) -> None:
    assert telephone.to_text(f"07700 900{last}") == f"+447700900{last}"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "none",
        "ex-directory",
        "0770",
        "0770 090012",
        "07700 900123 ext 4",
        "07700 9001234567",
        "12",
    ],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(telephone.NotANumber, match="Write a whole mobile number"):
        telephone.to_text(written)


@pytest.mark.parametrize("written", ["01632 960123", "+44 20 7946 0123", "0800 1111111"])
def test_a_landline_takes_no_text(written: str) -> None:
    with pytest.raises(telephone.NotAMobile, match="begins with 07"):
        telephone.to_text(written)


def test_people_read_a_number_as_they_write_it() -> None:
    assert telephone.as_written("+447700900123") == "07700 900123"
    assert telephone.as_written("+353850123456") == "+353 85 012 3456"
    assert telephone.as_written("In person") == "In person"
