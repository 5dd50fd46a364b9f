"""Which network addresses are public: nothing else is connected to."""

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

#: The IANA special-purpose registries (RFC 6890 and its updates), spelt out: what `ipaddress` calls global changed
#: between versions of Python. IPv6 is public in 2000::/3 alone, without the stretches below.
_NOT_PUBLIC = (
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "carrier-grade NAT"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"),
    ("192.0.2.0/24", "documentation"),
    ("192.88.99.0/24", "reserved"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "private"),
    ("ff00::/8", "multicast"),
    ("2001::/23", "reserved"),
    ("2001:db8::/32", "documentation"),
    ("3fff::/20", "documentation"),
)
_GLOBAL_UNICAST = ip_network("2000::/3")
#: IPv6 addresses that hold an IPv4 address, and how many bits stand after it.
_EMBEDDING = (("::ffff:0:0/96", 0), ("64:ff9b::/96", 0), ("2002::/16", 80), ("::/96", 0))


@cache
def _refused_networks() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return tuple((ip_network(network), why) for network, why in _NOT_PUBLIC)


def why_refused(address: str) -> str | None:
    """Why an address is not connected to; None for a public one.

    IPv4 addresses inside IPv6 ones (mapped, NAT64, 6to4, compatible) are looked at as what they reach.

    >>> why_refused("192.168.1.9"), why_refused("::ffff:127.0.0.1"), why_refused("1.1.1.1")
    ('private', 'loopback', None)
    """
    try:
        return _why(ip_address(address.partition("%")[0]))
    except ValueError:
        return "no address"


def _why(address: Address) -> str | None:
    for network, why in _refused_networks():
        if address.version == network.version and address in network:
            return why
    if isinstance(address, IPv4Address):
        return None
    for prefix, after in _EMBEDDING:
        if address in ip_network(prefix):
            return _why(IPv4Address((int(address) >> after) & 0xFFFFFFFF))
    return None if address in _GLOBAL_UNICAST else "reserved"
