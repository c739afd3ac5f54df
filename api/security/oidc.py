"""Sign-in with an identity provider: OpenID Connect, authorization code with PKCE."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.store import SignIn

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signed with a key of the provider's own. None, and none that shares a secret, is accepted."""

SKEW = 30
"""Seconds between the provider's clock and ours."""

KEYS_AT_MOST_EVERY = 30.0
"""Seconds: an unknown key may be a new one, or somebody's game."""


class ProviderAway(Exception):
    """The provider does not answer, or not as a provider."""


class SignInRefused(Exception):
    """What came back from the provider proves nothing. Says which check failed, and nothing of the token."""


@dataclass(frozen=True)
class Proven:
    """Whom the provider vouches for. `acr`: how it made sure."""

    subject: str
    acr: str | None = None
    claims: dict[str, Any] = field(default_factory=dict, repr=False)


class Provider:
    def __init__(self, issuer: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self.issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri
        self._found: dict[str, Any] | None = None
        self._keys: KeySet | None = None
        self._fetched = 0.0
        self._lock = Lock()
        self.keys_at_most_every = KEYS_AT_MOST_EVERY

    def begin(self, back: str) -> tuple[str, SignIn, str]:
        """The state to be kept in the browser, what is kept here, and the address of the provider."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = f"{self._configuration()['authorization_endpoint']}?{urlencode(asked)}"
        return state, SignIn(nonce, verifier, back), address

    def redeem(self, code: str, begun: SignIn) -> Proven:
        """Raises ProviderAway, SignInRefused."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": begun.verifier,
        }
        answer = self._ask(
            "POST",
            self._configuration()["token_endpoint"],
            data=form,
            auth=(self._client_id, self._client_secret),
        )
        claims = self._claims(
            str(answer.get("id_token", "")),
            jwt.JWTClaimsRegistry(
                leeway=SKEW,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self._client_id},
                exp={"essential": True},
                nonce={"essential": True, "value": begun.nonce},
                sub={"essential": True},
            ),
        )
        return Proven(claims["sub"], claims.get("acr"), claims)

    def subject_of_access(self, token: str) -> tuple[str, int] | None:
        """Whom an access token for this service was given to, and when it is over (seconds since 1970); None:
        it is none. Raises ProviderAway."""
        registry = jwt.JWTClaimsRegistry(
            leeway=SKEW,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._client_id},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            claims = self._claims(token, registry, typ="at+jwt")
        except SignInRefused:
            return None
        return str(claims["sub"]), int(claims["exp"])

    def _claims(self, token: str, registry: jwt.JWTClaimsRegistry, typ: str | None = None) -> dict[str, Any]:
        try:
            header = jws.extract_compact(token.encode()).headers()
            if typ and header.get("typ") != typ:
                raise SignInRefused("typ")
            read = jwt.decode(token, self._keys_for(header.get("kid")), algorithms=ALGORITHMS)
            registry.validate(read.claims)
            return dict(read.claims)
        except (JoseError, ValueError) as error:
            raise SignInRefused(type(error).__name__) from error

    def _keys_for(self, kid: str | None) -> KeySet:
        """The provider's keys; fetched again when it signs with one that is not known yet."""
        with self._lock:
            known = self._keys is not None and (kid is None or any(k.kid == kid for k in self._keys.keys))
            if not known and (self._keys is None or monotonic() - self._fetched > self.keys_at_most_every):
                self._keys = KeySet.import_key_set(self._ask("GET", self._configuration()["jwks_uri"]))  # type: ignore[arg-type]
                self._fetched = monotonic()
            return self._keys or KeySet([])

    def _configuration(self) -> dict[str, Any]:
        if self._found is None:
            found = self._ask("GET", f"{self.issuer}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise ProviderAway("it calls itself by another name")
            self._found = found
        return self._found

    @staticmethod
    def _ask(method: str, address: str, **how: Any) -> dict[str, Any]:
        try:
            answer = httpx.request(method, address, timeout=5.0, follow_redirects=False, **how)
            answer.raise_for_status()
            read = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAway(type(error).__name__) from error
        if not isinstance(read, dict):
            raise ProviderAway("it answers no object")
        return read
