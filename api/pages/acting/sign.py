"""Signing: what is signed in short and word by word, what it binds to, and who else signs."""

from collections.abc import Sequence

from api.formats import day
from api.pages import contract_now, text
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.names import roles
from api.pages.parts import Fact, Link, Words
from api.pages.views.asked import Beside
from contracts.contract import OUT_FOR_SIGNING
from contracts.parties import Role
from contracts.signing import Consent, Sign


def steps(asking: Asking) -> list[Step]:
    questions = asked.questions(asking)
    above = [in_short(asking), *([whole_text(asking)] if asking.look else ()), follows(asking)]
    return [
        Step(
            asking.title,
            questions,
            above=above,
            beside=[decline(asking)],
            about=[asking.say("pages.sign.about")],
        )
    ]


def in_short(asking: Asking) -> Beside:
    facts: list[Fact] = []
    if asking.look:
        facts = [*contract_now.facts(asking.look), *contract_now.more_facts(asking.look)]
    return Beside(asking.say("pages.contract.in-short"), facts=facts)


def whole_text(asking: Asking) -> Beside:
    readings = text.readings(asking.look) if asking.look else ()
    lines: list[Words] = [asking.say("pages.text.lead")]
    if asking.state.text_hash:
        lines.append(asking.say("pages.sign.fingerprint", digest=asking.state.text_hash))
    return Beside(asking.say("pages.sign.text"), lines, readings=readings)


def follows(asking: Asking) -> Beside:
    """What the signature binds to, who has signed, and until when the others have time."""
    state = asking.state
    nobody = asking.say("pages.states.nobody")
    given, missing = (roles(asking.language, of) or nobody for of in state.given_and_missing())
    lines = [
        asking.say("pages.sign.binds" if asking.plan.command is Sign else "pages.sign.consents"),
        asking.say("pages.states.signing", signed=given, missing=missing),
    ]
    if state.sign_by:
        lines.append(asking.say("pages.sign.until", day=day(asking.language, state.sign_by)))
    if state.minor:
        lines.append(asking.say("pages.sign.minor"))
    if state.terms.term:
        starts_on = day(asking.language, state.terms.term.starts_on)
        lines.append(asking.say("pages.sign.in-force", day=starts_on))
    return Beside(asking.say("pages.sign.follows"), lines)


def decline(asking: Asking) -> Beside:
    path = f"/contracts/{asking.stream_id}"
    links: Sequence[Words] = [
        Link(asking.say("commands.refuse-to-sign"), f"{path}/refuse-to-sign"),
        Link(asking.say("pages.sign.text-page"), f"{path}/text"),
    ]
    return Beside(asking.say("pages.sign.otherwise"), links)


def readable(asking: Asking) -> bool:
    """Whoever is to sign may read first, also before his turn."""
    state = asking.state
    mine = bool(asking.look and asking.look.found.roles & asking.plan.command.by)
    return mine and state.state in OUT_FOR_SIGNING and asking.role is not Role.MENTOR


PLANS = (Plan(Sign, steps, open=readable), Plan(Consent, steps, open=readable))
