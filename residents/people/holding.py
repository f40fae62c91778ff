"""What the register keeps about a person besides the person's own row, which `residents.privacy`
itself shows, erases and merges field by field."""

from __future__ import annotations

from residents.privacy.ports import Holder

HOLDERS: tuple[Holder, ...] = ()
