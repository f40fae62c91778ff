"""A job serves the landlord that was in scope when it was enqueued, however it comes to run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery, chain, chord, group
from celery.contrib.testing.worker import start_worker

from involvement.celery import app as product_app
from involvement.isolation import NoLandlord, landlord_scope, no_scope
from involvement.isolation.scope import current
from involvement.isolation.tasks import LandlordTask, Queue, fan_out_task, landlord_task
from involvement.landlords.models import Landlord

SEEN: list[tuple[str, int | None]] = []


@pytest.fixture(autouse=True)
def _fresh() -> None:
    SEEN.clear()


@pytest.fixture
def poole() -> Landlord:
    """Never saved: these jobs only say whom they serve."""
    return Landlord(pk=41, slug="poole")


@pytest.fixture
def oxford() -> Landlord:
    return Landlord(pk=42, slug="oxford")


@pytest.fixture(scope="module")
def running() -> Iterator[Celery]:
    """A broker, a result store and a worker inside this process."""
    app = Celery("probe", broker="memory://", backend="cache+memory://", set_as_current=False)
    app.conf.task_always_eager = False

    @app.task(base=LandlordTask, name="probe.note")
    def note(*_previous: Any, word: str) -> int | None:
        SEEN.append((word, current().landlord))
        return current().landlord

    @app.task(base=LandlordTask, name="probe.again", bind=True, max_retries=1)
    def again(self: Any) -> int | None:
        SEEN.append(("again", current().landlord))
        if self.request.retries == 0:
            raise self.retry(countdown=0)
        return current().landlord

    @app.task(base=LandlordTask, name="probe.from_within")
    def from_within() -> None:
        note.apply_async(kwargs={"word": "within"})

    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="ERROR"):
        yield app


@pytest.fixture
def worker(running: Celery) -> Iterator[Celery]:
    """The running worker; its application is everybody's for as long as the test lasts."""
    running.set_current()
    running.set_default()
    yield running
    product_app.set_current()
    product_app.set_default()


def note(app: Celery, word: str) -> Any:
    return app.tasks["probe.note"].s(word=word)


def test_the_landlord_travels_with_the_job(worker: Celery, poole: Landlord) -> None:
    with landlord_scope(poole):
        result = note(worker, "plain").apply_async()
    assert result.get(timeout=10) == poole.pk


def test_neighbours_in_the_queue_do_not_mix(
    worker: Celery, poole: Landlord, oxford: Landlord
) -> None:
    results = []
    for number in range(10):
        landlord = (poole, oxford)[number % 2]
        with landlord_scope(landlord):
            results.append((landlord.pk, note(worker, str(number)).apply_async()))
    assert [result.get(timeout=10) for _key, result in results] == [key for key, _ in results]


def test_a_countdown_keeps_it(worker: Celery, poole: Landlord) -> None:
    with landlord_scope(poole):
        result = note(worker, "later").apply_async(countdown=0.2)
    assert result.get(timeout=10) == poole.pk


def test_a_retry_keeps_it(worker: Celery, poole: Landlord) -> None:
    with landlord_scope(poole):
        result = worker.tasks["probe.again"].apply_async()
    assert result.get(timeout=10) == poole.pk
    assert [("again", poole.pk), ("again", poole.pk)] == SEEN


def test_a_chain_keeps_it(worker: Celery, poole: Landlord) -> None:
    with landlord_scope(poole):
        result = chain(
            note(worker, "one"), note(worker, "two"), note(worker, "three")
        ).apply_async()
    assert result.get(timeout=10) == poole.pk
    assert [("one", poole.pk), ("two", poole.pk), ("three", poole.pk)] == SEEN


def test_a_chord_keeps_it(worker: Celery, poole: Landlord) -> None:
    with landlord_scope(poole):
        head = group(note(worker, "left"), note(worker, "right"))
        result = chord(head, app=worker)(note(worker, "both"))
    assert result.get(timeout=10) == poole.pk
    assert sorted(SEEN) == [("both", poole.pk), ("left", poole.pk), ("right", poole.pk)]


def test_a_job_enqueued_by_a_job_serves_the_same_landlord(worker: Celery, poole: Landlord) -> None:
    with landlord_scope(poole):
        result = worker.tasks["probe.from_within"].apply_async()
    result.get(timeout=10)
    for _ in range(100):
        if SEEN:
            break
        note(worker, "wait").apply_async(headers={"landlord": poole.pk}).get(timeout=10)
    assert ("within", poole.pk) in SEEN


def test_a_job_without_a_landlord_is_refused(worker: Celery) -> None:
    with no_scope():
        result = note(worker, "nobody").apply_async()
    with pytest.raises(NoLandlord, match="was enqueued without a landlord"):
        result.get(timeout=10)
    assert SEEN == []


@landlord_task(queue=Queue.SOON, name="tests.eager")
def eager(*, word: str) -> None:
    SEEN.append((word, current().landlord))


@fan_out_task(queue=Queue.NIGHTLY, name="tests.fan_out")
def fan_out(*, keys: list[int]) -> None:
    SEEN.append(("nobody", current().landlord))
    for key in keys:
        with landlord_scope(key):
            eager.delay(word="one")


@pytest.fixture(autouse=True)
def _the_product_answers_otherwise(request: pytest.FixtureRequest) -> None:
    if "worker" not in request.fixturenames:
        product_app.set_current()
        product_app.set_default()


def test_an_eager_job_serves_the_landlord_in_scope(poole: Landlord, oxford: Landlord) -> None:
    with landlord_scope(poole):
        eager.delay(word="now")
        signature = eager.s(word="signed")
    with landlord_scope(oxford):
        signature.delay()
        assert current().landlord == oxford.pk
    assert [("now", poole.pk), ("signed", oxford.pk)] == SEEN


def test_an_eager_job_without_a_landlord_is_refused() -> None:
    with no_scope(), pytest.raises(NoLandlord):
        eager.delay(word="nobody")
    assert SEEN == []


def test_a_fan_out_serves_nobody_and_its_jobs_one_each(poole: Landlord, oxford: Landlord) -> None:
    with landlord_scope(poole):
        fan_out.delay(keys=[poole.pk, oxford.pk])
    assert [("nobody", None), ("one", poole.pk), ("one", oxford.pk)] == SEEN


@pytest.mark.parametrize(("job", "queue"), [(eager, "soon"), (fan_out, "nightly")])
def test_a_job_goes_to_the_queue_it_names(job: Any, queue: str) -> None:
    assert product_app.amqp.router.route({}, job.name, task_type=job)["queue"].name == queue
