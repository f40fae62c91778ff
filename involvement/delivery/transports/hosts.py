"""Where a landlord may have us connect to: machines in the open net, never our own network."""

from __future__ import annotations

import ipaddress
import socket


def addresses_of(host: str) -> list[str]:
    """The addresses a host has; none where its name leads nowhere."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Whether an address lies in the open net."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)
