"""What a housing system's list may say, and the words it says it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from involvement.importing.headings import FieldSpec, plain
from residents.people.models import Home, Residency, Tenure

FIELDS: Final = (
    FieldSpec(
        "reference",
        "Person reference",
        (
            "person ref",
            "person id",
            "customer reference",
            "customer ref",
            "customer id",
            "tenant reference",
            "tenant ref",
            "tenant id",
            "client reference",
            "reference",
            "ref",
            "uid",
        ),
        required=True,
    ),
    FieldSpec("title", "Title", ("salutation",)),
    FieldSpec("first_name", "First name", ("forename", "forenames", "given name", "first names")),
    FieldSpec("last_name", "Last name", ("surname", "family name")),
    FieldSpec(
        "name",
        "Name",
        ("full name", "person name", "tenant name", "customer name", "contact name"),
    ),
    FieldSpec("born_on", "Date of birth", ("dob", "birth date", "born", "born on")),
    FieldSpec(
        "customer_type", "Customer type", ("person type", "type", "tenant type", "relationship")
    ),
    FieldSpec("email", "E-mail", ("email address", "e-mail address", "mail")),
    FieldSpec(
        "phone",
        "Telephone",
        ("phone", "phone number", "telephone number", "mobile", "mobile number", "tel"),
    ),
    FieldSpec(
        "home_reference",
        "Home reference",
        (
            "property reference",
            "property ref",
            "property id",
            "home ref",
            "home id",
            "unit reference",
            "asset reference",
            "uprn reference",
            "place reference",
        ),
    ),
    FieldSpec("uprn", "UPRN", ("unique property reference number",)),
    FieldSpec(
        "parent_uprn", "UPRN of the building", ("parent uprn", "block uprn", "building uprn")
    ),
    FieldSpec(
        "address",
        "Address",
        ("home address", "property address", "full address", "street", "town", "city", "county"),
        pattern=r"(address )?(line|address) ?\d",
        several=True,
    ),
    FieldSpec("postcode", "Postcode", ("post code", "postal code")),
    FieldSpec("tenure", "Tenure", ("tenure type", "tenancy type")),
    FieldSpec("stock", "Stock type", ("stock", "stock category")),
    FieldSpec(
        "tenancy_reference",
        "Tenancy reference",
        ("tenancy ref", "tenancy id", "agreement reference", "rent account", "account reference"),
    ),
    FieldSpec(
        "started_on",
        "Tenancy began on",
        ("tenancy start", "tenancy start date", "start date", "tenancy started on", "started on"),
    ),
    FieldSpec(
        "ended_on",
        "Tenancy ended on",
        ("tenancy end", "tenancy end date", "end date", "tenancy ended on", "ended on"),
    ),
)
KEYS: Final = tuple(field.key for field in FIELDS)

_T, _S, _C = Tenure, Home.Stock, Residency.Capacity
_TENURES: Final = {
    _T.GENERAL_NEEDS: (
        "general",
        "general needs",
        "social rent",
        "affordable rent",
        "secure",
        "secure tenancy",
        "assured",
        "assured tenancy",
        "assured shorthold",
        "starter",
        "introductory",
        "flexible",
        "fixed term",
        "rent",
    ),
    _T.SHELTERED: ("sheltered", "retirement", "extra care", "housing for older people"),
    _T.SUPPORTED: ("supported", "supported housing"),
    _T.INTERMEDIATE: ("intermediate", "market rent", "mid market rent", "rent to buy"),
    _T.SHARED_OWNERSHIP: ("shared", "shared owner", "part rent part buy", "lcho"),
    _T.LEASEHOLD: ("leaseholder", "lease", "long lease"),
    _T.OTHER: (),
}
_STOCKS: Final = {
    _S.LOW_COST_RENTAL: ("lcra", "low cost rental accommodation", "rented", "rental"),
    _S.LOW_COST_OWNERSHIP: ("lcho", "shared ownership"),
    _S.LEASEHOLD: ("lease", "leaseholder"),
    _S.OTHER: (),
}


def tenures() -> dict[str, str]:
    """The tenure that a word of theirs means, by the plain form of the word."""
    return _meanings(_TENURES)


def stocks() -> dict[str, str]:
    """The stock type that a word of theirs means, by the plain form of the word."""
    return _meanings(_STOCKS)


def _meanings(said: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    return {
        plain(word): str(value)
        for value, words in said.items()
        for word in (*words, str(value), str(value.label))
    }


CAPACITIES: Final = {
    _T.LEASEHOLD: _C.LEASEHOLDER,
    _T.SHARED_OWNERSHIP: _C.SHARED_OWNER,
}
STOCK_OF: Final = {
    _T.LEASEHOLD: _S.LEASEHOLD,
    _T.SHARED_OWNERSHIP: _S.LOW_COST_OWNERSHIP,
}
