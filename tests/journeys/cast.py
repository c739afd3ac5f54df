"""Who plays in the journeys. All are fictional; their numbers pass the checksum and belong to nobody."""

from dataclasses import dataclass

from contracts.identification import check_digit


@dataclass(frozen=True)
class Someone:
    name: str
    iin: str
    born_on: str
    phone: str

    @property
    def record(self) -> dict[str, str]:
        return {"iin": self.iin, "name": self.name, "born_on": self.born_on, "phone": self.phone}


@dataclass(frozen=True)
class Body:
    """A college, an enterprise or a chamber, and who signs for it."""

    name: str
    bin: str
    kind: str
    head: Someone


C1 = Body(
    "Demo College of Energy, Almaty",
    "080440900104",
    "college",
    Someone("Gulnar Demo", "720202490020", "1972-02-02", "+77005550131"),
)
E1 = Body(
    "Demo Zhetisu Electro LLP",
    "120440900005",
    "enterprise",
    Someone("Bolat Demo", "700101390010", "1970-01-01", "+77005550132"),
)
E2 = Body(
    "Demo Alatau Power LLP",
    "130940900302",
    "enterprise",
    Someone("Erlan Demo", "740303390036", "1974-03-03", "+77005550133"),
)
C2 = Body(
    "Demo College of Transport, Almaty",
    "090740900305",
    "college",
    Someone("Dinara Demo", "760404490045", "1976-04-04", "+77005550134"),
)
R1 = Body(
    "Demo Regional Chamber",
    "110540900205",
    "chamber",
    Someone("Kanat Demo", "780505390051", "1978-05-05", "+77005550135"),
)
NEW_PHONE = "+77005550190"
"""Of the personnel department of E1, in the course of J1."""

CLERK = Someone("Aigerim Demo", "800606490063", "1980-06-06", "+77005550136")
"""A second one at C1."""

S1 = Someone("Aisulu Demo", "100315690008", "2010-03-15", "+77005550101")
S2 = Someone("Daniyar Demo", "090517590005", "2009-05-17", "+77005550102")
S3 = Someone("Kamila Demo", "070901690005", "2007-09-01", "+77005550103")
S4 = Someone("Nurlan Demoev", "040229590000", "2004-02-29", "+77005550104")
S5 = Someone("Zarina Demo", "080706690811", "2008-07-06", "+77005550105")
S6 = Someone("Nurlan Demoyev", "061112590407", "2006-11-12", "+77005550106")
S7 = Someone("Timur Demo", "070420590103", "2007-04-20", "+77005550107")
S8 = Someone("Madina Demo", "080512690101", "2008-05-12", "+77005550108")
G1 = Someone("Saule Demo", "781123490004", "1978-11-23", "+77005550111")
G2 = Someone("Roza Demo", "810203490004", "1981-02-03", "+77005550112")
M1 = Someone("Askar Demo", "841231391802", "1984-12-31", "+77005550121")
M2 = Someone("Marat Demo", "650131390002", "1965-01-31", "+77005550122")
M3 = Someone("Serik Demo", "790630390003", "1979-06-30", "+77005550123")


def crowd(number: int, born_on: str = "2007-04-01") -> list[Someone]:
    """So many others, all born on one day."""
    found, serial = [], 100
    while len(found) < number:
        serial += 1
        first = f"{born_on[2:].replace('-', '')}5{serial:04d}"
        if (last := check_digit(first)) is not None:
            found.append(Someone(f"Racer Demo {serial}", f"{first}{last}", born_on, f"+7700555{serial:04d}"))
    return found


BODIES = (C1, C2, E1, E2, R1)
EVERYBODY = (*(body.head for body in BODIES), CLERK, S1, S2, S3, S4, S5, S6, S7, S8, G1, G2, M1, M2, M3)
