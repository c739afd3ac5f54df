"""What can be set from outside: environment variables that begin with KELISIM_, read once at the start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from email.errors import MessageError
from email.headerregistry import Address
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

PREFIX = "KELISIM_"
OTHERS = frozenset({"KELISIM_TEST_DATABASE_URL"})
"""Read by the tests, not by the service."""


class Mode(StrEnum):
    DEMO = "demo"
    """Local people sign in by name; keys are made on the first start."""
    TEST = "test"
    """As demo, and the clock can be shifted."""
    PRODUCTION = "production"
    """Refuses demo sign-in, demo keys and the embedded database."""


class WrongSetting(Exception):
    """Says which setting, what it is (unless secret) and what is allowed."""


@dataclass(frozen=True)
class Allowed:
    read: Callable[[str], Any]
    """Raises ValueError, OSError, or ProgrammingError of psycopg."""
    words: str
    secret: bool = False


def number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and low <= int(text) <= high):
            raise ValueError
        return int(text)

    return read


def one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return read


def database(text: str) -> str:
    if text.startswith("/"):
        text = Path(text).read_text().strip()
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError
    conninfo_to_dict(text)
    return text


def web(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError
    return text.rstrip("/")


def existing(text: str) -> Path:
    if not (path := Path(text).absolute()).is_file():
        raise ValueError
    return path


def switch(text: str) -> bool:
    return {"on": True, "off": False}[one_of("on", "off")(text)]


def mailbox(text: str) -> str:
    found = Address(addr_spec=text)
    if not (found.username and found.domain):
        raise ValueError
    return text


def several(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    return lambda text: tuple(read(part.strip()) for part in text.split(",") if part.strip())


def packs() -> list[str]:
    """The laws that this version knows."""
    return sorted(
        folder.name for folder in files("contracts.law").iterdir() if (folder / "pack.toml").is_file()
    )


POSTGRESQL = Allowed(
    database, "a URL that begins with postgresql://, or the path of a file that holds one", secret=True
)
SECRET_FILE = Allowed(existing, "the path of a file that exists and holds it")
WEB = Allowed(web, "an address that begins with http:// or https://")


@dataclass(frozen=True)
class Settings:
    mode: Annotated[Mode, Allowed(Mode, "demo, test or production")] = Mode.DEMO
    language: Annotated[str, Allowed(one_of("kk", "ru", "en"), "kk, ru or en")] = "kk"
    law: Annotated[str, Allowed(one_of(*packs()), f"one of {', '.join(packs())}")] = "kz"
    data: Annotated[Path, Allowed(Path, "a folder")] = Path(".kelisim")
    host: Annotated[str, Allowed(str, "an address of this machine")] = "127.0.0.1"
    port: Annotated[int, Allowed(number(1, 65535), "a whole number from 1 to 65535")] = 8000
    url: Annotated[str | None, WEB] = None
    follow: Annotated[str, Allowed(one_of("inside", "apart"), "inside or apart")] = "inside"
    """Where the sequencer, the projections and the timers run: in `serve`, or in `kelisim follow`."""
    workers: Annotated[int | None, Allowed(number(1, 64), "a whole number from 1 to 64")] = None
    """Processes that answer, beside one that follows the log; None: one process does everything."""
    check_digit: Annotated[bool, Allowed(switch, "on or off")] = True
    """Off lets through numbers of people and organisations whose check digit is wrong, as test certificates
    of the authorities have them."""
    rate: Annotated[int, Allowed(number(1, 1_000_000), "requests a minute, from 1 to 1000000")] = 6000
    """Of one caller."""
    database_url: Annotated[str | None, POSTGRESQL] = field(default=None, repr=False)
    """None until the embedded PostgreSQL runs."""
    database_direct_url: Annotated[str | None, POSTGRESQL] = field(default=None, repr=False)
    """For what needs a session of its own, where `database_url` is a pooler."""
    log_key: Annotated[Path | None, SECRET_FILE] = None
    export_key: Annotated[Path | None, SECRET_FILE] = None
    person_key: Annotated[Path | None, SECRET_FILE] = None
    lookup_key: Annotated[Path | None, SECRET_FILE] = None
    checkpoint_paths: Annotated[tuple[Path, ...], Allowed(several(Path), "folders, commas between")] = ()
    witnesses: Annotated[tuple[str, ...], Allowed(several(web), f"{WEB.words}; commas between")] = ()
    oidc_issuer: Annotated[str | None, WEB] = None
    oidc_client_id: Annotated[str | None, Allowed(str, "the provider's name for this service")] = None
    oidc_client_secret: Annotated[Path | None, SECRET_FILE] = None
    oidc_acr: Annotated[str | None, Allowed(str, "how the provider calls a sign-in with a second factor")] = (
        None
    )
    """Needed of whoever signs."""

    smtp_host: Annotated[str | None, Allowed(str, "the name of a mail server")] = None
    """None: nothing leaves by mail."""
    smtp_port: Annotated[int, Allowed(number(1, 65535), "a whole number from 1 to 65535")] = 587
    smtp_tls: Annotated[str, Allowed(one_of("starttls", "on", "off"), "starttls, on or off")] = "starttls"
    smtp_ca: Annotated[Path | None, Allowed(existing, "the path of certificates that are trusted")] = None
    """Beside none of the system's, where the mail server's certificate is of one's own making."""
    smtp_user: Annotated[str | None, Allowed(str, "as whom it signs in at the mail server")] = None
    smtp_password: Annotated[Path | None, SECRET_FILE] = None
    smtp_from: Annotated[str | None, Allowed(mailbox, "the mailbox that letters come from")] = None

    @property
    def open_house(self) -> bool:
        """Whether it may call itself, without TLS too."""
        return self.mode is not Mode.PRODUCTION

    @property
    def address(self) -> str:
        """Where a browser finds the service."""
        return self.url or f"http://127.0.0.1:{self.port}"

    @property
    def direct_url(self) -> str:
        """For leaders, LISTEN and migrations. Raises LookupError while there is no database."""
        if url := self.database_direct_url or self.database_url:
            return url
        raise LookupError("the embedded PostgreSQL has not been started")


ALLOWED: Mapping[str, Allowed] = {
    f"{PREFIX}{name.upper()}": hint.__metadata__[0]
    for name, hint in get_type_hints(Settings, include_extras=True).items()
}
NEEDED_IN_PRODUCTION = (
    "DATABASE_URL",
    "LOG_KEY",
    "EXPORT_KEY",
    "PERSON_KEY",
    "LOOKUP_KEY",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
)


def read(environ: Mapping[str, str]) -> Settings:
    """An empty variable is none. Raises WrongSetting."""
    given = {name: text for name, text in environ.items() if name.startswith(PREFIX) and text}
    for name in sorted(given.keys() - ALLOWED.keys() - OTHERS):
        near = get_close_matches(name, ALLOWED) or ALLOWED
        raise WrongSetting(f"{name} is no setting; allowed: {', '.join(near)}")
    settings = Settings(
        **{_field(name): _value(name, text) for name, text in given.items() if name not in OTHERS}
    )
    if settings.mode is Mode.PRODUCTION:
        _fit_for_production(given)
    if settings.smtp_host:
        _fit_for_mail(settings)
    return settings


def _field(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _value(name: str, text: str) -> Any:
    allowed = ALLOWED[name]
    try:
        return allowed.read(text)
    except (OSError, ValueError, IndexError, MessageError, ProgrammingError) as error:
        shown = "(not shown)" if allowed.secret else repr(text)
        raise WrongSetting(f"{name} is {shown}; allowed: {allowed.words}") from error


def _fit_for_production(given: Mapping[str, str]) -> None:
    for needed in NEEDED_IN_PRODUCTION:
        if (name := f"{PREFIX}{needed}") not in given:
            raise WrongSetting(f"{name} is not set; KELISIM_MODE=production needs {ALLOWED[name].words}")


def _fit_for_mail(settings: Settings) -> None:
    if settings.smtp_from is None:
        name = f"{PREFIX}SMTP_FROM"
        raise WrongSetting(f"{name} is not set; {PREFIX}SMTP_HOST needs {ALLOWED[name].words}")
    if settings.smtp_tls == "off" and settings.mode is Mode.PRODUCTION:
        raise WrongSetting(f"{PREFIX}SMTP_TLS is 'off'; KELISIM_MODE=production needs starttls or on")
