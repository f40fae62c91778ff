from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from involvement.delivery.models import Message
from involvement.delivery.queries import STILL_TO_GO
from residents.people.models import Person

# Sorts after every letter, so that a range of names ends where the prefix does.
_AFTER_ALL = "\U0010ffff"
PHONE = re.compile(r"^\+?[\d\s()-]{7,20}$")


@dataclass(frozen=True)
class Contact:
    """One way to reach somebody, as they gave it, told apart by how it looks."""

    email: str = ""
    phone: str = ""
    address: str = ""

    @classmethod
    def read(cls, words: str) -> Contact:
        """An e-mail address, a telephone number, or else a postal address: one on each line."""
        email, phone, address = "", "", []
        for line in (part.strip() for part in words.split("\n")):
            if "@" in line and " " not in line:
                email = email or line.lower()
            elif PHONE.match(line):
                phone = phone or line
            elif line:
                address.append(line)
        return cls(email=email, phone=phone, address="\n".join(address))

    def __bool__(self) -> bool:
        return bool(self.email or self.phone or self.address)


def people() -> QuerySet[Person]:
    """Everybody, by name: those who left or died too, but nobody merged away or erased."""
    rows: QuerySet[Person] = (
        Person.objects.filter(merged_into__isnull=True)
        .exclude(status=Person.Status.ERASED)
        .select_related("place", "unit", "home", "customer_type")
        .order_by("name_sort", "pk")
    )
    return rows


def survivor(pk: int) -> Person | None:
    """The person a number leads to: themselves, or whoever their row was merged into."""
    row: Person | None = Person.objects.select_related("place", "unit").filter(pk=pk).first()
    while row is not None and row.merged_into_id is not None:
        row = Person.objects.select_related("place", "unit").get(pk=row.merged_into_id)
    return row


def people_named(prefix: str) -> QuerySet[Person]:
    """People whose name begins with `prefix`, whatever its case.

    A range and not LIKE, since row-level security keeps LIKE from its index.
    """
    asked = prefix.strip().lower()
    if not asked:
        return people()
    return people().filter(name_sort__gte=asked, name_sort__lt=asked + _AFTER_ALL)


def people_containing(words: str) -> QuerySet[Person]:
    """People with `words` anywhere in their name: slower, for when no name begins with them."""
    return people().filter(name_sort__contains=words.strip().lower())


def waiting_for(people: QuerySet[Person]) -> QuerySet[Message]:
    """What can still go to any of these people: to their name at an address, a number
    or an e-mail address of theirs."""
    address = OuterRef("to_address")
    theirs = people.order_by().filter(
        Q(email=address) | Q(phone=address) | Q(address=address), name=OuterRef("to_name")
    )
    messages: QuerySet[Message] = Message.objects.filter(Exists(theirs), state__in=STILL_TO_GO)
    return messages.order_by("queued_at", "pk")


def same_name(name: str) -> QuerySet[Person]:
    """People of exactly this name, whatever its case."""
    return people().filter(name_sort=name.strip().lower())


def likely_same(name: str, contact: Contact) -> QuerySet[Person]:
    """People with this name, or with this way to reach them: perhaps the one being added."""
    same = Q(name_sort=name.strip().lower()) if name.strip() else Q(pk__in=[])
    if contact.email:
        same |= Q(email__iexact=contact.email)
    if contact.phone:
        same |= Q(phone__in=_spellings(contact.phone))
    return people().filter(same)


def known_by(name: str, contact: Contact) -> Person | None:
    """The one person of this name whom this e-mail address or number reaches; None if in doubt."""
    reached = Q(email__iexact=contact.email) if contact.email else Q(pk__in=[])
    if contact.phone:
        reached |= Q(phone__in=_spellings(contact.phone))
    if contact.address:
        reached |= Q(address__iexact=contact.address)
    found = list(same_name(name).filter(reached)[:2])
    return found[0] if len(found) == 1 else None


def only_one_with_email(email: str) -> Person | None:
    """The one person an e-mail address belongs to; None where there is none, or several share it."""
    found = list(people().filter(email__iexact=email)[:2]) if email else []
    return found[0] if len(found) == 1 else None


def _spellings(phone: str) -> set[str]:
    """A number as typed, without gaps, and in the usual groups."""
    digits = re.sub(r"\D", "", phone)
    return {phone.strip(), digits, f"{digits[:5]} {digits[5:]}", _grouped(digits)}


def _grouped(digits: str) -> str:
    return f"{digits[:5]} {digits[5:8]} {digits[8:]}"
