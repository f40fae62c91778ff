"""Finds people by name, address, postcode, telephone number or reference, theirs or a tenancy's.

A tenancy is found by its whole reference, a home by how its own begins. Every word asked for must
begin one of theirs; the number of a house only says who comes first. A word of five letters or more
that begins nobody's is tried with one slip of the pen. Folded as the database folds what it keeps
(`0005_people_are_found_by_terms`): no case, no accents, no apostrophes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from residents.people.models import Home, Person, PersonTerm, Residency
from residents.people.queries.homes import begins_reference
from residents.people.queries.reading import people

LEAST_LETTERS: Final = 3
LEAST_FOR_SLIPS: Final = 5
MOST_WORDS: Final = 6
MOST_MEANT: Final = 50
# So many whom a word finds are looked up one by one
FEW: Final = 500
_AFTER_ALL: Final = "\U0010ffff"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
# Letters that come apart into no letter and mark
_PLAIN: Final = str.maketrans("ŁØĐÞÐÆŒłøđßıþðæœ", "LODTDAOlodsitdao")
_APOSTROPHES: Final = re.compile("['’ʼ`]")
_BETWEEN: Final = re.compile(r"[\s,.;:/()\"&_-]+")
_POSTCODE: Final = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ([0-9][a-z]{2})\b")
_SHORT_NUMBER: Final = re.compile(r"^[0-9][0-9a-z]?$")
_NUMBER: Final = re.compile(r"^[+(]?[0-9][0-9 ()-]*$")


def fold(words: str) -> str:
    """Words without case, accents and apostrophes: "Łucja O’Dowd" is "lucja odowd"."""
    apart = unicodedata.normalize("NFKD", words)
    plain = re.sub("[\u0300-\u036f]", "", apart).translate(_PLAIN).lower()
    return _APOSTROPHES.sub("", plain)


def find_people(words: str) -> QuerySet[Person]:
    """Everybody whom all the words find, by name. Nobody for fewer than three letters."""
    asked, tenants = _asked(words), _housed(words)
    found = _found(asked) if asked else people().none()
    if not tenants:
        return found
    return people().filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=tenants))


def _found(asked: list[Q]) -> QuerySet[Person]:
    found, few, common = people(), None, []
    for condition in asked:
        keys = _first_keys(condition)
        if len(keys) > FEW:
            common.append(_terms(condition))
        else:
            few = set(keys) if few is None else few & set(keys)
    if few is None:
        return found.filter(*(_among(terms) for terms in common))
    # Left to itself, the database looks through everybody by name for the few who fit
    known = [Exists(terms.filter(person=OuterRef("pk"))) for terms in common]
    return found.filter(*known, pk__in=few)


def first_found(words: str, limit: int) -> list[Person]:
    """At most so many of whom all the words find, by name: of a word that finds very many, some.
    Whoever lives at the number asked for comes before them.

    For whoever types and looks on: as quick for three letters as for a whole name.
    """
    numbered = _at_number(words, limit)
    there = {person.pk for person in numbered}
    return [*numbered, *(one for one in _some(words, limit) if one.pk not in there)][:limit]


def _some(words: str, limit: int) -> list[Person]:
    asked = _asked(words)
    if len(asked) == 1:
        keys = {*_first_keys(asked[0]), *_housed(words)}
        return list(people().filter(pk__in=keys)[:limit])
    return list(find_people(words)[:limit])


def _at_number(words: str, limit: int) -> list[Person]:
    """Whom the words find at the house or flat of a number among them too short to be looked up:
    an address that begins with it first."""
    numbers = [part for part in _parts(words) if _SHORT_NUMBER.match(part)]
    if not numbers or not _asked(words):
        return []
    found = find_people(words)
    for number in numbers:
        found = found.filter(address__iregex=rf"(^|[\s,/]){number}([\s,/]|$)")
    begins = Case(When(address__iregex=rf"^{numbers[0]}[\s,]", then=0), default=1)
    return list(found.order_by(begins, "name_sort", "pk")[:limit])


def _housed(words: str) -> list[int]:
    """Who lives or lived under the tenancy of this reference, in capitals or not, and who lives in
    the homes whose reference begins so. Nobody where no figure is in it, as is in every reference."""
    reference = words.strip()
    begun = begins_reference(reference)
    if begun is None:
        return []
    written = {reference, reference.upper(), reference.lower()}
    # That it is not empty is what the index of references asks
    under = Residency.objects.filter(~Q(tenancy__reference=""), tenancy__reference__in=written)
    inside = Person.objects.filter(home__in=Home.objects.filter(begun))
    found = under.order_by("person_id").values_list("person_id", flat=True)[:FEW]
    return list(found.union(inside.order_by("pk").values_list("pk", flat=True)[:FEW]))


def _among(terms: QuerySet[PersonTerm]) -> Case:
    """Somebody whom one of these terms finds. Said so that the database looks the terms up once and
    goes through people by name: left to join the two, it compares each of both."""
    return Case(When(pk__in=terms.values("person_id"), then=True), default=False)


def _terms(condition: Q) -> QuerySet[PersonTerm]:
    rows: QuerySet[PersonTerm] = PersonTerm.objects.filter(condition)
    return rows


def _first_keys(condition: Q) -> list[int]:
    """Whom a word finds, in the order of the terms; one more than FEW says there are more."""
    rows = _terms(condition).order_by("term", "person_id")
    return list(rows.values_list("person_id", flat=True)[: FEW + 1])


def _asked(words: str) -> list[Q]:
    """One condition on terms for each word; for a telephone number one for the whole."""
    if _NUMBER.match(words.strip()):
        digits = national(words)
        if len(digits) < LEAST_LETTERS:
            return []
        return [_begins(f"#{digits}") | _begins(f"~{digits[::-1]}") | _begins(fold(words.strip()))]
    long = [part for part in _parts(words) if len(part) >= LEAST_LETTERS]
    return [_begins_or_slips(part) for part in long[:MOST_WORDS]]


def _parts(words: str) -> list[str]:
    """The words asked for, folded; an e-mail address is one."""
    folded = _POSTCODE.sub(r"\1\2", fold(words))
    if "@" in folded:
        return folded.split()
    return [part for part in _BETWEEN.split(folded) if part and part != "demo"]


def national(number: str) -> str:
    """The digits of a telephone number as dialled in this country."""
    digits = re.sub(r"\D", "", number)
    for abroad in ("0044", "44"):
        if digits.startswith(abroad) and len(digits) > len(abroad) + 2:
            return "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits


def _begins_or_slips(word: str) -> Q:
    begins = _begins(word)
    if len(word) < LEAST_FOR_SLIPS or PersonTerm.objects.filter(begins).exists():
        return begins
    meant = PersonTerm.objects.filter(term__in=sorted(set(slips(word)))).order_by("term")
    return Q(term__in=list(meant.values_list("term", flat=True).distinct()[:MOST_MEANT]))


def _begins(word: str) -> Q:
    """Terms that begin so: a range, since the policies keep LIKE from its index."""
    return Q(term__gte=word, term__lt=word + _AFTER_ALL)


def slips(word: str) -> Iterable[str]:
    """Every word one slip away: a letter left out, put in, mistaken, or two changed about."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _LETTERS)
