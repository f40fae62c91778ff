"""`python -m involvement.servers start|stop|status|forget|answers|roles`."""

from __future__ import annotations

import argparse
import os
import sys
from urllib.parse import unquote, urlsplit

from involvement.servers.demo import stop_demo, web_answers
from involvement.servers.faults import ServersError
from involvement.servers.manager import ensure_servers, forget_servers, status, stop_servers
from involvement.servers.places import Places


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m involvement.servers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start PostgreSQL and Valkey, and leave them running")
    commands.add_parser("stop", help="stop them")
    commands.add_parser("status", help="say which of them answer; exit 1 unless both do")
    commands.add_parser("forget", help="stop them and remove their data")
    commands.add_parser("answers", help="exit 1 unless the web process on PORT (8000) answers")
    roles = commands.add_parser("roles", help="make the roles and the database on a server")
    roles.add_argument(
        "--admin-url",
        default=os.environ.get("DATABASE_ADMIN_URL", ""),
        help="address of the administrator; by default DATABASE_ADMIN_URL",
    )
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "roles":
            return _roles(chosen.admin_url)
        return {
            "start": _start,
            "stop": _stop,
            "status": _status,
            "forget": _forget,
            "answers": _answers,
        }[chosen.command]()
    except ServersError as error:
        print(error, file=sys.stderr)
        return 1


def _start() -> int:
    ensure_servers()
    print("PostgreSQL and Valkey are running.")
    return 0


def _stop() -> int:
    """Stop the demo, which stops the servers on its way out, and servers nobody is in front of."""
    places = Places.from_environment()
    if not places.base.is_dir():
        print("Nothing was running.")
        return 0
    stopped = [stop_demo(places), stop_servers(places)]
    print("Everything is stopped." if any(stopped) else "Nothing was running.")
    return 0


def _answers() -> int:
    name = os.environ.get("BASE_DOMAIN", "localhost")
    return 0 if web_answers(int(os.environ.get("PORT", "8000")), name) else 1


def _forget() -> int:
    forget_servers()
    print("The data of PostgreSQL and Valkey are removed.")
    return 0


def _status() -> int:
    found = status()
    for name, up in (("PostgreSQL", found.postgres), ("Valkey", found.valkey)):
        print(f"{name} {'answers' if up else 'does not answer'}.")
    print(f"Data: {found.data or 'none yet'}. Logs: {found.log}.")
    return 0 if found.postgres and found.valkey else 1


def _roles(admin_url: str) -> int:
    """Make the roles named in DATABASE_OWNER_URL and DATABASE_URL, with the passwords there."""
    import psycopg  # noqa: PLC0415 -- the other commands work without it

    from involvement.servers.roles import OWNER, WEB, prepare_roles  # noqa: PLC0415 -- psycopg

    passwords, databases = {}, set()
    for variable, role in (("DATABASE_OWNER_URL", OWNER), ("DATABASE_URL", WEB)):
        address = urlsplit(os.environ.get(variable, ""))
        if address.username != role or not address.password:
            print(f"{variable} must be a URL with the user {role} and a password.", file=sys.stderr)
            return 1
        passwords[role] = unquote(address.password)
        databases.add(address.path.removeprefix("/"))
    if not admin_url or len(databases) != 1:
        print(
            "Set DATABASE_ADMIN_URL (or --admin-url), and name one and the same database in "
            "DATABASE_OWNER_URL and DATABASE_URL.",
            file=sys.stderr,
        )
        return 1
    database = databases.pop()
    with psycopg.connect(admin_url, autocommit=True) as connection:
        prepare_roles(connection, database=database, passwords=passwords)
    print(f"The roles and the database {database} are ready.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
