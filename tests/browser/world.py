"""What the browser's tests see: landlords of the demonstration, and somebody of each role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from involvement.accounts.models import Membership
from involvement.accounts.permissions import Permission, Role, permissions_of
from involvement.auditing.actors import job
from involvement.demo.loading import founded
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.signin.operations import open_session
from residents.signin.queries import demo_people
from tests.conftest import client_for
from tests.factories.accounts import make_member

# Who looks at a page of members: the first of these who may
LOOKERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.BOARD, Role.GROUP_VIEWER)


@dataclass(frozen=True)
class Resident:
    """Somebody of the demonstration, signed in as a resident."""

    person: Person
    token: str

    @property
    def pk(self) -> str:
        """What tells their window from those of members."""
        return f"resident {self.person.pk}"

    def client(self, landlord: Landlord) -> Client:
        """A browser in which they are signed in."""
        client = Client(headers={"host": f"{landlord.slug}.localhost"})
        client.cookies[f"my-{landlord.pk}"] = self.token
        return client


# Whoever looks at a page; None is a visitor
Looking = Membership | Resident | None


@dataclass
class World:
    """One landlord of the demonstration, its people by role, and the port it is served at."""

    landlord: Landlord
    port: int
    cast: dict[Role, Membership] = field(default_factory=dict)
    residents: list[Resident] = field(default_factory=list)

    def address(self, path: str, landlord: Landlord | None = None) -> str:
        """The whole address of a path at a landlord's host."""
        return f"http://{(landlord or self.landlord).slug}.localhost:{self.port}{path}"

    def who_may(self, permission: Permission) -> Membership:
        """The first of the lookers with this permission."""
        role = next(role for role in LOOKERS if permission in permissions_of(role))
        return self.cast[role]

    def session_of(self, member: Membership | Resident, landlord: Landlord | None = None) -> Any:
        """The cookie that signs a browser in as this member, or as a resident."""
        where = landlord or self.landlord
        if isinstance(member, Resident):
            name = f"my-{where.pk}"
            return {"name": name, "value": member.token, "url": self.address("/", where)}
        with landlord_scope(where):
            cookies = client_for(where, member).cookies
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": cookies[name].value, "url": self.address("/", where)}


def signed_in_resident(person: Person) -> Resident:
    """Sign somebody in on a device of their own, at the landlord in scope."""
    _, token = open_session(
        person=person, way="EMAIL", is_shared=False, by=job("a test"), at=timezone.now()
    )
    return Resident(person, token)


def load_world(port: int) -> World:
    """Load the demonstration's part that pages are looked at with, and add missing roles."""
    landlord = founded("poole")
    for path in settings.DEMO_LOADERS:
        # Its reports take half a minute to set, and `states` makes one for each state of a report
        if path.startswith("reporting."):
            continue
        with landlord_scope(landlord):
            import_string(path)(landlord, full=False)
    world = World(landlord, port)
    with landlord_scope(landlord):
        for role in Role:
            known = Membership.objects.filter(role=role, is_active=True).order_by("pk").first()
            name = f"{role.label} (demo)"
            world.cast[role] = known or make_member(landlord, name, role)
        world.residents = [signed_in_resident(each) for each in demo_people()]
    return world
