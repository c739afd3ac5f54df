"""A client that costs next to nothing: requests made beforehand, over connections that stay, in one thread.

Each connection sends its next request as soon as it has the answer to the one before."""

import selectors
import socket
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(frozen=True)
class Answers:
    """`rate`: a second. `p99`: seconds within which 99 of 100 had their answer. `client`: what this client
    took of one core, 0 to 1."""

    rate: float
    p99: float
    client: float


class Refused(Exception):
    """An answer that is not a success. Holds it."""


def request(path: str, body: bytes, **headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: bench", "Content-Type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def asked(port: int, connections: int, requests: Iterable[bytes]) -> Answers:
    """All of the requests, over so many connections. Raises Refused."""
    waiting, took = deque(requests), list[float]()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(connection, selectors.EVENT_READ, [0.0, b""])
        began, worked = perf_counter(), process_time()
        for key in [*selector.get_map().values()]:
            _send(key, waiting)
        while selector.get_map():
            for key, _ in selector.select():
                if _answered(key):
                    took.append(perf_counter() - key.data[0])
                    if waiting:
                        _send(key, waiting)
                    else:
                        selector.unregister(key.fileobj)
                        key.fileobj.close()
        whole, worked = perf_counter() - began, process_time() - worked
    return Answers(len(took) / whole, sorted(took)[len(took) * 99 // 100], worked / whole)


def _send(key: selectors.SelectorKey, waiting: deque[bytes]) -> None:
    key.data[:] = perf_counter(), b""
    key.fileobj.sendall(waiting.popleft())


def _answered(key: selectors.SelectorKey) -> bool:
    """Whether the whole of it is there. Raises Refused."""
    key.data[1] += key.fileobj.recv(65536)
    head, parted, body = key.data[1].partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 20") or not parted:
        raise Refused(key.data[1])
    _, _, length = head.lower().partition(b"\r\ncontent-length: ")
    return len(body) == int(length.partition(b"\r\n")[0])
