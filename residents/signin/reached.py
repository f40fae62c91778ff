"""An address somebody says is theirs: an e-mail address or a telephone number."""

from __future__ import annotations

from dataclasses import dataclass

from involvement.auditing.actors import Channel
from residents.people.models import Person
from residents.people.queries import PHONE, national


@dataclass(frozen=True)
class Address:
    """`words` are the e-mail address in small letters, or the number as dialled in this country."""

    channel: Channel
    words: str

    @classmethod
    def read(cls, words: str) -> Address | None:
        """What was typed, told apart by how it looks; None where it is neither."""
        said = words.strip()
        if PHONE.match(said):
            return cls(Channel.TEXT, national(said))
        name, at, host = said.partition("@")
        if name and at and "." in host and not any(letter.isspace() for letter in said):
            return cls(Channel.EMAIL, said.lower())
        return None

    @property
    def term(self) -> str:
        """The word by which whoever it reaches is found."""
        return self.words[:80] if self.channel == Channel.EMAIL else f"#{self.words}"

    def is_of(self, person: Person) -> bool:
        """Whether the register has it as theirs now."""
        if self.channel == Channel.EMAIL:
            return str(person.email).lower() == self.words
        return bool(person.phone) and national(person.phone) == self.words
