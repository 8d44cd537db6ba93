"""Which addresses of the internet are anybody's, and which lead to this machine, its neighbours or a tunnel to them.

The lists are IANA's, https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry: Python 3.11.7
calls 64:ff9b::a9fe:a9fe (169.254.169.254 by NAT64), 2002:7f00:1:: (127.0.0.1 by 6to4), 224.0.0.1 and 192.0.0.8 global.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_PRIVATE_4 = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # a public address behind which one large cloud keeps what it knows of its own machines
    )
)  # fmt: skip
# Whatever is anybody's lies in here; mapped and translated IPv4, link-local, unique local and multicast lie outside.
_PUBLIC_6 = ip_network("2000::/3")
_PRIVATE_6 = tuple(
    ip_network(one)
    for one in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")  # Teredo, 6to4, examples
)
_ISATAP = (0x00005EFE, 0x02005EFE)  # in the middle of an IPv6 address, before an IPv4 one: a tunnel to it


def is_anybodys(address: str) -> bool:
    """Says whether an IP address is a public one; what cannot be read, or names an interface, is not."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(ip) if isinstance(ip, IPv4Address) else _is_public_6(ip)


def _is_public_4(ip: IPv4Address) -> bool:
    return ip.is_global and not any(ip in one for one in _PRIVATE_4)


def _is_public_6(ip: IPv6Address) -> bool:
    is_tunnel = (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP
    is_private = ip.scope_id is not None or is_tunnel or any(ip in one for one in _PRIVATE_6)
    return ip in _PUBLIC_6 and ip.is_global and not is_private
