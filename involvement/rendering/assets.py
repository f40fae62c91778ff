"""What a document may load while it is made: its own data and this project's static files."""

import logging
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

logger = logging.getLogger(__name__)

SCHEME = "asset:"
KINDS = {".css", ".woff2", ".svg", ".png", ".jpg", ".jpeg"}


class AddressRefused(ValueError):
    """A document may only use the project's own static files and what it carries itself."""


def asset_path(address: str) -> Path:
    """The file behind `asset:css/print.css`, found as Django finds static files.

    Raises `AddressRefused` for anything outside the static folders, missing, or of a kind no
    document needs.
    """
    name = address.removeprefix(SCHEME).lstrip("/")
    if Path(name).suffix.lower() not in KINDS:
        raise AddressRefused(f"{address}: not a style sheet, font or picture")
    try:
        found = finders.find(name)
    except SuspiciousFileOperation as outside:
        raise AddressRefused(f"{address}: outside the static folders") from outside
    if not isinstance(found, str):
        raise AddressRefused(f"{address}: no such static file")
    return Path(found)


@cache
def _fetcher_class() -> Any:
    """The fetcher's class; made on first use because WeasyPrint takes a second to import."""
    from weasyprint.urls import (
        URLFetcher,
        URLFetcherResponse,
    )

    class AssetFetcher(URLFetcher):
        """Answers `asset:` and `data:` addresses and refuses every other, without a request."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            """The file or inline data at `url`; raises `AddressRefused` for any other address."""
            if url.startswith(SCHEME):
                return self._asset(url)
            if url.startswith("data:"):
                return super().fetch(url, headers)
            logger.warning("A document asked for %.200s and was refused", url)
            raise AddressRefused(f"{url[:200]}: documents load nothing from elsewhere")

        def _asset(self, url: str) -> Any:
            try:
                path = asset_path(url)
            except AddressRefused as refusal:
                logger.warning("A document asked for a file it may not have: %s", refusal)
                raise
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return AssetFetcher


def asset_fetcher() -> Any:
    """A WeasyPrint `URLFetcher` that reaches neither the network nor the disk at large."""
    return _fetcher_class()()
