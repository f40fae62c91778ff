"""Systems that send lists, and the tokens they show."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.feeds.models import Source, Token
from residents.feeds.queries.arrivals import DEFAULT_SOURCE, digest_of, source_named, sources
from residents.people.models import Home, Person

FIELDS: Final = ("name", "mode", "leaver_share", "picks_up")


@transaction.atomic
def add_source(*, name: str, by: Actor, at: dt.datetime, **values: Any) -> Source:
    """Add a source; `values` are any of FIELDS. Returns it. The database refuses a name twice."""
    name = " ".join(name.split())
    source: Source = Source.objects.create(
        name=name, slug=slugify(name)[:60] or "source", created_at=at, **values
    )
    auditing.record(
        verb="source.added", record=source, sentence=f"added the source {source}", by=by, at=at
    )
    return source


@transaction.atomic
def change_source(*, source: Source, by: Actor, at: dt.datetime, **values: Any) -> Source:
    """Change any of FIELDS. A new name goes to everybody the source told us of. Returns it."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    before, named = auditing.snapshot(source, values), source.name
    for name in FIELDS:
        if name in values:
            setattr(source, name, values[name])
    changes = auditing.changes_since(source, before)
    if not changes:
        return source
    source.save(update_fields=list(values))
    if source.name != named:
        Person.objects.filter(feed_source=named).update(feed_source=source.name)
        Home.objects.filter(feed_source=named).update(feed_source=source.name)
    auditing.record(
        verb="source.changed",
        record=source,
        sentence=auditing.what_changed(changes),
        by=by,
        at=at,
        changes=changes,
    )
    return source


@transaction.atomic
def archive_source(*, source: Source, by: Actor, at: dt.datetime) -> Source:
    """Put a source away: it sends nothing more, and its tokens open nothing. Returns it."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    source.archived_at, source.picks_up = source.archived_at or at, False
    source.save(update_fields=["archived_at", "picks_up"])
    auditing.record(
        verb="source.archived", record=source, sentence=f"put {source} away", by=by, at=at
    )
    return source


@transaction.atomic
def the_source(*, name: str = "", by: Actor, at: dt.datetime) -> Source:
    """The source of this name, or without a name the only one there is; added where it is not."""
    if name.strip():
        return source_named(name) or add_source(name=name, by=by, at=at)
    found = list(sources()[:2])
    if len(found) == 1:
        return found[0]
    return source_named(DEFAULT_SOURCE) or add_source(name=DEFAULT_SOURCE, by=by, at=at)


@transaction.atomic
def make_token(*, source: Source, name: str, by: Actor, at: dt.datetime) -> tuple[Token, str]:
    """Make a token. Returns its row and the token itself, which nobody can read again."""
    shown = secrets.token_urlsafe(32)
    token: Token = Token.objects.create(
        source=source,
        name=" ".join(name.split()),
        digest=digest_of(shown),
        ending=shown[-4:],
        made_at=at,
        **by.columns(),
    )
    auditing.record(
        verb="token.made", record=token, sentence=f"made a token for {source}", by=by, at=at
    )
    return token, shown


@transaction.atomic
def revoke_token(*, token: Token, by: Actor, at: dt.datetime) -> Token:
    """From now on the token opens nothing. Returns it."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        auditing.record(
            verb="token.revoked", record=token, sentence="revoked the token", by=by, at=at
        )
    return token


@transaction.atomic
def token_used(*, token: Token, by: Actor, at: dt.datetime) -> Token:
    """Note that a token was shown. Returns it. `by` is the token itself: no line of history.

    Waits for nobody: where its row is held, another use is noted at this moment, or it is revoked.
    """
    earlier = Q(used_at__isnull=True) | Q(used_at__lt=at)
    free = Token.objects.select_for_update(skip_locked=True).filter(earlier, pk=token.pk)
    for row in free:
        row.used_at = token.used_at = at
        row.save(update_fields=["used_at"])
    return token
