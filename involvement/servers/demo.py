"""The whole product in one foreground process: `make demo`.

Starts the embedded servers, brings tables and demo data up to date, then keeps web, worker and
clock running until Ctrl-C. `PORT` and `HOST` choose another address, `DEMO=full` loads every
home instead of one in ten.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from involvement.servers.faults import ServersError
from involvement.servers.manager import ensure_servers, stop_servers
from involvement.servers.places import PROJECT, Places
from involvement.servers.processes import wait_until
from involvement.servers.supervisor import Child, Supervisor, kill_left_behind

PYTHON = sys.executable
PROGRAMS = Path(PYTHON).parent
SECONDS_TO_ANSWER = 90.0


class StoppedByHand(Exception):
    """The person at the keyboard, or the system, wants the demo to end."""


def main() -> int:
    """Run the demo until it is stopped; return the exit status."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _stop_by_hand)
    places = Places.from_environment()
    places.prepare()
    try:
        with _only_one(places):
            try:
                return _run(places)
            except StoppedByHand:
                return 0
            finally:
                # A second Ctrl-C would leave servers behind
                for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(sign, signal.SIG_IGN)
                stop_servers(places)
                say("Everything is stopped. Your data stays for the next `make demo`.")
    except ServersError as error:
        print(error, file=sys.stderr)
        return 1


def _run(places: Places) -> int:
    say("Starting PostgreSQL and Valkey …")
    ensure_servers(places)
    if not prepare_data(places):
        return 1
    host, port = os.environ.get("HOST", "127.0.0.1"), choose_port()
    supervisor = Supervisor(children_of(places, host, port), say=say, memory=_children_file(places))
    places.address.write_text(site_address(port))
    try:
        supervisor.start()
        announced = False
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while True:
            supervisor.look_after()
            if not announced and (web_answers(port) or time.monotonic() > deadline):
                announced = True
                announce(port, places, answers=time.monotonic() <= deadline)
            time.sleep(0.2)
    finally:
        say("Stopping …")
        places.address.unlink(missing_ok=True)
        supervisor.stop()


def prepare_data(places: Places) -> bool:
    """Bring tables and demo data up to date; return False where that failed, with its words.

    What was done is remembered by the checksum of the migrations and of the demo's data, so that
    a second start needs neither.
    """
    full = os.environ.get("DEMO") == "full"
    stamp = places.base / "demo-made-from"
    mark = _mark_of_data(full=full)
    if stamp.is_file() and stamp.read_text() == mark:
        return True
    stamp.unlink(missing_ok=True)
    steps = {
        "Making the tables": ["migrate", "--in-words"],
        f"Loading the {'whole ' if full else ''}demo": ["load_demo", *(["--full"] if full else [])],
    }
    for sentence, command in steps.items():
        say(f"{sentence} …")
        done = subprocess.run(
            [PYTHON, str(PROJECT / "manage.py"), *command], check=False, cwd=PROJECT
        )
        if done.returncode != 0:
            say(f"`manage.py {' '.join(command)}` failed; its words stand above.")
            return False
    stamp.write_text(mark)
    return True


def _mark_of_data(*, full: bool) -> str:
    checksum = hashlib.sha256(b"full" if full else b"small")
    files = [*PROJECT.glob("*/migrations/**/*"), *PROJECT.glob("*/demo/**/*")]
    for path in sorted(files):
        if path.is_file() and "__pycache__" not in path.parts:
            checksum.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
    return checksum.hexdigest()


def children_of(places: Places, host: str, port: int) -> list[Child]:
    """Return web, worker and clock, ready to be started."""
    # Links in messages lead to where this demo answers
    environment = {"SITE_ADDRESS": site_address(port)} | os.environ
    environment |= {"PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "involvement.settings"}
    celery = [str(PROGRAMS / "celery"), "--app", "involvement", "--workdir", str(PROJECT)]
    commands = {
        "web": [
            *(str(PROGRAMS / "granian"), "--interface", "wsgi", "--working-dir", str(PROJECT)),
            *("--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", "8"),
            "involvement.wsgi:application",
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "clock": [*celery, "beat", "--loglevel", "INFO", "--pidfile="],
    }
    return [
        Child(name=name, command=command, log=places.logs / f"{name}.log", environment=environment)
        for name, command in commands.items()
    ]


def site_address(port: int) -> str:
    """Where a demo at this port answers in a browser on this machine."""
    return f"http://localhost:{port}"


def choose_port() -> int:
    """Return PORT (8000 by default), or the next one that is free, and say so."""
    wanted = int(os.environ.get("PORT", "8000"))
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                if port != wanted:
                    say(f"Port {wanted} is taken, so the demo uses {port}.")
                return port
    raise ServersError(f"Ports {wanted} to {wanted + 49} are all taken. Choose one with PORT=….")


def web_answers(port: int, name: str = "localhost") -> bool:
    """Tell whether the web process on this machine answers a request, with whatever page.

    `name` is the site asked for; the request looks like one a TLS proxy passed on.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": name, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(port: int, places: Places, *, answers: bool) -> None:
    """Print where the demo is and whom to sign in as."""
    if not answers:
        say(f"The site does not answer yet. Look at {places.logs / 'web.log'}.")
        return
    say(
        f"""
  The demo is at        http://localhost:{port}/
  One landlord's site   http://poole.localhost:{port}/   (works in browsers)

  To sign in, open http://localhost:{port}/ and choose a demo person: an involvement
  officer, a manager, a board member. One click, no password. Sign-in by e-mailed
  code works too: the messages are written to {places.base / "mail"}.

  Logs are in {places.logs}. Ctrl-C stops everything.
"""
    )


def stop_demo(places: Places) -> bool:
    """End the demo that runs in another terminal, or what is left of one that was killed.

    Returns whether one was running.
    """
    try:
        with _only_one(places):
            kill_left_behind(_children_file(places))
            return False
    except ServersError:
        with contextlib.suppress(OSError, ValueError):
            os.kill(int((places.base / "demo.pid").read_text()), signal.SIGTERM)
        return wait_until(lambda: not _is_taken(places), seconds=15)


def _is_taken(places: Places) -> bool:
    try:
        with _only_one(places):
            return False
    except ServersError:
        return True


def _children_file(places: Places) -> Path:
    return places.base / "demo-children"


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    print(sentence, flush=True)


def _stop_by_hand(_sign: int, _frame: FrameType | None) -> None:
    raise StoppedByHand


@contextlib.contextmanager
def _only_one(places: Places) -> Iterator[None]:
    """Hold the right to run the demo in this folder. The number in it is for `make stop`."""
    with (places.base / "demo.pid").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServersError(
                "The demo runs already, in another terminal. `make stop` ends it."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


if __name__ == "__main__":
    sys.exit(main())
