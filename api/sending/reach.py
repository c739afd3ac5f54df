"""Which addresses of the network may be called: nothing that lies inside one's own house."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

NAT64 = int(IPv6Address("64:ff9b::")) >> 32
"""The prefix under which an IPv4 address is called from a network that has only IPv6."""

LONGEST = 500
"""Characters of an address."""


class OutOfReach(Exception):
    """`why`: a word that has a sentence in translations."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Place:
    """What is called: `url` with a number in place of the name, so that a name that means something else a
    moment later changes nothing; `name` for the certificate, `host` for the header."""

    url: str
    name: str
    host: str


def checked(url: str, open_house: bool) -> None:
    """The form of an address. `open_house`: a demo or a test, which may call itself, without TLS too. Raises
    OutOfReach."""
    _parts(url, open_house)


def found(url: str, open_house: bool) -> Place:
    """Where it is now. Raises OutOfReach."""
    scheme, name, port, path = _parts(url, open_house)
    try:
        answers = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutOfReach("no-such-host") from error
    numbers = [ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]
    if not open_house and not all(map(outside, numbers)):
        raise OutOfReach("private")
    number = f"[{numbers[0]}]" if numbers[0].version == 6 else str(numbers[0])
    usual = port == {"https": 443, "http": 80}[scheme]
    shown = f"[{name}]" if ":" in name else name
    return Place(f"{scheme}://{number}:{port}{path}", name, shown if usual else f"{shown}:{port}")


def outside(number: IPv4Address | IPv6Address) -> bool:
    """Whether it is of the public network. One that stands for an IPv4 address is as public as that one."""
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner:
            return outside(inner)
        if int(number) >> 32 == NAT64:
            return outside(IPv4Address(int(number) & 0xFFFFFFFF))
    return number.is_global and not number.is_multicast and not number.is_reserved


def _parts(url: str, open_house: bool) -> tuple[str, str, int, str]:
    """Scheme, name, port, and path with query."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise OutOfReach("malformed")
    try:
        split = urlsplit(url)
        name, port = split.hostname, split.port
    except ValueError as error:
        raise OutOfReach("malformed") from error
    if split.scheme != "https" and not (open_house and split.scheme == "http"):
        raise OutOfReach("https")
    if not name or split.username is not None or split.password is not None or split.fragment:
        raise OutOfReach("malformed")
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return split.scheme, name, port or {"https": 443, "http": 80}[split.scheme], path
