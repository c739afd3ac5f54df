"""A mail server and a receiver of calls, as others have them: real sockets, and a memory of what came."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any


@dataclass
class Mails:
    """`answer` to a recipient's address and to a letter: a code and words."""

    port: int
    came: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    answer_rcpt: Callable[[str], str] = lambda address: "250 ok"
    answer_data: Callable[[EmailMessage], str] = lambda letter: "250 taken"
    after_data: Callable[[], None] = lambda: None
    signed_in: list[str] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [str(each["Message-ID"]) for each in self.came]


def _speaker(mails: Mails, tls: ssl.SSLContext | None) -> type[StreamRequestHandler]:
    class Speaker(StreamRequestHandler):
        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())
            self.wfile.flush()

        def handle(self) -> None:
            self.say("220 mail.test")
            while line := self.rfile.readline():
                word, _, rest = line.decode().strip().partition(" ")
                if not self.turn(word.upper(), rest):
                    break
            if isinstance(self.request, ssl.SSLSocket):
                self.rfile.close(), self.wfile.close(), self.request.close()

        def turn(self, word: str, rest: str) -> bool:
            if word == "EHLO":
                offers = [*(["STARTTLS"] if tls and not isinstance(self.request, ssl.SSLSocket) else [])]
                lines = ["mail.test", *offers, "AUTH PLAIN"]
                self.say("\r\n".join(f"250{'-' if line != lines[-1] else ' '}{line}" for line in lines))
            elif word == "STARTTLS" and tls:
                self.say("220 go on")
                self.request = tls.wrap_socket(self.request, server_side=True)
                self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb")
            elif word == "AUTH":
                mails.signed_in.append(rest)
                self.say("235 welcome")
            elif word == "RCPT":
                address = rest.partition("<")[2].partition(">")[0]
                mails.to.append(address)
                self.say(mails.answer_rcpt(address))
            elif word == "DATA":
                self.say("354 go on")
                letter = self.letter()
                answer = mails.answer_data(letter)
                if answer.startswith("250"):
                    mails.came.append(letter)
                mails.after_data()
                self.say(answer)
            elif word == "QUIT":
                self.say("221 bye")
                return False
            else:
                self.say("250 ok")
            return True

        def letter(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            return message_from_bytes(b"".join(lines), policy=policy.default)

    return Speaker


class _Threads(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[Mails]:
    """On a port of this machine. `tls`: it offers STARTTLS."""
    mails = Mails(0)
    with _Threads(("127.0.0.1", port), _speaker(mails, tls)) as server:
        mails.port = server.server_address[1]
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        try:
            yield mails
        finally:
            server.shutdown()


@dataclass
class Call:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Calls:
    """`answer`: status and headers for a call."""

    port: int
    came: list[Call] = field(default_factory=list)
    answer: Callable[[Call], tuple[int, dict[str, str]]] = lambda call: (204, {})
    before_answer: Callable[[], None] = lambda: None

    def url(self, path: str = "/kelisim") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def ids(self) -> list[str]:
        return [each.headers["webhook-id"] for each in self.came]


@contextmanager
def receiver(port: int = 0) -> Iterator[Calls]:
    calls = Calls(0)

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            call = Call(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            calls.came.append(call)
            calls.before_answer()
            status, headers = calls.answer(call)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Answering) as server:
        calls.port = server.server_address[1]
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        try:
            yield calls
        finally:
            server.shutdown()
