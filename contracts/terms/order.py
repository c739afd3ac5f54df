"""Clauses about how the parties deal with each other: notices, transfer, end, disputes, data, language."""

from dataclasses import dataclass
from enum import StrEnum

from contracts.terms.work import Bearer


class OnTerm(StrEnum):
    """What a suspension does to the last day."""

    MOVES = "moves"
    STAYS = "stays"


class OnPay(StrEnum):
    """What a suspension does to the pay."""

    RESTS = "rests"
    CONTINUES = "continues"


class Proof(StrEnum):
    """By whose paper force majeure is proven."""

    CHAMBER = "chamber"
    AUTHORITY = "authority"


class Commission(StrEnum):
    """Which commission hears a dispute."""

    CHAMBER = "chamber"
    CONCILIATION = "conciliation"


class Purpose(StrEnum):
    """For what personal data are used."""

    CONTRACT = "contract"
    STATISTICS = "statistics"
    EMPLOYMENT = "employment"


class Prevails(StrEnum):
    """Which of the two texts decides where they differ."""

    KAZAKH = "kk"
    RUSSIAN = "ru"
    NEITHER = "neither"


@dataclass(frozen=True)
class Confidential:
    """For how many years after the end a secret of the enterprise is kept."""

    years: int


@dataclass(frozen=True)
class Works:
    """To whom belongs what is made in training."""

    belong_to: Bearer


@dataclass(frozen=True)
class Notices:
    """Calendar days to answer a proposal that names no other."""

    answer_days: int


@dataclass(frozen=True)
class Suspending:
    term: OnTerm = OnTerm.MOVES
    pay: OnPay = OnPay.RESTS


@dataclass(frozen=True)
class Transfer:
    """Whether silence of the old enterprise releases the student."""

    silence_releases: bool = False


@dataclass(frozen=True)
class Leaving:
    """In the first weeks the student may leave and owes no training costs."""

    trial_weeks: int


@dataclass(frozen=True)
class ForceMajeure:
    """Calendar days in which it is told, and by what it is proven."""

    tell_days: int
    proof: Proof = Proof.CHAMBER


@dataclass(frozen=True)
class Disputes:
    """Calendar days to answer a complaint, and which commission hears the dispute."""

    answer_days: int
    commission: Commission = Commission.CHAMBER


@dataclass(frozen=True)
class DataUse:
    """Personal data: years for which they are kept after the end, and what they may be used for."""

    years: int
    purposes: tuple[Purpose, ...] = (Purpose.CONTRACT,)


@dataclass(frozen=True)
class Languages:
    prevails: Prevails = Prevails.NEITHER
