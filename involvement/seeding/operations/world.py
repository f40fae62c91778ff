from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.utils.module_loading import import_string

from involvement.accounts.models import Membership, StaffMember, User
from involvement.accounts.permissions import Role
from involvement.accounts.sessions import SESSION_KEY, SIGNED_IN_KEY
from involvement.auditing.actors import Actor
from involvement.documents.operations import store_file
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.landlords.operations import create_landlord
from involvement.seeding.operations.rows import RowMaker, landlords_models

MOST_IDS = 200
CONSONANTS = "bcdfghjklmnpqrstvwxz"


@dataclass
class Login:
    """A member and the ways to sign in as them. `session` is the value of the session's cookie."""

    role: str
    is_active: bool
    email: str
    password: str
    session: str
    user: int


@dataclass
class Seeded:
    """One landlord of the world, with everything a test from outside needs to know."""

    landlord: Landlord
    canary: str
    logins: list[Login] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        slug = self.landlord.slug
        return {
            "slug": slug,
            "id": self.landlord.pk,
            "name": self.landlord.name,
            "canary": self.canary,
            "host": f"{slug}.{settings.BASE_DOMAIN}",
            "path": f"/at/{slug}/",
            "session_cookie": settings.SESSION_COOKIE_NAME,
            "logins": [vars(login) for login in self.logins],
            "tokens": self.tokens,
            "ids": self.ids,
            **self.more,
        }


def seed_world(*, seed: int, by: Actor, at: dt.datetime) -> list[Seeded]:
    """Found two landlords of the same shape, the same ones for the same seed.

    Returns both. Raises SlugTaken where this seed's world is there already. Each landlord is one
    transaction, since one transaction serves one landlord.
    """
    world = []
    for label in ("a", "b"):
        rng = Random(f"{seed}-{label}")  # noqa: S311 -- the same world for the same seed
        shape = Random(f"{seed}")  # noqa: S311 -- one shape for both
        canary = "zq" + "".join(rng.choice(CONSONANTS) for _ in range(6))
        with transaction.atomic():
            landlord = create_landlord(
                slug=f"world-{seed}-{label}",
                name=f"{canary} Homes (demo)",
                kind=Landlord.Kind.ASSOCIATION,
                is_demo=True,
                by=by,
                at=at,
            )
            world.append(
                seed_landlord(landlord=landlord, canary=canary, rng=rng, shape=shape, by=by, at=at)
            )
    return world


def seed_landlord(
    *,
    landlord: Landlord,
    canary: str,
    rng: Random,
    shape: Random,
    by: Actor,
    at: dt.datetime,
    first_id: int | None = None,
) -> Seeded:
    """Fill a landlord: members of every role, what the seeders plant, a row of everything else.

    Two landlords filled from equal states of `shape` hold equally many rows of every model.
    Returns what was made. Raises CannotMake naming the model that needs a seeder.
    """
    seeded = Seeded(landlord, canary)
    with landlord_scope(landlord), transaction.atomic():
        _fill_landlord(landlord, canary)
        seeded.logins = [_member(landlord, canary, role, at, active=True) for role in Role]
        seeded.logins.append(_member(landlord, canary, Role.OFFICER, at, active=False))
        for path in settings.SEEDERS:
            seeded.more |= import_string(path)(landlord, canary, rng) or {}
        store_file(name=f"{canary}.txt", data=f"{canary} in a file".encode(), by=by, at=at)
        user = User.objects.get(pk=seeded.logins[0].user)
        maker = RowMaker(canary=canary, rng=rng, shape=shape, at=at, user=user, first_id=first_id)
        for model in landlords_models():
            maker.row_of(model)
        seeded.tokens = maker.values.tokens
        for model in landlords_models():
            keys = model.objects.order_by("pk").values_list("pk", flat=True)[:MOST_IDS]
            seeded.ids[model._meta.label_lower] = list(keys)
    return seeded


def _fill_landlord(landlord: Landlord, canary: str) -> None:
    texts = [
        column.name
        for column in Landlord._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField)
        and column.blank
        and not column.choices
    ]
    for name in texts:
        is_address = isinstance(Landlord._meta.get_field(name), models.EmailField)
        words = f"{canary}.{name}@world.example".replace("_", "-") if is_address else None
        setattr(landlord, name, words or f"{canary} {name}".replace("_", " ")[:30])
    landlord.save(update_fields=texts)


def _member(landlord: Landlord, canary: str, role: Role, at: dt.datetime, *, active: bool) -> Login:
    kind = role.value.lower() if active else "inactive"
    email = f"{kind}@{landlord.slug}.example".replace("_", "-")
    password = f"{canary}-{kind}-opens-{landlord.slug}"
    user = User.objects.create_user(email, password, name=f"{canary} {kind} (demo)")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    staff = StaffMember.objects.create(
        name=f"{canary} {kind} (demo)",
        email=email,
        initials="".join(kind[:3]).upper() + canary[2:6],
    )
    Membership.objects.create(user=user, role=role, staff=staff, is_active=active, joined_at=at)
    return Login(role, active, email, password, _session(landlord, user, at), user.pk)


def _session(landlord: Landlord, user: User, at: dt.datetime) -> str:
    session = SessionStore()
    session.update(
        {
            USER_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            SESSION_KEY: landlord.pk,
            SIGNED_IN_KEY: at.timestamp(),
        }
    )
    session.create()
    return str(session.session_key)
