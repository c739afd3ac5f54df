"""A letter by mail: one plain text a mailbox, handed to the mail server that the settings name."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum

from api.house import House
from api.sending.mailboxes import Mailbox
from api.sending.words import Told, subject, text
from api.settings import Settings

PATIENCE = 20.0
"""Seconds for each step with the server."""


class Tls(StrEnum):
    STARTTLS = "starttls"
    """From the first words on."""
    ON = "on"
    """From the connection on."""
    OFF = "off"
    """In a demo or a test only."""


class ServerAway(Exception):
    """The mail server does not answer, or does not take anything from us: no letter is at fault. `trouble`: a
    word for it."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class NotTaken(Exception):
    """This one letter. `for_good`: it never will be."""

    def __init__(self, trouble: str, for_good: bool) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.for_good = for_good


def message(house: House, told: Told, box: Mailbox) -> EmailMessage:
    """The same Message-ID each time that it is sent. Raises NotTaken for an address that is none."""
    made = EmailMessage()
    given = house.settings
    try:
        made["From"] = Address("Kelisim", addr_spec=given.smtp_from or "")
        made["To"] = Address(addr_spec=box.address)
    except (ValueError, IndexError, MessageError) as error:
        raise NotTaken("no-address", True) from error
    made["Subject"] = subject(told, box.language)
    made["Date"] = format_datetime(told.row.recorded_at)
    made["Message-ID"] = f"<{told.letter.letter_id}@{(given.smtp_from or '').rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text(told, box.language))
    made["Content-Language"] = box.language
    return made


@contextmanager
def server(given: Settings) -> Iterator[smtplib.SMTP]:
    """A connection on which letters can be handed over, one after another. Raises ServerAway."""
    try:
        connection = _connected(given)
    except smtplib.SMTPAuthenticationError as error:
        raise ServerAway("mail-sign-in") from error
    except ssl.SSLError as error:
        raise ServerAway("mail-tls") from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServerAway("mail-server-away") from error
    try:
        yield connection
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()


def _connected(given: Settings) -> smtplib.SMTP:
    host, tls = given.smtp_host or "", Tls(given.smtp_tls)
    context = ssl.create_default_context(cafile=given.smtp_ca)
    if tls is Tls.ON:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, given.smtp_port, timeout=PATIENCE, context=context)
    else:
        connection = smtplib.SMTP(host, given.smtp_port, timeout=PATIENCE)
    try:
        if tls is Tls.STARTTLS:
            connection.starttls(context=context)
        if given.smtp_user and given.smtp_password:
            connection.login(given.smtp_user, given.smtp_password.read_text().strip())
    except BaseException:
        connection.close()
        raise
    return connection


def hand_over(connection: smtplib.SMTP, made: EmailMessage) -> None:
    """Raises NotTaken, ServerAway."""
    try:
        connection.send_message(made)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotTaken("mailbox-refused", min(codes, default=500) >= 500) from error
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        if error.smtp_code == 421:
            raise ServerAway("mail-server-away") from error
        raise NotTaken("letter-refused", error.smtp_code >= 500) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotTaken("no-address", True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServerAway("mail-server-away") from error
