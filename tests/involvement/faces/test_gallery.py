"""The gallery shows every component as it is, and no page carries style or script of its own."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from involvement.env import BASE_DIR
from involvement.faces.gallery import PAGES, component_names

TEMPLATES = BASE_DIR / "templates"
INLINE = re.compile(
    rb"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
)

pytestmark = pytest.mark.django_db


def test_every_component_stands_in_the_gallery_with_its_source(visitor: Client) -> None:
    shown = visitor.get("/gallery/").content.decode()
    names = component_names()
    assert len(names) > 25
    missing = [name for name in names if f'<article class="gallery__one" id="{name}">' not in shown]
    assert missing == []


def test_every_component_has_a_sample_and_every_sample_a_component() -> None:
    samples = {path.stem for path in (TEMPLATES / "gallery" / "components").glob("*.html")}
    assert samples == set(component_names())


def test_a_component_without_a_template_would_be_missed(visitor: Client) -> None:
    assert 'id="no_such_component"' not in visitor.get("/gallery/").content.decode()


@pytest.mark.parametrize("address", ["/gallery/", *(f"/gallery/{name}/" for name in PAGES)])
def test_no_page_carries_style_or_script_of_its_own(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 200
    assert b"</html>" in response.content
    assert INLINE.findall(response.content) == []


@pytest.mark.parametrize(
    "forbidden",
    [
        b'<p style="x">',
        b"<style>",
        b"<a onclick='x'>",
        b"<script>x</script>",
        b'href="javascript:x"',
    ],
)
def test_the_search_for_inline_code_would_find_it(forbidden: bytes) -> None:
    assert INLINE.search(forbidden)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_sample_page_has_one_main_heading_and_a_way_to_skip_to_it(
    visitor: Client, name: str
) -> None:
    page = visitor.get(f"/gallery/{name}/").content.decode()
    assert page.count("<h1") == 1
    assert page.count("<main ") == 1
    assert '<html lang="en-GB">' in page
    assert '<a class="skip" href="#main">' in page


def test_the_gallery_has_no_page_it_does_not_name(visitor: Client) -> None:
    assert visitor.get("/gallery/you-said/").status_code == 200
    assert visitor.get("/gallery/no-such-page/").status_code == 404
