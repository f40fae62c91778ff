"""From a fresh clone to installed packages: `python3 involvement/servers/bootstrap.py [--tests]`.

First it names everything this machine lacks, with the one line that installs it. Then it makes
`.tools` (uv, pinned by hash) and `.venv` (all packages, pinned by hash), and for tests
`node_modules` and the browser. Each step leaves the checksum of what it was made from, so that a
second run does nothing.

This file runs before any package is installed, by whatever `python3` is there: it imports nothing
of the project and speaks no newer Python than it must to say that the Python is too old.
"""

from __future__ import annotations

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = (3, 11)
PYTHONS = ("python3.13", "python3.12", "python3.11")

SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

# What a program needs: the library as the linker knows it, and Debian's package that brings it
PDF_LIBRARIES = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}
BROWSER_LIBRARIES = {"nss3": "libnss3", "nspr4": "libnspr4", "expat": "libexpat1"}


def main() -> int:
    """Check the machine, install what is pinned; return the exit status."""
    parser = argparse.ArgumentParser(description="Check this machine and install what is pinned.")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    for_tests = parser.parse_args().tests
    python = find_python()
    packages = missing_packages(python, for_tests=for_tests)
    if packages or python is None:
        print(what_to_install(packages), file=sys.stderr)
        return 1
    try:
        install(python, for_tests=for_tests)
    except subprocess.CalledProcessError as error:
        print(f"This step failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        print("Look above for the reason. Run the command again once it is gone.", file=sys.stderr)
        return 1
    return 0


def find_python() -> str | None:
    """Return a Python new enough for us: the one running, else one on the path, else None."""
    if sys.version_info >= OLDEST_PYTHON:
        # Out of an active virtual environment, to the Python it was made from
        return getattr(sys, "_base_executable", sys.executable)
    return next((found for name in PYTHONS if (found := shutil.which(name))), None)


def missing_packages(python: str | None, *, for_tests: bool) -> dict[str, str]:
    """Return what is missing, as reason by Debian package; nothing missing gives an empty one."""
    missing = {}
    if python is None:
        missing["python3"] = "Python 3.11 or later"
        missing["python3-venv"] = "Python's venv and ensurepip"
    elif not _can_import(python, "venv", "ensurepip"):
        missing["python3-venv"] = "Python's venv and ensurepip"
    if shutil.which("make") is None:
        missing["make"] = "make"
    libraries = dict(PDF_LIBRARIES)
    if for_tests:
        libraries.update(BROWSER_LIBRARIES)
        if shutil.which("node") is None:
            missing["nodejs"] = "Node.js, for the browser tests"
        if shutil.which("npm") is None:
            missing["npm"] = "npm, for the browser tests"
    for library, package in libraries.items():
        if ctypes.util.find_library(library) is None:
            use = "PDFs" if library in PDF_LIBRARIES else "the browser tests"
            missing[package] = f"the library {library}, for {use}"
    return missing


def what_to_install(packages: dict[str, str]) -> str:
    """Return the message that names what is missing and the line that installs it."""
    names = "\n".join(f"  - {reason}" for reason in packages.values())
    sudo = "" if os.geteuid() == 0 else "sudo "
    line = f"{sudo}apt-get update && {sudo}apt-get install -y {' '.join(packages)}"
    advice = f"Install it with:\n\n  {line}\n\nand run the same command again."
    if sys.platform == "darwin":
        advice = "Install it with:\n\n  brew install python@3.13 pango node\n"
    elif "python3" in packages:
        advice += "\nIf that Python is older than 3.11, this system's release is too old."
    return f"This machine lacks:\n{names}\n\n{advice}"


def install(python: str, *, for_tests: bool) -> None:
    """Bring `.tools`, `.venv` and, for tests, `node_modules` in line with their locks.

    Raises subprocess.CalledProcessError for a step that failed; it is done anew the next time.
    """
    tools, venv = PROJECT / ".tools", PROJECT / ".venv"
    tools_lock = PROJECT / "requirements-tools.lock"
    lock = PROJECT / ("requirements-dev.lock" if for_tests else "requirements.lock")
    larger = PROJECT / "requirements-dev.lock"
    if not for_tests and _was_made_from(venv, larger):
        lock = larger  # the tests' environment holds all the product needs, and is wanted again
    if not _is_made_from(venv, lock, python):
        if not _is_made_from(tools, tools_lock, python):
            _make_tools(python, tools, tools_lock)
        _say(f"Installing the packages pinned in {lock.name} into .venv")
        uv = str(tools / "bin" / "uv")
        if not (venv / "bin" / "python").exists() or not _same_python(venv, python):
            _run(uv, "venv", "--quiet", "--clear", "--python", python, str(venv))
        _run(
            *(uv, "pip", "sync", "--quiet", "--require-hashes"),
            *("--python", str(venv / "bin" / "python"), str(lock)),
        )
        _stamp(venv, lock, python)
    modules, modules_lock = PROJECT / "node_modules", PROJECT / "package-lock.json"
    if for_tests and not _is_made_from(modules, modules_lock, python):
        _say("Installing the browser and its checks into node_modules")
        # Nothing a package brings is run while it is installed
        _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _stamp(modules, modules_lock, python)


def _make_tools(python: str, tools: Path, lock: Path) -> None:
    _say("Installing uv, pinned in requirements-tools.lock, into .tools")
    _run(python, "-m", "venv", "--clear", str(tools))
    _run(
        *(str(tools / "bin" / "python"), "-m", "pip", "install", "--quiet"),
        *("--disable-pip-version-check", "--require-hashes", "--requirement", str(lock)),
    )
    _stamp(tools, lock, python)


def _is_made_from(folder: Path, lock: Path, python: str) -> bool:
    try:
        return (folder / ".made-from").read_text() == _mark(lock, python)
    except OSError:
        return False


def _was_made_from(folder: Path, lock: Path) -> bool:
    """Whether it was made from this lock, whatever stood in it then."""
    try:
        return (folder / ".made-from").read_text().startswith(f"{lock.name} ")
    except OSError:
        return False


def _stamp(folder: Path, lock: Path, python: str) -> None:
    (folder / ".made-from").write_text(_mark(lock, python))


def _mark(lock: Path, python: str) -> str:
    """Say in one word what a folder was made from; a moved folder is made anew."""
    checksum = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{lock.name} {checksum} {python} {PROJECT}\n"


def _same_python(venv: Path, python: str) -> bool:
    return Path(os.path.realpath(venv / "bin" / "python")) == Path(os.path.realpath(python))


def _can_import(python: str, *modules: str) -> bool:
    asked = subprocess.run(
        [python, "-c", f"import {', '.join(modules)}"], check=False, capture_output=True
    )
    return asked.returncode == 0


def _run(*command: str) -> None:
    # The certificates this system trusts, an organisation's own among them, hold for uv and npm too
    environment = {"UV_SYSTEM_CERTS": "1", **os.environ}
    if SYSTEM_CERTIFICATES.is_file():
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_CERTIFICATES))
    subprocess.run(command, check=True, cwd=PROJECT, stdin=subprocess.DEVNULL, env=environment)


def _say(sentence: str) -> None:
    print(f"{sentence} …", flush=True)


if __name__ == "__main__":
    sys.exit(main())
