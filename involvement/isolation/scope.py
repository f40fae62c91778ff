"""Which landlord is being served. The one source of truth for every fence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db import connections, transaction

READ_ROLE = "involvement_read"

T = TypeVar("T")


class HasKey(Protocol):
    @property
    def pk(self) -> Any: ...


L = TypeVar("L", bound=HasKey)


class NoLandlord(Exception):
    """No landlord is in scope, so nothing of a landlord's can be read or written."""


class LandlordSwitched(Exception):
    """One transaction serves one landlord; finish this one before serving another."""


@dataclass(frozen=True)
class Scope:
    """`landlord` is the landlord's key or None; `role` the database role to work under."""

    landlord: int | None = None
    role: str = "none"


NOBODY = Scope()
_scope: ContextVar[Scope] = ContextVar("landlord_scope", default=NOBODY)
current = _scope.get


def landlord_id() -> int:
    """The key of the landlord in scope. Raises NoLandlord."""
    landlord = current().landlord
    if landlord is None:
        raise NoLandlord("No landlord is in scope. Use `with landlord_scope(landlord):`.")
    return landlord


@contextmanager
def entered(new: Scope) -> Iterator[None]:
    """Serve `new` inside the block. Raises LandlordSwitched inside a transaction bound to another."""
    if new.landlord != current().landlord and not settings.SCOPE_MAY_SWITCH_IN_TRANSACTION:
        for connection in _open_connections():
            if connection.in_atomic_block and connection.bound_landlord() is not None:
                raise LandlordSwitched(LandlordSwitched.__doc__)
    token = _scope.set(new)
    try:
        _sync()
        yield
    finally:
        _scope.reset(token)
        _sync()


def landlord_scope(landlord: HasKey | int, *, read_only: bool = False) -> Any:
    """Serve one landlord inside the block, which is given as an instance or its key."""
    key = landlord if isinstance(landlord, int) else landlord.pk
    return entered(Scope(key, READ_ROLE if read_only else "none"))


def no_scope() -> Any:
    """Serve nobody inside the block; nothing a thread still carries is inherited."""
    return entered(NOBODY)


def for_each(landlords: Iterable[L], question: Callable[[L], T]) -> Iterator[tuple[L, T]]:
    """Ask each landlord `question` in a read-only transaction of its own (group reports)."""
    for landlord in landlords:
        with landlord_scope(landlord, read_only=True), transaction.atomic():
            answer = question(landlord)
        yield landlord, answer


def _sync() -> None:
    for connection in _open_connections():
        connection.sync_scope()


def _open_connections() -> list[Any]:
    """Those of our own engine, which know scopes."""
    return list(connections.all(initialized_only=True))
