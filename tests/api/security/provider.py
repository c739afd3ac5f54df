"""An identity provider on a port of this machine, and one who plays a provider."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

CLIENT, SECRET = "kelisim", "client-secret"


class Provider:
    """`claims` are put into every ID token over the usual ones. `key` signs; `published` is what is shown."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "first"})
        self.published = KeySet([self.key])
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.fetched = 0

    def authorise(self, address: str, subject: str) -> dict[str, str]:
        """What a browser does there: somebody signs in, and is sent back with a code."""
        asked = {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}
        code = hashlib.sha256(address.encode()).hexdigest()
        self.codes[code] = {**asked, "subject": subject}
        return {"code": code, "state": asked["state"]}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, str] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if asked is None or authorization != f"Basic {known}" or challenge != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": asked["subject"], "nonce": asked["nonce"]}
        claims |= {"iat": now, "exp": now + 300, "acr": "two-factors", **self.claims}
        return {"id_token": self.sign(claims), "token_type": "Bearer", "access_token": "opaque"}

    def sign(self, claims: dict[str, Any], typ: str = "JWT", **header: str) -> str:
        header = {"alg": self.algorithm, "kid": self.key.kid or "", "typ": typ, **header}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    def access_token(self, subject: str, **claims: Any) -> str:
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "sub": subject, "iat": now, "exp": now + 300}
        return self.sign({**usual, **claims}, typ="at+jwt")

    def other_key(self, kid: str, published: bool) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": kid})
        self.algorithm = "ES256"
        if published:
            self.published = KeySet([self.key])

    def shared_secret(self) -> None:
        """The public key used as the secret of HS256: an old trick."""
        public = json.dumps(self.key.as_dict(private=False)).encode()
        self.key, self.algorithm = OctKey.import_key(public, {"kid": "first"}), "HS256"

    def answer(self, method: str, path: str, form: dict[str, str], authorization: str) -> Any:
        if path == "/.well-known/openid-configuration":
            named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return {"issuer": self.issuer, **{name: f"{self.issuer}/{name}" for name in named}}
        if path == "/jwks_uri":
            self.fetched += 1
            return self.published.as_dict(private=False)
        if (method, path) == ("POST", "/token_endpoint"):
            return self.token(form, authorization)
        return None


@contextmanager
def provider() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = {name: value for name, [value] in parse_qs(self.rfile.read(length).decode()).items()}
            answer = here.answer(self.command, self.path, form, self.headers.get("Authorization", ""))
            self.send_response(200 if answer else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer or {"error": "invalid_grant"}).encode())

        do_POST = do_GET

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        here = Provider(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
