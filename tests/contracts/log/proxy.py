"""Stands between a client and the server and loses answers, as a network does."""

import socket
from contextlib import contextmanager, suppress
from threading import Thread

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo


class Proxy:
    """`losing` n: the next n statements reach the server and are done there, but their answers get lost.
    `closed`: nobody gets through."""

    def __init__(self, url):
        parts = conninfo_to_dict(url)
        with psycopg.connect(url) as connection:
            host, port = connection.info.host, connection.info.port
        self._server = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = make_conninfo(
            **parts | {"host": "127.0.0.1", "port": self._listening.getsockname()[1]},
            sslmode="disable",
            gssencmode="disable",
        )
        self.losing = 0
        self.closed = False
        self._ends = []
        self._threads = [Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def lose(self, answers=1):
        self.losing = answers

    def cut(self):
        """All that stand now are gone, and nobody gets through."""
        self.closed = True
        for end in self._ends:
            end_both_ways(end)

    def _accept(self):
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.closed:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET)
            server.connect(self._server)
            self._ends += [client, server]
            for direction in (self._pass_on, self._answer):
                self._threads.append(Thread(target=direction, args=(client, server), daemon=True))
                self._threads[-1].start()

    def _pass_on(self, client, server):
        with client, server, suppress(OSError):
            while sent := _received(client):
                server.sendall(sent)
            end_both_ways(server)  # wakes the other direction

    def _answer(self, client, server):
        while answer := _received(server):
            # 'C': a statement was done. Handshakes have none.
            if self.losing and b"C\x00\x00\x00" in answer:
                self.losing -= 1
                break
            try:
                client.sendall(answer)
            except OSError:
                break
        for end in (client, server):
            end_both_ways(end)

    def close(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(5)


def end_both_ways(connection):
    with suppress(OSError):  # the other side was first
        connection.shutdown(socket.SHUT_RDWR)


def _received(connection):
    try:
        return connection.recv(65536)
    except OSError:
        return b""


@contextmanager
def proxied(url):
    proxy = Proxy(url)
    try:
        yield proxy
    finally:
        proxy.close()
