"""`kelisim token`: a bearer token of a demo person, from the service that runs."""

import httpx


class NoToken(Exception):
    """One sentence that says why there is none, and what to do."""


def asked_for(name: str, address: str) -> str:
    """Raises NoToken."""
    try:
        answer = httpx.post(f"{address}/demo/tokens", params={"name": name}, timeout=10)
    except httpx.HTTPError as error:
        raise NoToken(
            f"No service answers at {address} ({type(error).__name__}): start it with `kelisim serve`, "
            "or set KELISIM_URL."
        ) from error
    if answer.status_code != httpx.codes.OK:
        raise NoToken(
            f"The service at {address} knows no demo person {name!r}. The names are college, enterprise, "
            "student, parent, lawyer, reviewer, chamber, ministry, operator, privacy; or person:<uuid>."
        )
    token: str = answer.json()["token"]
    return token
