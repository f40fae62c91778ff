"""A private PostgreSQL and Valkey that start by themselves and stay until they are stopped.

`ensure_servers()` is what settings call when no DATABASE_URL is given. Where the servers run
already it costs two file reads and two connections to sockets; otherwise it starts them, under a
lock, so that two processes that ask at the same time get the same servers.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from involvement.servers import binaries, postgres, valkey
from involvement.servers.accounts import choose_account
from involvement.servers.faults import FolderRefusedError
from involvement.servers.places import Places, home_of_data, private_folder, socket_folder

DATABASE = "involvement"
OWNER = "involvement_owner"
WEB = "involvement_web"


@dataclass(frozen=True)
class Servers:
    """The addresses of running servers."""

    database_url: str
    """For web and workers: the role that owns nothing."""
    database_owner_url: str
    """For migrations: the role that owns the tables."""
    database_admin_url: str
    """For making roles and nothing else: the superuser."""
    redis_url: str
    """For the cache, as redis-py wants it."""
    broker_url: str
    """For the jobs, as Celery wants it."""


@dataclass(frozen=True)
class Memory:
    """What has to be known to find the servers again; kept in `.local/servers.json`."""

    base: str
    """The folder of this memory, to notice that the project was moved or copied."""
    home: str
    """Where data lies: the same folder, or one outside the project."""
    major: int
    sockets: str
    passwords: dict[str, str] = field(default_factory=dict)
    prepared: str = ""

    @property
    def postgres_data(self) -> Path:
        """PostgreSQL's data folder; another major version has another."""
        return Path(self.home) / f"postgres-{self.major}"

    @property
    def valkey_data(self) -> Path:
        """Valkey's data folder."""
        return Path(self.home) / "valkey"

    @property
    def is_up(self) -> bool:
        """Tell whether both servers answer."""
        sockets = Path(self.sockets)
        return postgres.is_up(self.postgres_data, sockets) and valkey.is_up(
            sockets, self.passwords["valkey"]
        )

    def addresses(self) -> Servers:
        """Return the addresses of the servers remembered here."""
        socket = quote(str(Path(self.sockets) / valkey.SOCKET_NAME))
        secret = self.passwords["valkey"]
        return Servers(
            database_url=self._database_url(WEB, DATABASE),
            database_owner_url=self._database_url(OWNER, DATABASE),
            database_admin_url=self._database_url(postgres.ADMIN, "postgres"),
            redis_url=f"unix://:{secret}@{socket}?db=1",
            broker_url=f"redis+socket://:{secret}@{socket}?virtual_host=0",
        )

    def _database_url(self, role: str, database: str) -> str:
        host = quote(self.sockets, safe="")
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={host}"


@dataclass(frozen=True)
class Status:
    """Whether each server answers, and where its data lies."""

    postgres: bool
    valkey: bool
    data: str
    log: str


def ensure_servers(places: Places | None = None) -> Servers:
    """Return the addresses of the embedded servers, starting what does not run.

    Raises a ServersError, whose message says what to do, when they cannot be started.
    """
    places = places or Places.from_environment()
    memory = _remembered(places)
    if memory and memory.is_up and memory.prepared == _recipe():
        return memory.addresses()
    with _locked(places):
        return _started(places).addresses()


def stop_servers(places: Places | None = None) -> bool:
    """Stop the embedded servers; return whether there was anything to stop."""
    places = places or Places.from_environment()
    if _remembered(places) is None:
        return False
    with _locked(places):
        memory = _remembered(places)
        if memory is None:
            return False
        running = postgres.pid_of(memory.postgres_data) or valkey.pid_of(memory.valkey_data)
        postgres.stop(memory.postgres_data)
        valkey.stop(memory.valkey_data)
        return running is not None


def forget_servers(places: Places | None = None) -> None:
    """Stop the embedded servers and remove all they hold, also what lies outside the project."""
    places = places or Places.from_environment()
    stop_servers(places)
    memory = _remembered(places)
    if memory is None:
        return
    with _locked(places):
        for folder in (memory.postgres_data, memory.valkey_data, Path(memory.sockets)):
            shutil.rmtree(folder, ignore_errors=True)
        if Path(memory.home) != places.base:
            shutil.rmtree(memory.home, ignore_errors=True)
        places.memory.unlink(missing_ok=True)
        (places.base / "demo-made-from").unlink(missing_ok=True)


def status(places: Places | None = None) -> Status:
    """Say which servers answer; starts nothing."""
    places = places or Places.from_environment()
    memory = _remembered(places)
    if memory is None:
        return Status(postgres=False, valkey=False, data="", log=str(places.logs))
    sockets = Path(memory.sockets)
    return Status(
        postgres=postgres.is_up(memory.postgres_data, sockets),
        valkey=valkey.is_up(sockets, memory.passwords["valkey"]),
        data=memory.home,
        log=str(places.logs),
    )


def _started(places: Places) -> Memory:
    """Start what does not run; the caller holds the lock."""
    memory = _remembered(places)
    account = choose_account(memory.postgres_data if memory else None)
    home = Path(memory.home) if memory else home_of_data(places, account)
    found = binaries.find_postgres(home, account)
    sockets = socket_folder(home, places, account)
    database = postgres.Postgres(
        binaries=found,
        data=home / f"postgres-{found.major}",
        sockets=sockets,
        log=_log(places, "postgres.log"),
        account=account,
        for_tests=places.for_tests,
    )
    if memory is None and database.data.exists():
        raise FolderRefusedError(
            f"{database.data} holds data, but {places.memory}, with the passwords for it, is gone. "
            "Put the file back, or run `make clean` to begin anew."
        )
    passwords = memory.passwords if memory else _new_passwords()
    broker = valkey.Valkey(
        program=binaries.find_valkey(home, account),
        data=private_folder(home / "valkey", account),
        sockets=sockets,
        log=_log(places, "valkey.log"),
        account=account,
        password=passwords["valkey"],
        for_tests=places.for_tests,
    )
    memory = Memory(
        base=str(places.base),
        home=str(home),
        major=found.major,
        sockets=str(sockets),
        passwords=passwords,
        prepared=memory.prepared if memory and database.data.is_dir() else "",
    )
    # The passwords are safe before a data folder exists that can only be opened with them
    _remember(places, memory)
    if not valkey.is_up(sockets, broker.password):
        valkey.stop(broker.data)
        broker.start()
    if not database.data.is_dir():
        database.initialise(passwords[postgres.ADMIN])
    if not database.is_up:
        postgres.stop(database.data)
        database.start()
    return _prepared(places, memory)


def _prepared(places: Places, memory: Memory) -> Memory:
    """Make roles and database, once for each wording of the recipe."""
    if memory.prepared == _recipe():
        return memory
    import psycopg  # noqa: PLC0415 -- slow import, needed on the first start only

    from involvement.servers.roles import prepare_roles  # noqa: PLC0415 -- imports psycopg

    with psycopg.connect(memory.addresses().database_admin_url, autocommit=True) as connection:
        prepare_roles(
            connection,
            database=DATABASE,
            passwords={role: memory.passwords[role] for role in (OWNER, WEB)},
        )
    memory = replace(memory, prepared=_recipe())
    _remember(places, memory)
    return memory


def _recipe() -> str:
    """Return a mark of how roles are made, so that a change reaches databases already there."""
    return hashlib.sha256(Path(__file__).with_name("roles.py").read_bytes()).hexdigest()[:16]


def _new_passwords() -> dict[str, str]:
    return {name: secrets.token_hex(24) for name in (postgres.ADMIN, OWNER, WEB, "valkey")}


def _log(places: Places, name: str) -> Path:
    """Return an empty log for this start; the one before is kept under `.1`."""
    log = places.logs / name
    if log.is_file() and log.stat().st_size:
        log.replace(log.with_name(f"{name}.1"))
    log.touch(mode=0o600)
    return log


def _remembered(places: Places) -> Memory | None:
    """Return what is known of this set of servers, or None before the first start."""
    try:
        memory = Memory(**json.loads(places.memory.read_text()))
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise FolderRefusedError(
            f"{places.memory} belongs to another user. Run this as the user who first ran "
            "`make demo` here, or as that user run `make clean`."
        ) from error

    if memory.base == str(places.base):
        return memory
    if memory.home != memory.base:
        return None  # data outside the project belong to the folder they were made for
    moved = str(places.base)
    return replace(memory, base=moved, home=moved, sockets=str(places.base / "run"))


def _remember(places: Places, memory: Memory) -> None:
    """Write the memory in one stroke, readable to us alone."""
    draft = places.memory.with_suffix(".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(memory), indent=2) + "\n")
    draft.replace(places.memory)


@contextmanager
def _locked(places: Places) -> Iterator[None]:
    """Hold the right to start and stop servers; the system frees it when we die."""
    places.prepare()
    handle = os.open(places.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
