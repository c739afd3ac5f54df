"""The places that a contract takes: the student's time, the mentor's attention, a place of the memorandum."""

from contracts.contract import Contract, State
from contracts.parties import Claim
from contracts.values import replace


def claims(contract: Contract) -> tuple[Claim, ...]:
    """From its offer to its last day. A draft takes none; one that was refused or lapsed gives all back."""
    term = contract.terms.term
    if term is None or contract.parties is None or contract.id is None:
        return ()
    if contract.state in {None, State.DRAFT, State.REFUSED, State.LAPSED}:
        return ()
    last_day = contract.last_day or term.ends_on
    if last_day < term.starts_on:
        return ()
    claim = Claim("student", str(contract.parties.student), contract.id, term.starts_on, last_day)
    taken = [claim]
    if contract.terms.mentor:
        taken.append(replace(claim, kind="mentor", key=str(contract.terms.mentor.person)))
    if contract.memorandum:
        specialty = contract.terms.subject.specialty if contract.terms.subject else None
        taken.append(replace(claim, kind="memorandum", key=str(contract.memorandum), detail=specialty))
    return tuple(taken)
