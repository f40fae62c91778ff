"""What tests keep in a folder is gone when they end, in each process that runs some."""

from __future__ import annotations

import shutil

from django.conf import settings


def pytest_unconfigure() -> None:
    if settings.configured:
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
