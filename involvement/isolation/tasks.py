"""Jobs that serve one landlord: they carry its key in a header and re-enter its scope."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from celery import current_app, shared_task
from celery._state import get_current_task
from celery.contrib.django.task import DjangoTask

from involvement.isolation.scope import NoLandlord, current, landlord_scope, no_scope

HEADER = "landlord"


class Queue(StrEnum):
    """Each queue is a promise about how long a job may wait."""

    SOON = "soon"
    """A person is waiting: sign-in codes, replies, a preview. Seconds."""
    REPORTS = "reports"
    """Documents. Minutes; a slow one never holds up a sign-in code."""
    NIGHTLY = "nightly"
    """Reminders, housekeeping, fan-out over landlords. Hours."""


class LandlordTask(DjangoTask):  # type: ignore[type-arg]  # generic in the stubs only
    """Runs under the landlord that was in scope when it was enqueued. `for_landlord = False` is
    for fan-out and housekeeping, and runs under nobody. Raises NoLandlord.
    """

    abstract = True
    for_landlord = True
    lane: Queue

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault(HEADER, current().landlord or _inherited())
        return super().apply_async(*args, headers=headers, **kwargs)

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]  # returns nothing when it runs
        self.apply_async_on_commit(args, kwargs)

    def apply_async_on_commit(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]  # returns nothing when it runs
        """For whoever is in scope now: a commit may come when the scope is left already."""
        headers = {HEADER: current().landlord, **(kwargs.pop("headers", None) or {})}
        if headers[HEADER] is None:
            del headers[HEADER]
        super().apply_async_on_commit(*args, headers=headers, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self.for_landlord:
            with no_scope():
                return super().__call__(*args, **kwargs)
        landlord = _header(self.request)
        if landlord is None:
            landlord = current().landlord
        if landlord is None:
            raise NoLandlord(f"{self.name} was enqueued without a landlord.")
        with landlord_scope(landlord):
            return super().__call__(*args, **kwargs)


def _header(request: Any) -> int | None:
    value = (request.headers or {}).get(HEADER) if request is not None else None
    return value if value is not None else getattr(request, HEADER, None)


def _inherited() -> int | None:
    """A chain's next link is published after the body ended, outside the scope."""
    task: Any = get_current_task()  # None outside a worker
    return _header(task.request) if task is not None else None


def landlord_task(*, queue: Queue, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Declare a job that serves one landlord."""
    return shared_task(base=LandlordTask, lane=queue, ignore_result=True, **options)


def fan_out_task(*, queue: Queue, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Declare a job that serves nobody itself and enqueues one job for each landlord."""
    return shared_task(
        base=LandlordTask, lane=queue, ignore_result=True, for_landlord=False, **options
    )


def enqueue(name: str, **kwargs: Any) -> None:
    """Have a job run once the open transaction is done, named by its path so that an operation need
    not import the task that calls it. Raises celery.exceptions.NotRegistered."""
    task: Any = current_app.tasks[name]
    task.delay_on_commit(**kwargs)


def route(
    name: str, args: Any, kwargs: Any, options: Any, task: Any = None, **_: Any
) -> dict[str, str] | None:
    """Celery's router: a job goes to the queue it was declared with."""
    lane = getattr(task, "lane", None)
    return {"queue": str(lane)} if lane else None
