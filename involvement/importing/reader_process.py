"""Reads one workbook in a process of its own, with little memory and time.

Run as `python -m involvement.importing.reader_process [SHEET]` with the file on standard input;
answers with JSON on standard output: the table, or the refusal. A file made to exhaust its reader ends
this process and nothing else.
"""

import contextlib
import dataclasses
import json
import resource
import sys
from typing import Final

MEMORY: Final = 512 * 1024 * 1024
SECONDS: Final = 20


def main() -> None:
    """Limit this process, then read."""
    with contextlib.suppress(ValueError):  # macOS knows this limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # Only now, so that the limits hold for everything that follows
    from involvement.importing.refusals import ImportRefused  # noqa: PLC0415
    from involvement.importing.workbook_reader import read_workbook  # noqa: PLC0415

    try:
        sheet = sys.argv[1] if len(sys.argv) > 1 else ""
        answer = {"table": dataclasses.asdict(read_workbook(sys.stdin.buffer.read(), sheet))}
    except ImportRefused as refused:
        answer = {"refused": {"kind": type(refused).__name__, "sentence": str(refused)}}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
