"""The exact text of a contract, in words, and the digest to which a signature binds."""

from collections.abc import Collection
from datetime import date
from typing import Any

from contracts.canonical import digest, plain
from contracts.contract import Contract
from contracts.law import Law
from contracts.law.form import Sentence
from contracts.terms import ClauseId

SIGNED_LANGUAGES = ("kk", "ru")
"""The languages in which the contract is made; a reading in another one binds nobody."""


def sentences(
    contract: Contract, law: Law, on: date, language: str, student: str | None = None
) -> tuple[Sentence, ...]:
    """Clause by clause, in the form of that day. `student`: the name to show, else the person's id stands."""
    return law.sentences(_values(contract, student), language, on)


def text_hash(contract: Contract, law: Law, on: date, nonce: str, record: str | None) -> str:
    """SHA-256 over the text in both languages. In it the student stands as the commitment to his record, so
    that the digest binds the name without holding it; the nonce keeps it from being guessed."""
    text = {
        language: [[sentence.clause, sentence.text] for sentence in sentences(contract, law, on, language)]
        for language in SIGNED_LANGUAGES
    }
    return digest({"form": law.form(on).version, "nonce": nonce, "student_record": record, "text": text})


def addendum_hash(
    contract: Contract, law: Law, on: date, clauses: Collection[ClauseId], from_on: date, nonce: str
) -> str:
    """SHA-256 over these clauses of the contract in words, in both languages: to it everybody binds himself
    who agrees to an addendum. A clause that falls away has no words."""
    text = {
        language: [
            [sentence.clause, sentence.text]
            for sentence in sentences(contract, law, on, language)
            if sentence.clause in clauses
        ]
        for language in SIGNED_LANGUAGES
    }
    about = {"contract": contract.number, "text_hash": contract.text_hash, "clauses": sorted(clauses)}
    return digest(
        {**about, "form": law.form(on).version, "from_on": plain(from_on), "nonce": nonce, "text": text}
    )


def _values(contract: Contract, student: str | None) -> dict[str, Any]:
    parties = plain(contract.parties) if contract.parties else {}
    if student:
        parties["student"] = student
    number = contract.number or ""
    return {"number": number, "minor": contract.minor, "parties": parties, **plain(contract.terms)}
