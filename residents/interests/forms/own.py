"""What a resident would like, said on their own page."""

from __future__ import annotations

from typing import Any

from residents.interests.forms.expressions import YOURS
from residents.interests.forms.wishes import WishesForm


class OwnWishesForm(WishesForm):
    """Subjects, ways, time and level, asked of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in YOURS.items():
            if name in self.fields:
                self.fields[name].label = label
