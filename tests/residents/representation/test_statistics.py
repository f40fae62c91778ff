from __future__ import annotations

import pytest

from residents.representation.statistics import index_of, wilson


def test_the_range_is_wilsons() -> None:
    """Newcombe's example: 81 of 263 is 30.8 %, 25.5 % to 36.6 % (Statistics in Medicine 1998)."""
    share = wilson(81, 263)
    assert (round(share.value, 4), round(share.low, 4), round(share.high, 4)) == (
        0.3080,
        0.2553,
        0.3662,
    )


def test_the_ends_stay_inside_a_share() -> None:
    assert wilson(0, 20).low == 0
    assert wilson(20, 20).high == 1


@pytest.mark.parametrize(("count", "base"), [(1, 0), (-1, 10), (11, 10)])
def test_what_is_no_share_is_refused(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(count, base)


def test_an_index_is_flagged_only_where_its_range_excludes_one() -> None:
    few, many = index_of(wilson(20, 400), 0.19), index_of(wilson(40, 400), 0.11)
    assert few is not None
    assert many is not None
    assert few.excludes_one
    assert not many.excludes_one
    assert index_of(wilson(1, 20), 0) is None
