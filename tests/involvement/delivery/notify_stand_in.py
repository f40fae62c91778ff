"""A GOV.UK Notify of our own on this machine: it takes, loses, delays, refuses and falls over, by a
seed, and knows afterwards what really went to whom."""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

SERVICE, SECRET = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-8999-000000000000"
KEY = f"involvement-{SERVICE}-{SECRET}"
TEMPLATE = "0a1b2c3d-1111-4222-8333-444444444444"
REFUSED = {
    "error": "ValidationError",
    "message": "phone_number Not enough digits",
}
# What may befall a request, and whether Notify has the message afterwards.
LOST, SILENT, FELL, FELL_AFTER, SLOW, LIMITED, NOT_TAKEN = (
    "dropped before it was taken",
    "dropped after it was taken",
    "500 before it was taken",
    "500 after it was taken",
    "taken, and answered late",
    "429",
    "400",
)


@dataclass
class Taken:
    """A message that Notify has, and would have sent."""

    id: str
    reference: str
    to: str
    kind: str
    given: dict[str, Any]
    status: str = "sending"


@dataclass
class NotifyStandIn:
    """`faults` says how often each of the above befalls a request; `says` answers in their place,
    one answer for each request, as (code, errors)."""

    seed: int = 0
    faults: Mapping[str, float] = field(default_factory=dict)
    says: list[tuple[int, list[dict[str, str]]]] = field(default_factory=list)
    late: float = 0.0
    taken: list[Taken] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    befell: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        stand_in = self

        class Handler(_Handler):
            @property
            def notify(self) -> NotifyStandIn:
                return stand_in

        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def reached(self) -> list[str]:
        """Everybody whom a message went to, as often as one went."""
        with self._lock:
            return [one.to for one in self.taken]

    def fault_of(self, reference: str) -> str:
        """What befalls the request of a reference: always the same for one seed."""
        drawn = random.Random(f"{self.seed}:{reference}").random()
        for fault, share in self.faults.items():
            drawn -= share
            if drawn < 0:
                return fault
        return ""

    def take(self, kind: str, given: dict[str, Any]) -> Taken:
        to = given["phone_number" if kind == "sms" else "email_address"]
        one = Taken(str(uuid.uuid4()), given["reference"], to, kind, given)
        with self._lock:
            self.taken.append(one)
        return one

    def note(self, fault: str, given: dict[str, Any]) -> None:
        with self._lock:
            self.befell[fault] = self.befell.get(fault, 0) + 1
            if fault == NOT_TAKEN:
                self.refused.add(given.get("phone_number") or given["email_address"])

    def find(self, reference: str) -> list[Taken]:
        with self._lock:
            self.asked.append(reference)
            return [one for one in self.taken if one.reference == reference]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def notify(self) -> NotifyStandIn:
        raise NotImplementedError

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kind = self.path.rpartition("/")[2]
        if not self.headers["Authorization"].startswith("Bearer ey"):
            self._errors(403, [{"error": "AuthError", "message": "Invalid token"}])
            return
        if self.notify.says:
            self._errors(*self.notify.says.pop(0))
            return
        self._befall(self.notify.fault_of(given["reference"]), kind, given)

    def do_GET(self) -> None:
        reference = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
        found = [
            {"id": one.id, "reference": one.reference, "status": one.status}
            for one in self.notify.find(reference)
        ]
        if self.notify.says:
            self._errors(*self.notify.says.pop(0))
            return
        self._answer(200, {"notifications": found, "links": {}})

    def _befall(self, fault: str, kind: str, given: dict[str, Any]) -> None:
        if fault:
            self.notify.note(fault, given)
        if fault == LIMITED:
            self._errors(429, [{"error": "RateLimitError", "message": "Exceeded rate limit"}])
        elif fault == NOT_TAKEN:
            self._errors(400, [REFUSED])
        elif fault == FELL:
            self._errors(500, [{"error": "Exception", "message": "Internal server error"}])
        elif fault == LOST:
            self._hang_up()
        else:
            one = self.notify.take(kind, given)
            if fault == FELL_AFTER:
                self._errors(500, [{"error": "Exception", "message": "Internal server error"}])
            elif fault == SILENT:
                self._hang_up()
            else:
                if fault == SLOW:
                    time.sleep(self.notify.late)
                self._answer(201, {"id": one.id, "reference": one.reference, "content": {}})

    def _hang_up(self) -> None:
        self.close_connection = True

    def _errors(self, code: int, errors: list[dict[str, str]]) -> None:
        self._answer(code, {"status_code": code, "errors": errors})

    def _answer(self, code: int, said: Any) -> None:
        body = json.dumps(said).encode()
        try:
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            # Whoever asked has gone
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Tests say themselves what they want to say."""
