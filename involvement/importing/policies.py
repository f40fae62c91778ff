"""When an upload may still be imported."""

from __future__ import annotations

from involvement.auditing.refusals import Refusal
from involvement.importing.models import Upload
from involvement.importing.problems import Preview


class AlreadyImported(Refusal):
    """This file has been imported already, so nothing was changed again."""


class SetAside(Refusal):
    """This upload was set aside. Upload the file again to import it."""


class ProblemsRemain(Refusal):
    """This file has problems to put right. Correct them in the file and upload it again."""


def check_can_settle(upload: Upload) -> None:
    """Raise AlreadyImported or SetAside unless the upload still waits."""
    if upload.state == Upload.State.CONFIRMED:
        raise AlreadyImported
    if upload.state == Upload.State.REFUSED:
        raise SetAside


def can_settle(upload: Upload) -> bool:
    """Whether the upload still waits to be confirmed or set aside."""
    return upload.state == Upload.State.PREVIEW


def check_can_confirm(upload: Upload, preview: Preview) -> None:
    """Raise as `check_can_settle`, or ProblemsRemain."""
    check_can_settle(upload)
    if not preview.confirmable:
        raise ProblemsRemain


def can_confirm(upload: Upload, preview: Preview) -> bool:
    """Whether the upload may be imported."""
    return can_settle(upload) and preview.confirmable
