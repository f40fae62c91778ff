from __future__ import annotations

import datetime as dt
import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from actionplans.feedback import operations
from actionplans.feedback.models import Feedback, MailKey
from actionplans.feedback.operations.mail import NotFromAPerson, NothingSaid, read_message
from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Person
from tests.factories.feedback import CLERK
from tests.factories.people import make_person

HEAD = (
    'From: "Kasia Nowak (demo)" <Kasia@mail.example>\n'
    "To: said@poole.example\n"
    "Subject: Re: Fwd: The lift\n"
    "Date: Thu, 11 Jun 2026 23:30:00 +0000\n"
    "Message-ID: <one@mail.example>\n"
)
PLAIN = HEAD + "Content-Type: text/plain; charset=utf-8\n\n"


def letter(body: str, head: str = PLAIN) -> bytes:
    return (head + body).encode()


class TestReading:
    def test_the_writer_the_day_and_the_subject_are_read(self) -> None:
        read = read_message(letter("It is out again 😡."))
        assert (read.name, read.email) == ("Kasia Nowak (demo)", "kasia@mail.example")
        assert (read.subject, read.words) == ("The lift", "It is out again 😡.")
        assert read.sent_at == dt.datetime(2026, 6, 11, 23, 30, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        "tail",
        [
            "On Wed, 10 Jun 2026 at 09:00, Jean Marlow (demo)\n<jean@poole.example> wrote:\n> Hello",
            "> You wrote this\n> and this",
            "-----Original Message-----\nFrom: Jean\nSent: yesterday\n\nHello",
            "________________________________\nFrom: Jean\nSent: Wed\n\nHello",
            "From: Jean <jean@poole.example>\nSent: Wed 10 June\nSubject: x\n\nHello",
            "-- \nKasia Nowak\n12 Drake Court",
            "Sent from my iPhone",
            "Get Outlook for Android",
        ],
    )
    def test_what_is_quoted_and_signed_is_left_out(self, tail: str) -> None:
        assert read_message(letter(f"It is out.\n\n{tail}\n")).words == "It is out."

    def test_where_everything_is_quoted_nothing_is_lost(self) -> None:
        assert read_message(letter("> It is out.")).words == "> It is out."

    def test_a_sentence_that_only_begins_like_a_signature_stays(self) -> None:
        words = "On Monday my son wrote: nobody came.\nSent three letters already."
        assert read_message(letter(words)).words == words

    def test_html_alone_becomes_words_without_its_scripts(self) -> None:
        head = HEAD + "Content-Type: text/html; charset=utf-8\n\n"
        html = (
            "<html><head><title>x</title><style>p{}</style></head><body><p>The lift &amp; the"
            " door</p><script>alert(1)</script><div>are<br>out.</div></body></html>"
        )
        assert read_message(letter(html, head)).words == "The lift & the door\n\nare\nout."

    def test_text_is_preferred_and_attachments_are_named_but_not_opened(self) -> None:
        head = HEAD + 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        body = (
            "--b\nContent-Type: text/plain; charset=utf-8\n\nSee the picture.\n"
            '--b\nContent-Type: image/png; name="lift.png"\nContent-Disposition: attachment; '
            'filename="lift.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n'
        )
        read = read_message(letter(body, head))
        assert (read.words, read.attachments) == ("See the picture.", ("lift.png",))

    def test_other_and_unknown_encodings_are_read_as_far_as_they_can_be(self) -> None:
        latin = HEAD + "Content-Type: text/plain; charset=iso-8859-1\n\n"
        assert (
            read_message(latin.encode() + "Café rent £5".encode("latin-1")).words == "Café rent £5"
        )
        unknown = HEAD + "Content-Type: text/plain; charset=martian\n\n"
        assert read_message(unknown.encode() + "rent £5".encode("cp1252")).words == "rent £5"

    def test_the_subject_alone_is_enough_and_nothing_at_all_is_not(self) -> None:
        assert read_message(letter("")).words == "Re: Fwd: The lift"
        with pytest.raises(NothingSaid):
            read_message(b"From: a@b.example\n\n   \n")

    @pytest.mark.parametrize(
        "header",
        [
            "Auto-Submitted: auto-replied",
            "Precedence: bulk",
            "List-Id: <news.example>",
            "Return-Path: <>",
        ],
    )
    def test_what_a_machine_sent_is_refused(self, header: str) -> None:
        with pytest.raises(NotFromAPerson):
            read_message(f"{header}\n".encode() + letter("I am away."))

    @pytest.mark.parametrize(
        "marker",
        [
            "---------- Forwarded message ---------\n",
            "-----Original Message-----\n",
            "Begin forwarded message:\n\n",
            "",
        ],
    )
    def test_a_colleague_s_forwarding_gives_the_first_writer_their_words(self, marker: str) -> None:
        head = PLAIN.replace("Kasia@mail", "jean@poole")
        body = (
            f'See below.\n\n{marker}From: "Leroy Biggs (demo)" <leroy@mail.example>\n'
            "Date: Mon, 8 Jun 2026 10:00:00 +0100\nSubject: Bins\nTo: Jean\n\nThe bins are full."
        )
        read = read_message(letter(body, head), colleagues=frozenset({"jean@poole.example"}))
        assert (read.name, read.email) == ("Leroy Biggs (demo)", "leroy@mail.example")
        assert (read.subject, read.words, read.forwarded) == ("Bins", "The bins are full.", True)
        assert read.sent_at == dt.datetime(2026, 6, 8, 9, 0, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("Mon, 8 Jun 2026 at 18:02", dt.date(2026, 6, 8)),
            ("08 June 2026 18:02", dt.date(2026, 6, 8)),
            ("Monday, June 8, 2026 6:02 PM", dt.date(2026, 6, 8)),
            ("08/06/2026 18:02", dt.date(2026, 6, 8)),
            ("8 June 2026 at 18:02:11 BST", dt.date(2026, 6, 8)),
            ("Mon, 8 Jun 2026 23:50:00 +0100", dt.date(2026, 6, 8)),
            ("last week", dt.date(2026, 6, 11)),
            ("31 June 2026", dt.date(2026, 6, 11)),
            ("Mon, 8 Jun 2037 at 18:02", dt.date(2026, 6, 11)),
            ("Wed, 8 Jul 2026 at 18:02", dt.date(2026, 6, 11)),
        ],
    )
    def test_what_was_forwarded_has_the_day_it_was_written_as_programs_put_it(
        self, written: str, day: dt.date
    ) -> None:
        head = PLAIN.replace("Kasia@mail", "jean@poole")
        body = (
            "---------- Forwarded message ---------\nFrom: Leroy Biggs (demo) <leroy@mail.example>\n"
            f"Date: {written}\nSubject: Bins\nTo: Jean\n\nThe bins are full."
        )
        read = read_message(letter(body, head), colleagues=frozenset({"jean@poole.example"}))
        assert read.words == "The bins are full."
        assert read.sent_at is not None
        assert read.sent_at.date() == day

    def test_a_header_that_lies_about_its_date_or_has_none_is_survived(self) -> None:
        assert (
            read_message(letter("Hi.", PLAIN.replace("Thu, 11 Jun 2026", "soon"))).sent_at is None
        )


class TestReceiving:
    def test_an_e_mail_becomes_a_row_by_its_writer_once(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        for _ in range(2):
            row = operations.receive_email(content=letter("It is out."), by=officer, at=now)
        assert Feedback.objects.count() == 1
        person = Person.objects.get()
        assert (person.name, person.email, person.preferred_channel) == (
            "Kasia Nowak (demo)",
            "kasia@mail.example",
            "EMAIL",
        )
        # Half past midnight in London
        assert (row.person, row.said_on) == (person, dt.date(2026, 6, 12))
        assert (row.source, row.by_kind, row.by_clerk) == ("E-mail: The lift", "RESIDENT", "")

    def test_somebody_known_by_their_address_is_found(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        kasia = make_person("K. Nowak (demo)", email="KASIA@mail.example")
        row = operations.receive_email(content=letter("It is out."), by=officer, at=now)
        assert row.person == kasia
        assert Person.objects.count() == 1

    def test_attachments_are_said_and_a_long_subject_is_cut(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        head = HEAD.replace("The lift", "The lift " * 40)
        head += 'Content-Type: multipart/mixed; boundary="b"\n\n'
        body = (
            "--b\nContent-Type: text/plain\n\nSee.\n"
            '--b\nContent-Type: image/png\nContent-Disposition: attachment; filename="a"\n\nx\n--b--'
        )
        row = operations.receive_email(content=letter(body, head), by=officer, at=now)
        assert row.source_words.endswith("… (1 attachment not kept)")
        assert len(row.source_words) <= 200

    def test_a_date_to_come_is_taken_for_the_day_it_came(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        content = letter("Hi.", PLAIN.replace("2026", "2036"))
        row = operations.receive_email(content=content, by=officer, at=now)
        assert row.said_on == now.date()

    def test_a_colleague_writes_down_what_somebody_else_said(
        self, in_poole: Landlord, jean: Membership, officer: Actor, now: dt.datetime
    ) -> None:
        head = PLAIN.replace("Kasia Nowak", "Jean Marlow").replace("Kasia@mail", "jean@poole")
        content = letter("Mrs Shaw rang about the lift.", head)
        row = operations.receive_email(content=content, by=officer, at=now)
        assert (row.person, row.speaker_kind, row.by_clerk) == (
            None,
            "ANONYMOUS",
            "Jean Marlow (demo)",
        )
        assert Person.objects.count() == 0

    def test_what_is_forwarded_late_counts_from_the_day_it_was_written(
        self, in_poole: Landlord, jean: Membership, officer: Actor, now: dt.datetime
    ) -> None:
        body = (
            "---------- Forwarded message ---------\nFrom: Leroy Biggs (demo) <leroy@mail.example>\n"
            "Date: Tue, 26 May 2026 at 18:02\nSubject: Bins\nTo: Jean\n\nThe bins are full."
        )
        content = letter(body, PLAIN.replace("Kasia@mail", "jean@poole"))
        row = operations.receive_email(content=content, by=officer, at=now)
        assert (row.said_on, row.words) == (dt.date(2026, 5, 26), "The bins are full.")

    def test_without_a_message_id_the_same_e_mail_is_still_one_row(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        content = letter("Hi.", PLAIN.replace("Message-ID: <one@mail.example>\n", ""))
        for _ in range(2):
            operations.receive_email(content=content, by=officer, at=now)
        assert Feedback.objects.count() == 1

    def test_the_command_reads_a_pipe_and_passes_over_machines(
        self, poole: Landlord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = []
        for content in (letter("It is out."), b"Precedence: bulk\n" + letter("Away.")):
            monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
            out = io.StringIO()
            call_command("receive_email", landlord="poole", stdout=out)
            said.append(out.getvalue())
        assert said[0].startswith("Recorded as number ")
        assert "A machine sent this" in said[1]
        with landlord_scope(poole):
            assert Feedback.objects.count() == 1


class TestDoor:
    def send(self, client: Client, key: str, content: bytes = b"") -> tuple[int, dict[str, object]]:
        response = client.post(
            "/mail/",
            content or letter("It is out."),
            content_type="message/rfc822",
            headers={"authorization": f"Bearer {key}"},
        )
        return response.status_code, response.json()

    def test_the_key_opens_it_and_only_the_newest_does(
        self, poole: Landlord, visitor: Client, now: dt.datetime
    ) -> None:
        with landlord_scope(poole):
            old = operations.issue_mail_key(by=CLERK, at=now)
            new = operations.issue_mail_key(by=CLERK, at=now)
        assert self.send(visitor, old)[0] == 403
        status, answer = self.send(visitor, new)
        assert (status, answer["recorded"]) == (200, True)
        with landlord_scope(poole):
            assert Feedback.objects.get().pk == answer["number"]

    def test_without_any_key_nothing_opens_it(self, poole: Landlord, visitor: Client) -> None:
        assert self.send(visitor, "")[0] == 403

    def test_another_landlord_s_key_does_not_open_it(
        self, poole: Landlord, oxford: Landlord, visitor: Client, now: dt.datetime
    ) -> None:
        with landlord_scope(oxford):
            foreign = operations.issue_mail_key(by=CLERK, at=now)
        with landlord_scope(poole):
            operations.issue_mail_key(by=CLERK, at=now)
        assert self.send(visitor, foreign)[0] == 403

    def test_what_is_passed_over_is_accepted_and_said(
        self, poole: Landlord, visitor: Client, now: dt.datetime
    ) -> None:
        with landlord_scope(poole):
            key = operations.issue_mail_key(by=CLERK, at=now)
        status, answer = self.send(visitor, key, b"Precedence: bulk\n" + letter("Away."))
        assert (status, answer["recorded"]) == (200, False)

    def test_guessing_ends_after_sixty_wrong_keys(
        self, poole: Landlord, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("actionplans.feedback.views.public.MOST_TRIES_AN_HOUR", 2)
        assert [self.send(visitor, "wrong")[0] for _ in range(3)] == [403, 403, 429]

    def test_postgresql_refuses_two_keys_in_force(
        self, in_poole: Landlord, now: dt.datetime
    ) -> None:
        operations.issue_mail_key(by=CLERK, at=now)
        with pytest.raises(IntegrityError, match="mail_key_in_force_is_one"), transaction.atomic():
            MailKey.objects.create(key_hash="x" * 64, made_at=now, **CLERK.columns())

    def test_the_command_prints_the_key_once(self, poole: Landlord, visitor: Client) -> None:
        out = io.StringIO()
        call_command("issue_mail_key", landlord="poole", stdout=out, stderr=io.StringIO())
        assert self.send(visitor, out.getvalue().strip())[0] == 200
