"""PDFs are tagged, say what they are, and load nothing from elsewhere."""

import datetime as dt
import io
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf  # noqa: TID253 - the test reads what was made
import pytest

from involvement.rendering import pdf
from involvement.rendering.checks import pdf_findings
from involvement.rendering.tagging import repair

MOMENT = dt.datetime(2026, 11, 12, 9, 30, tzinfo=dt.UTC)

PAGE = """<!doctype html><html lang="en-GB"><head><title>Draft</title>
<style>@font-face{{font-family:Print;src:url(asset:fonts/ahn-print-400.woff2)}}
html{{font-family:Print}}@page{{@bottom-right{{content:"Page " counter(page);font-family:Print}}}}
</style></head><body><h1>Repairs</h1><p>See <a href="/f/R12/">R12</a>.</p>
<table><caption>Visits</caption><thead><tr><th>Month</th><th>Missed</th></tr></thead>
<tbody><tr><th scope="row">July</th><td>41</td></tr></tbody></table>{extra}</body></html>"""


def made(extra: str = "", **options: str) -> bytes:
    html = PAGE.format(extra=extra)
    return pdf.render_pdf(html, title="Repairs, July", moment=MOMENT, **options)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server on this machine that keeps the first line of every request it gets."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            try:
                caller, _ = server.accept()
            except TimeoutError:
                continue
            with caller:
                heard.append(caller.recv(200).split(b"\r\n")[0])
                caller.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], heard
    stop.set()
    thread.join()
    server.close()


def test_a_page_has_no_findings() -> None:
    assert pdf_findings(made()) == []


def test_without_the_repairs_there_would_be_findings() -> None:
    unrepaired = pdf.render_stage(PAGE.format(extra=""), title="Repairs", moment=MOMENT)
    found = pdf_findings(unrepaired)
    assert "A header cell does not say whether it heads a row or a column." in found
    assert "A note or link on page 1 is not printed." in found
    assert pdf_findings(repair(unrepaired)) == []


def test_the_title_and_language_asked_for_win_over_those_in_the_html() -> None:
    with pikepdf.open(io.BytesIO(made(lang="cy"))) as opened:
        assert str(opened.docinfo.Title) == "Repairs, July"
        assert str(opened.Root.Lang) == "cy"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_the_same_words_at_the_same_moment_give_the_same_bytes() -> None:
    assert made() == made()


def test_the_moment_is_the_date_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(made())) as opened:
        assert str(opened.docinfo.CreationDate) == "D:20261112093000Z"
    with pytest.raises(ValueError, match="time zone"):
        pdf.render_pdf("<p>x</p>", title="x", moment=dt.datetime(2026, 1, 1))  # noqa: DTZ001 - the fault under test


def test_page_numbers_are_artifacts_and_not_read_out() -> None:
    with pikepdf.open(io.BytesIO(made())) as opened:
        content = opened.pages[0].Contents.read_bytes()
    assert content.count(b"/Artifact <</Type /Pagination>> BDC") >= 1


def test_header_cells_say_what_they_head() -> None:
    with pikepdf.open(io.BytesIO(made())) as opened:
        headers = [
            str(thing.A.Scope)
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH"
        ]
        names = [str(name) for name in list(opened.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert sorted(headers) == ["/Column", "/Column", "/Row"]
    assert names == sorted(names)
    assert len(names) == 3


def test_relative_links_lead_from_the_base() -> None:
    with pikepdf.open(io.BytesIO(made(base="https://poole.example/"))) as opened:
        link = opened.pages[0].Annots[0]
        assert str(link.A.URI) == "https://poole.example/f/R12/"


@pytest.mark.enable_socket
def test_nothing_is_asked_of_another_machine(
    listener: tuple[int, list[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    port, heard = listener
    with socket.create_connection(("127.0.0.1", port)) as proof:
        proof.sendall(b"GET /proof HTTP/1.0\r\n\r\n")
        proof.recv(100)
    far = f"http://127.0.0.1:{port}/spy"
    made(
        f'<img src="{far}.png" alt="x"><link rel="stylesheet" href="{far}.css">'
        f"<style>@import url({far}2.css);p{{background:url({far}3.png)}}</style>"
        f'<svg viewBox="0 0 9 9"><title>x</title><image href="{far}4.png"/></svg>',
        base=f"http://127.0.0.1:{port}/",
    )
    assert heard == [b"GET /proof HTTP/1.0"]
    for name in ("spy.png", "spy.css", "spy2.css", "spy3.png", "spy4.png"):
        assert f"{name} and was refused" in caplog.text


def test_no_file_of_the_machine_comes_in(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("h1::before{content:'SECRET'}")
    with pikepdf.open(io.BytesIO(made(f'<link rel="attachment" href="file://{secret}">'))) as file:
        assert "/Names" not in file.Root or "/EmbeddedFiles" not in file.Root.Names
    assert made(f'<link rel="stylesheet" href="file://{secret}">') == made()
    assert caplog.text.count("secret.css and was refused") >= 2


@pytest.mark.parametrize(
    "address",
    ["asset:../involvement/urls.py", "asset:css/../../pyproject.css", "asset:css/missing.css"],
)
def test_assets_are_static_files_and_no_others(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert made(f'<link rel="stylesheet" href="{address}">') == made()
    assert "it may not have" in caplog.text


@pytest.mark.parametrize("element", ["div", "x-part", "blockquote"])
def test_deep_nesting_is_refused_with_a_sentence(element: str) -> None:
    deep = f"<{element}>" * 900 + "bottom" + f"</{element}>" * 900
    with pytest.raises(pdf.DocumentTooDeep, match="Take some of the nesting out"):
        pdf.render_pdf(deep, title="Deep")


def test_a_document_too_long_is_refused_with_a_sentence() -> None:
    with pytest.raises(pdf.DocumentTooLong, match="Split it into parts"):
        pdf.render_pdf("a" * (pdf.MOST_CHARACTERS + 1), title="Long")


def test_findings_name_what_is_missing() -> None:
    bad = pdf.render_pdf(
        '<html><body><h2>Late</h2><img src="data:image/svg+xml,<svg xmlns='
        "'http://www.w3.org/2000/svg' width='9' height='9'/>\" alt=''>"
        "<h4>Skips</h4><table><tr><td>1</td></tr></table></body></html>",
        title="",
    )
    found = pdf_findings(bad)
    assert "The file has no title." in found
    assert "The first heading is not of the first level." in found
    assert "A heading of level 4 follows one of level 2." in found
    assert "A table has no header cells." in found
    assert "A figure has no words for those who cannot see it." in found


def test_an_untagged_file_is_one_finding_of_ours() -> None:
    plain = pikepdf.new()
    plain.add_blank_page()
    out = io.BytesIO()
    plain.save(out)
    assert pdf_findings(out.getvalue())[0] == "The file is not tagged."
