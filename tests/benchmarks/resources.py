"""The housing system's list brought in by django-import-export, with what its documentation advises
for speed and the same outcome as ours: rows written in bulk, what is there already and what is
pointed at fetched once and kept, no HTML made of what changed. A row that cannot be right is refused
by itself, and none is written, or told in the history, where nothing changed: so each is validated,
and its comparison (`skip_diff`) stays on. One resource for each table, each row looked up by its
reference; homes and people get their lines of history."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CachedForeignKeyWidget, DateWidget
from tablib import Dataset

from involvement.auditing import operations as auditing
from involvement.auditing.actors import importer
from residents.people.models import CustomerType, Home, Person, Residency, Tenancy

BY = importer("django-import-export")


class Fast:
    use_bulk = True
    batch_size = 1000
    skip_unchanged = True
    skip_html_diff = True
    use_transactions = True
    instance_loader_class = CachedInstanceLoader
    # Its lines of history need the rows' keys
    store_instance = True


class Plain(ModelResource):
    """Validates each row by itself, sparing it the questions of the database that the package's own
    `clean_model_instances` would ask for each, and leaves the numbering of keys alone."""

    def validate_instance(self, instance: Model, *_: Any, **__: Any) -> None:
        keys = {field.name for field in instance._meta.concrete_fields if field.remote_field}
        instance.full_clean(exclude=keys, validate_unique=False, validate_constraints=False)

    def after_import(self, dataset: Dataset, result: Any, **_: Any) -> None:
        """Nothing is left to do."""


class Remembered(Plain):
    """Writes a line of history for each row, and says since when we have it."""

    verb = ""

    def after_init_instance(self, instance: Model, new: bool, row: Any, **_: Any) -> None:
        if new:
            instance.created_at = timezone.now()  # type: ignore[attr-defined]  # both have it
            instance.feed_source = "Orchard"  # type: ignore[attr-defined]  # both have it

    def after_import(self, dataset: Dataset, result: Any, **_: Any) -> None:
        auditing.record_many(
            verb=self.verb,
            records=[
                (row.instance, f"{row.import_type}, from Orchard")
                for row in result.rows
                if row.import_type != row.IMPORT_TYPE_SKIP
            ],
            by=BY,
            at=timezone.now(),
        )


class HomeResource(Remembered):
    verb = "home.added"
    reference = Field("reference", "Property Ref")
    uprn = Field("uprn", "UPRN")
    address = Field("address", "Address")
    postcode = Field("postcode", "Postcode")

    class Meta(Fast):
        model = Home
        fields = ("reference", "uprn", "address", "postcode")
        import_id_fields = ("reference",)


class TenancyResource(Plain):
    reference = Field("reference", "Tenancy Ref")
    home = Field("home", "Property Ref", widget=CachedForeignKeyWidget(Home, "reference"))
    started_on = Field("started_on", "Tenancy Start", widget=DateWidget("%Y-%m-%d"))

    class Meta(Fast):
        model = Tenancy
        fields = ("reference", "home", "started_on")
        import_id_fields = ("reference",)


class PersonResource(Remembered):
    verb = "person.added"
    reference = Field("reference", "Person Ref")
    title = Field("title", "Title")
    name = Field("name", "Name")
    born_on = Field("born_on", "DOB", widget=DateWidget("%Y-%m-%d"))
    customer_type = Field(
        "customer_type", "Customer Type", widget=CachedForeignKeyWidget(CustomerType, "name")
    )
    home = Field("home", "Property Ref", widget=CachedForeignKeyWidget(Home, "reference"))
    email = Field("email", "Email")
    phone = Field("phone", "Phone")
    address = Field("address", "Postal")

    def before_import_row(self, row: dict[str, str], **_: Any) -> None:
        row["Postal"] = f"{row['Address']}\n{row['Postcode']}"

    class Meta(Fast):
        model = Person
        fields = (
            *("reference", "title", "name", "born_on", "customer_type", "home"),
            *("email", "phone", "address"),
        )
        import_id_fields = ("reference",)


class ResidencyResource(Plain):
    person = Field("person", "Person Ref", widget=CachedForeignKeyWidget(Person, "reference"))
    home = Field("home", "Property Ref", widget=CachedForeignKeyWidget(Home, "reference"))
    tenancy = Field("tenancy", "Tenancy Ref", widget=CachedForeignKeyWidget(Tenancy, "reference"))
    started_on = Field("started_on", "Tenancy Start", widget=DateWidget("%Y-%m-%d"))

    class Meta(Fast):
        model = Residency
        fields = ("person", "home", "tenancy", "started_on")
        import_id_fields = ("person",)


# In this order: what is pointed at stands before what points
RESOURCES = (HomeResource, TenancyResource, PersonResource, ResidencyResource)


def import_with_package(data: bytes) -> tuple[int, int]:
    """Bring the list in. Returns how many rows of the four tables were added, and left alone."""
    rows = Dataset().load(data.decode(), format="csv")
    results = [one().import_data(rows, raise_errors=True) for one in RESOURCES]
    new, same = (sum(result.totals[kind] for result in results) for kind in ("new", "skip"))
    return new, same
