"""Seals a provider's passwords and keys, so that neither a dump nor another row opens them.

AES-256-GCM, bound to the landlord and the row: what is moved to another row does not open. The
first of `settings.SEALING_KEYS` seals, each of them opens.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from involvement.delivery.models import Provider

NONCE_BYTES = 12


class CannotBeOpened(Exception):
    """The password that is kept cannot be opened with this installation’s key. Enter it again."""


def seal(provider: Provider, values: Mapping[str, str]) -> bytes:
    """The secrets of a saved provider as they lie in its row; b"" for none."""
    if not values:
        return b""
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = json.dumps(dict(values), sort_keys=True).encode()
    return nonce + _cipher(settings.SEALING_KEYS[0]).encrypt(nonce, plain, _bound_to(provider))


def unseal(provider: Provider) -> dict[str, str]:
    """The secrets of a provider. Raises CannotBeOpened."""
    kept = bytes(provider.sealed)
    if not kept:
        return {}
    for key in settings.SEALING_KEYS:
        try:
            plain = _cipher(key).decrypt(
                kept[:NONCE_BYTES], kept[NONCE_BYTES:], _bound_to(provider)
            )
        except InvalidTag:
            continue
        return {str(name): str(value) for name, value in json.loads(plain).items()}
    raise CannotBeOpened


def _bound_to(provider: Provider) -> bytes:
    return f"{provider.landlord_id}|provider|{provider.pk}".encode()


def _cipher(key: str) -> AESGCM:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"delivery.provider")
    return AESGCM(made.derive(key.encode()))
