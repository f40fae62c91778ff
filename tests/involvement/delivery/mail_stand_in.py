"""A mail server of our own on this machine, which takes, loses and refuses by a seed, and knows
afterwards what it really took for whom."""

from __future__ import annotations

import random
import socketserver
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

# What may befall a message, and whether the server has it afterwards.
REFUSED, LATER, BUSY, LOST, SILENT = (
    "550 at the address",
    "451 at the address, the first time",
    "421 at the address, the first time",
    "hung up before it was taken",
    "hung up after it was taken",
)


@dataclass
class MailStandIn:
    """`faults` says how often each of the above befalls a message; `late` after how many seconds it
    says that it took one."""

    seed: int = 0
    faults: Mapping[str, float] = field(default_factory=dict)
    late: float = 0
    taken: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    befell: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        stand_in = self

        class Handler(_Conversation):
            @property
            def mail(self) -> MailStandIn:
                return stand_in

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._lock = threading.Lock()
        self._met: set[tuple[str, str]] = set()
        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def reached(self) -> list[str]:
        """Everybody whom a message was taken for, as often as one was."""
        with self._lock:
            return list(self.taken)

    def take(self, to: str) -> None:
        with self._lock:
            self.taken.append(to)

    def fault_of(self, to: str) -> str:
        """What befalls a message to an address; what is only for the first time, once."""
        drawn = random.Random(f"{self.seed}:{to}").random()
        for fault, share in self.faults.items():
            drawn -= share
            if drawn < 0:
                return self._met_now(fault, to)
        return ""

    def _met_now(self, fault: str, to: str) -> str:
        with self._lock:
            if fault in {LATER, BUSY} and (fault, to) in self._met:
                return ""
            self._met.add((fault, to))
            self.befell[fault] = self.befell.get(fault, 0) + 1
            if fault == REFUSED:
                self.refused.add(to)
            return fault


class _Conversation(socketserver.StreamRequestHandler):
    to, fault = "", ""

    @property
    def mail(self) -> MailStandIn:
        raise NotImplementedError

    def handle(self) -> None:
        try:
            self._say("220 mail.example")
            while line := self.rfile.readline():
                verb, _, rest = line.decode().strip().partition(" ")
                if not getattr(self, f"_{verb.lower()}", self._ok)(rest):
                    return
        except OSError:
            # Whoever spoke has gone
            return

    def _say(self, words: str) -> bool:
        self.wfile.write(f"{words}\r\n".encode())
        return True

    def _ok(self, rest: str) -> bool:
        return self._say("250 OK")

    def _quit(self, rest: str) -> bool:
        self._say("221 Goodbye")
        return False

    def _rcpt(self, rest: str) -> bool:
        self.to = rest.partition("<")[2].partition(">")[0]
        self.fault = self.mail.fault_of(self.to)
        said = {REFUSED: "550 5.1.1 User unknown", LATER: "451 4.7.1 Greylisted"}
        if self.fault == BUSY:
            self._say("421 4.7.0 Too many messages")
            return False
        return self._say(said.get(self.fault, "250 OK"))

    def _data(self, rest: str) -> bool:
        self._say("354 Go on")
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            pass
        if not line or self.fault == LOST:
            return False
        self.mail.take(self.to)
        time.sleep(self.mail.late)
        return self.fault != SILENT and self._say("250 2.0.0 OK queued")
