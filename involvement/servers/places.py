"""Where the embedded servers keep their data, sockets, logs and memory.

Everything lies in `.local/` of the project, or in `.local/test/` when `INVOLVEMENT_SERVERS=test`,
so that tests can never touch the demo's data. Two things may have to lie elsewhere: sockets,
whose path the system limits to about a hundred bytes, and, when root runs us, whatever the
unprivileged user behind the servers could not reach in the project's folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from involvement.servers.accounts import Account
from involvement.servers.faults import FolderRefusedError

PROJECT = Path(__file__).resolve().parents[2]

# sun_path holds 108 bytes on Linux and 104 on macOS, closing zero included
LONGEST_SOCKET_PATH = 103
SOCKET_NAMES = (".s.PGSQL.5432.lock", "valkey.sock")


@dataclass(frozen=True)
class Places:
    """The folders of one set of servers."""

    base: Path
    for_tests: bool = False

    @classmethod
    def from_environment(cls, project: Path = PROJECT) -> Places:
        """Choose the demo's or the tests' set by `INVOLVEMENT_SERVERS`."""
        for_tests = os.environ.get("INVOLVEMENT_SERVERS") == "test"
        local = project / ".local"
        return cls(base=local / "test" if for_tests else local, for_tests=for_tests)

    @property
    def memory(self) -> Path:
        """What is running where, and the passwords made for it (mode 0600)."""
        return self.base / "servers.json"

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops servers."""
        return self.base / "servers.lock"

    @property
    def logs(self) -> Path:
        """Folder of the servers' logs."""
        return self.base / "log"

    @property
    def address(self) -> Path:
        """Where the demo answers, as long as it runs, for commands given beside it."""
        return self.base / "address"

    @property
    def key(self) -> str:
        """A short name for this set of servers, the same as long as the folder stays put."""
        return hashlib.sha256(str(self.base).encode()).hexdigest()[:12]

    def prepare(self) -> None:
        """Make our own folders; others may pass through them but not list them."""
        local = self.base.parent if self.for_tests else self.base
        for folder in (local, self.base, self.logs):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o711)


def private_folder(folder: Path, account: Account) -> Path:
    """Return `folder`, mode 0700 and owned by `account`, making it where it is missing.

    Raises FolderRefusedError when something else already stands there: in a shared place like
    /tmp somebody might have put a folder of theirs under our name.
    """
    try:
        folder.mkdir(mode=0o700, parents=False)
    except FileExistsError:
        pass
    else:
        folder.chmod(0o700)
        account.give(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
        raise FolderRefusedError(
            f"{folder} should be a folder owned by {account.name} and is not. "
            "Remove it (or `make clean`) and start again."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def home_of_data(places: Places, account: Account) -> Path:
    """Return the folder for data and copies of binaries: `.local`, or one outside the project.

    Outside means that root runs us from a folder, such as its own home, that the servers' user
    cannot enter. We never open such a folder to others. /var/lib comes before /var/tmp, because
    the latter is swept of old files on many systems.
    """
    if reaches(account, places.base):
        return places.base
    for parent in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108 -- checked by private_folder
        if parent.is_dir() and os.access(parent, os.W_OK):
            return private_folder(parent / f"resident-involvement-{places.key}", account)
    raise FolderRefusedError(
        f"{account.name} cannot enter {places.base}, and neither /var/lib nor /var/tmp is writable."
    )


def socket_folder(home: Path, places: Places, account: Account) -> Path:
    """Return a private folder whose path is short enough for sockets."""
    wanted = home / "run"
    longest = max(len(os.fsencode(wanted / name)) for name in SOCKET_NAMES)
    if longest <= LONGEST_SOCKET_PATH:
        return private_folder(wanted, account)
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.access(runtime, os.W_OK) and not account.is_dropped:
        return private_folder(Path(runtime) / f"involvement-{places.key}", account)
    return private_folder(Path("/tmp") / f"involvement-{account.uid}-{places.key}", account)  # noqa: S108 -- checked by private_folder


def reaches(account: Account, path: Path) -> bool:
    """Tell whether the servers' user can enter the folder or run the file at `path`."""
    if not account.is_dropped:
        return os.access(path, os.X_OK)
    asked = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)],
        check=False,
        cwd="/",
        **account.identity(),
    )
    return asked.returncode == 0
