"""Reads an e-mail a resident wrote: who, when, and what they said without what they quoted."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Final

from django.utils.timezone import get_current_timezone, localdate

from involvement.auditing.refusals import Refusal
from involvement.calendars.moments import read_moment, tidy


class NotFromAPerson(Refusal):
    """A machine sent this (an automatic answer, a list or a bounce), so it is not in the log."""


class NothingSaid(Refusal):
    """This e-mail holds no words, so it is not in the log."""


@dataclass(frozen=True)
class Letter:
    """An e-mail as read. `sent_at` is None where its date cannot be read."""

    message_id: str
    name: str
    email: str
    sent_at: dt.datetime | None
    subject: str
    words: str
    attachments: tuple[str, ...]
    forwarded: bool = False


_FORWARDED: Final = re.compile(
    r"^[ \t>]*(?:-{2,}[ ]*(?:Forwarded message|Original Message)[ ]*-{2,}"
    r"|Begin forwarded message:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER: Final = re.compile(
    r"^[ \t>*]*(From|Date|Sent|Subject|To|Cc|Reply-To)\s*:\*?\s*(.*)$", re.IGNORECASE
)
_HEADERS_ALONE: Final = re.compile(
    r"^[ \t>*]*From:.{1,200}\n(?:[ \t>*]*(?:Date|Sent):)", re.IGNORECASE | re.MULTILINE
)
_ZONED: Final = re.compile(r"(?:[+-]\d{4}|\bGMT|\bUTC?)\)?\s*$")
_DAY: Final = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? \d{4}"
    r"|[a-z]{3,9} \d{1,2},? \d{4}",
    re.IGNORECASE,
)
# From here on somebody else is speaking, or a telephone is.
_ENDS: Final = (
    re.compile(r"^On\b[^\n]{0,200}(?:\n[^\n]{0,200})?\bwrote:\s*$", re.MULTILINE),
    re.compile(r"^-{2,}\s*Original Message\s*-{2,}", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^_{10,}\s*\n\s*\*?From:", re.MULTILINE),
    _HEADERS_ALONE,
    re.compile(r"^-- ?$", re.MULTILINE),
    re.compile(r"^Sent from (?:my|Outlook|Mail|Yahoo|Samsung)\b.*$", re.MULTILINE),
    re.compile(r"^Get Outlook for\b.*$", re.MULTILINE),
)


def read_message(content: bytes, *, colleagues: frozenset[str] = frozenset()) -> Letter:
    """Read an RFC 5322 message. Raises NotFromAPerson, NothingSaid.

    Where one of `colleagues` (addresses in small letters) forwarded it, whoever wrote it first is
    the writer. Text is preferred to HTML; attachments are named, never opened.
    """
    message: EmailMessage = message_from_bytes(content, policy=policy.default)
    _check_sender(message)
    name, email = parseaddr(_header(message, "From"))
    subject, sent_at = _header(message, "Subject").strip(), _date(_header(message, "Date"))
    text = _text(message)
    forwarded = email.lower() in colleagues and _inner(text)
    if forwarded:
        name, email, sent_at, subject, text = _merged(forwarded, sent_at, subject)
    words = _trimmed(text) or subject
    if not words.strip():
        raise NothingSaid
    return Letter(
        message_id=_message_id(message, content),
        name=name.strip(" \"'") or email.partition("@")[0],
        email=email.strip().lower(),
        sent_at=sent_at,
        subject=re.sub(r"^(?:(?:re|fwd?)\s*:\s*)+", "", subject, flags=re.IGNORECASE),
        words=words.strip(),
        attachments=_attachments(message),
        forwarded=bool(forwarded),
    )


def _check_sender(message: EmailMessage) -> None:
    automatic = _header(message, "Auto-Submitted").lower() not in {"", "no"}
    bulk = _header(message, "Precedence").lower() in {"bulk", "list", "junk", "auto_reply"}
    bounce = (
        message.get_content_type() == "multipart/report"
        or _header(message, "Return-Path").strip() == "<>"
    )
    if automatic or bulk or bounce or message.get("List-Id") is not None:
        raise NotFromAPerson


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, "")).replace("\x00", "")


def _date(words: str) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(words)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone.utc)  # noqa: UP017 -- says that the header named no zone


def _message_id(message: EmailMessage, content: bytes) -> str:
    given = _header(message, "Message-ID").strip()
    if given and len(given) <= 250:
        return given
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _attachments(message: EmailMessage) -> tuple[str, ...]:
    return tuple(part.get_filename() or "a file" for part in message.iter_attachments())


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = body.get_content()
    except (LookupError, UnicodeError):
        payload = body.get_payload(decode=True)
        content = payload.decode("cp1252", "replace") if isinstance(payload, bytes) else ""
    text = _Plain.of(content) if body.get_content_type() == "text/html" else str(content)
    return text.replace("\r\n", "\n").replace("\x00", "").replace("\xa0", " ")


@dataclass(frozen=True)
class _Inner:
    headers: dict[str, str]
    text: str


def _inner(text: str) -> _Inner | None:
    """The message inside a forwarded one: its header lines and what follows them."""
    start = _FORWARDED.search(text) or _HEADERS_ALONE.search(text)
    if start is None:
        return None
    at = start.end() if _FORWARDED.search(text) else start.start()
    headers: dict[str, str] = {}
    lines = text[at:].strip("\n").split("\n")
    while lines:
        found = _HEADER.match(lines[0])
        if found is None and (lines[0].strip(" >") or headers):
            break
        if found is not None:
            headers[found[1].lower()] = found[2].strip(" *")
        lines.pop(0)
    if "from" not in headers:
        return None
    body = "\n".join(line.removeprefix("> ").removeprefix(">") for line in lines)
    return _Inner(headers, body)


def _merged(
    inner: _Inner, sent_at: dt.datetime | None, subject: str
) -> tuple[str, str, dt.datetime | None, str, str]:
    writer = re.sub(r"\[mailto:(.*?)\]", r"<\1>", inner.headers["from"])
    name, email = parseaddr(writer)
    if "@" not in email:
        name, email = writer, ""
    written = _written(inner.headers.get("date") or inner.headers.get("sent") or "")
    if written is None or (sent_at is not None and localdate(written) > localdate(sent_at)):
        written = sent_at
    return name, email, written, inner.headers.get("subject") or subject, inner.text


def _written(words: str) -> dt.datetime | None:
    """When a forwarded part says it was written: as headers are, or noon of a day as programs put it."""
    exact = _date(words) if _ZONED.search(words) else None
    found = _DAY.search(words)
    if exact is not None or found is None:
        return exact
    try:
        moment = read_moment(tidy(found[0]))
    except ValueError:
        return None
    if moment is None or moment.first != moment.last:
        return None
    return dt.datetime.combine(moment.first, dt.time(12), tzinfo=get_current_timezone())


def _trimmed(text: str) -> str:
    """What the writer wrote: nothing quoted, no signature. All of it where nothing else is left."""
    kept = text
    for end in _ENDS:
        found = end.search(kept)
        if found is not None:
            kept = kept[: found.start()]
    lines = [line.rstrip() for line in kept.split("\n") if not line.lstrip().startswith(">")]
    own = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return own or text.strip()


class _Plain(HTMLParser):
    """The words of an HTML message, in lines."""

    _BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote", "hr"})
    _SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    @classmethod
    def of(cls, html: str) -> str:
        """The text of `html`, its blocks on lines of their own."""
        reader = cls()
        reader.feed(html)
        reader.close()
        lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self._SILENT
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self._SILENT and self.silent > 0
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data.replace("\n", " "))
