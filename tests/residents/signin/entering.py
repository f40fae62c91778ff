"""What tests of signing in share: a browser, and the code or link that a message carries."""

from __future__ import annotations

import re

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.signin.operations import open_session

HOME = "/my/"
ASK = "/my/sign-in/"
CODE = "/my/sign-in/code/"
LETTER = "/my/sign-in/letter/"


def browser_at(landlord: Landlord) -> Client:
    """Somebody's own browser, at the landlord's address."""
    return Client(headers={"host": f"{landlord.slug}.localhost"})


def signed_in(landlord: Landlord, person: Person) -> Client:
    """A browser in which somebody is signed in as a resident."""
    client = browser_at(landlord)
    with landlord_scope(landlord):
        _, token = open_session(
            person=person, way="EMAIL", is_shared=False, by=job("a test"), at=timezone.now()
        )
    client.cookies[f"my-{landlord.pk}"] = token
    return client


def code_in(words: str) -> str:
    """The code of six figures in a message, as it is printed."""
    found = re.search(r"\b\d{3} \d{3}\b", words)
    assert found, words
    return found[0]


def link_in(words: str) -> str:
    """The path of the link in a message, without where the site is."""
    found = re.search(r"https?://[^/\s]+(?:/at/[a-z0-9-]+)?(/my/sign-in/link/[\w-]+/)", words)
    assert found, words
    return found[1]


def forget_tries() -> None:
    """As after an hour in which nobody tried anything."""
    cache.clear()
