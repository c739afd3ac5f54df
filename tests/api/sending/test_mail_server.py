"""TLS with the mail server: nothing is said to one whose certificate is not trusted."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.sending import mail
from api.settings import Mode, Settings
from tests.api.sending.post_office import mail_server


@pytest.fixture
def certificate(tmp_path):
    """Of localhost, by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = tmp_path / "mail.pem", tmp_path / "mail.key"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path, key_path


@pytest.fixture
def tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def settings(mails, tmp_path, **more):
    password = tmp_path / "password"
    password.write_text("word\n")
    given = {"smtp_host": "localhost", "smtp_port": mails.port, "smtp_from": "kelisim@demo.example"}
    return Settings(mode=Mode.TEST, smtp_user="kelisim", smtp_password=password, **given, **more)


def test_a_trusted_server_is_signed_in_to(tls, certificate, tmp_path):
    with mail_server(tls) as mails, mail.server(settings(mails, tmp_path, smtp_ca=certificate[0])) as server:
        assert server.noop()[0] == 250
    assert len(mails.signed_in) == 1


def test_a_server_that_is_not_trusted_hears_no_password(tls, tmp_path):
    with mail_server(tls) as mails:
        with (
            pytest.raises(mail.ServerAway) as away,
            mail.server(settings(mails, tmp_path)),
        ):
            pass
        assert away.value.trouble == "mail-tls"
        assert mails.signed_in == []


def test_a_server_without_tls_hears_nothing_either(tmp_path):
    with mail_server() as mails:
        with (
            pytest.raises(mail.ServerAway) as away,
            mail.server(settings(mails, tmp_path)),
        ):
            pass
        assert away.value.trouble == "mail-server-away"
        assert mails.signed_in == []
