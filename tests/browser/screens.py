"""Which screens there are, and who looks at them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """`person`: a demo person; none for somebody who has not signed in. `failed`: it says that something is
    wrong. `status`: of the answer."""

    path: str
    person: str = "college"
    failed: bool = False
    status: int = 200


SCREENS = {
    "start": Screen("/", ""),
    "sign-in": Screen("/sign-in", ""),
    "act-for": Screen("/act-for"),
    "purpose": Screen("/contracts/{signing}", "lawyer", status=403),
    "contract": Screen("/contracts/{active}"),
    "contract-student": Screen("/contracts/{active}", "student"),
    "contract-past": Screen("/contracts/{active}?in_force_on=2026-09-15"),
    "contract-draft": Screen("/contracts/{draft}", "enterprise"),
    "contract-signing": Screen("/contracts/{signing}", "enterprise"),
    "contract-withdrawn": Screen("/contracts/{withdrawn}"),
    "contract-lapsed": Screen("/contracts/{lapsed}"),
    "history": Screen("/contracts/{active}/history?attempts=1"),
    "history-past": Screen(
        "/contracts/{active}/history?in_force_on=2026-09-15&known_at=2026-10-01T00:00:00Z"
    ),
    "history-before": Screen("/contracts/{active}/history?known_at=2026-01-01T00:00:00Z"),
    "history-error": Screen(
        "/contracts/{active}/history?in_force_on-day=31&in_force_on-month=2&in_force_on-year=2026",
        failed=True,
        status=422,
    ),
    "compare": Screen("/contracts/{active}/diff"),
    "text": Screen("/contracts/{active}/text"),
    "schedule": Screen("/contracts/{active}/schedule"),
    "training": Screen("/contracts/{active}/training"),
    "training-confirmed": Screen("/contracts/{active}/confirm-attendance", "enterprise"),
    "contracts": Screen("/contracts"),
    "contracts-auditor": Screen("/contracts", "lawyer", status=403),
    "contracts-none": Screen("/contracts?q=xyz&status=active"),
    "worklist": Screen("/worklist"),
    "worklist-nothing": Screen("/worklist", "chamber"),
    "deadlines": Screen("/deadlines"),
    "messages": Screen("/messages"),
    "endpoints": Screen("/endpoints", "enterprise"),
    "endpoints-nobody": Screen("/endpoints", "student", failed=True, status=403),
    "attempts": Screen("/audit/attempts?contract={active}"),
    "reads": Screen("/audit/reads?subject={active}"),
    "reads-own": Screen("/audit/reads", "student"),
    "organisation": Screen("/organisations/120440900005", "enterprise"),
    "organisation-other": Screen("/organisations/120440900005"),
    "memorandum": Screen("/memoranda/{memorandum}"),
    "person": Screen("/people/<student>"),
    "person-mentor": Screen("/people/<mentor>"),
    "withdraw": Screen("/contracts/{active}/withdraw"),
    "withdraw-date": Screen("/contracts/{active}/withdraw/2"),
    "withdraw-all": Screen("/contracts/{active}/withdraw?all=1"),
    "withdraw-wrong": Screen("/contracts/{active}/withdraw?all=1&wrong=1", failed=True, status=422),
    "preview": Screen("/contracts/{signing}/withdraw-offer/preview", "enterprise"),
    "propose": Screen("/contracts/{active}/propose-schedule-change", "enterprise"),
    "answer": Screen("/contracts/{active}/answer-schedule-change", "student"),
    "sign": Screen("/contracts/{signing}/sign", "college"),
    "revise": Screen("/contracts/{draft}/revise", "enterprise"),
    "new-contract": Screen("/contracts/new"),
    "new-contract-place": Screen("/contracts/new/3", "enterprise"),
    "new-contract-week": Screen("/contracts/new/6", "enterprise"),
    "enrol-student": Screen("/organisations/080440900104/enrol-student"),
    "new-memorandum": Screen("/memoranda/new"),
    "not-now": Screen("/contracts/{active}/offer", failed=True, status=409),
    "so-already": Screen("/contracts/{active}/withdraw/done?already=1"),
    "put-aside": Screen("/contracts/{active}/withdraw/later"),
    "help": Screen("/help", ""),
    "glossary": Screen("/help/glossary", ""),
    "accessibility": Screen("/help/accessibility", ""),
    "law": Screen("/law", ""),
    "rule": Screen("/law/formation.practice-share", ""),
    "problem": Screen("/problems/refused", ""),
    "not-found": Screen("/nowhere", "", failed=True, status=404),
}
