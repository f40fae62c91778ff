"""System checks: what may not be switched on in production, and what a landlord's model must be."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import models

from involvement.isolation.models import LandlordOwned

LOCAL = {"localhost", "127.0.0.1", ""}


@register(Tags.security, deploy=True)
def demo_mode_is_off(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Nobody signs in with one click on a deployment."""
    if not settings.DEMO_MODE:
        return []
    return [
        Error(
            "DEMO_MODE is on: anybody could sign in with one click.",
            hint="Set DEMO_MODE=off, or run `manage.py check` without --deploy for a demo.",
            id="involvement.E001",
        )
    ]


@register(Tags.security)
def demo_mode_stays_local(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One-click sign-in on a public address is refused at every start, not only before a deploy."""
    if not settings.DEMO_MODE or settings.BASE_DOMAIN in LOCAL:
        return []
    return [
        Error(
            f"DEMO_MODE is on while the product answers on {settings.BASE_DOMAIN}.",
            hint="Set DEMO_MODE=off; the one-click sign-in works on this machine only.",
            id="involvement.E002",
        )
    ]


@register(Tags.models)
def landlords_models_are_fenced(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No uniqueness across landlords, no hidden table without one."""
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        if issubclass(model, LandlordOwned):
            errors += _model_errors(model)
    return errors


def _model_errors(model: type[models.Model]) -> list[CheckMessage]:
    errors: list[CheckMessage] = [
        Error(
            f"{model._meta.label}.{field.name} is unique across landlords.",
            hint="Use a UniqueConstraint that begins with landlord.",
            id="involvement.E003",
        )
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    ]
    errors += [
        Error(
            f"{model._meta.label}.{relation.name} has a hidden table without a landlord.",
            hint="Name a through model that is LandlordOwned.",
            id="involvement.E004",
        )
        for relation in model._meta.local_many_to_many
        if relation.remote_field.through._meta.auto_created  # type: ignore[union-attr]  # set once apps are ready
    ]
    return errors
