"""The contracts of the demo, each in another state: each function tells the story of one."""

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID

from api.demo.asking import Asking, first
from api.demo.people import COLLEGE, ELECTRO, POWER, QUALIFICATION, SPECIALTY, Cast
from contracts.attendance import ConfirmAttendance
from contracts.contract import Route
from contracts.decision import DAY, Command, Text
from contracts.ending import EndContract
from contracts.formation import Draft, Offer
from contracts.log.wishes import Granted
from contracts.offer_end import RefuseToSign
from contracts.on_paper import RecordSigned
from contracts.parties import Role
from contracts.relations import Caller
from contracts.schedule import ProposeScheduleChange
from contracts.schedule_answer import AnswerScheduleChange
from contracts.signing import Consent, Sign
from contracts.terms import (
    Compensation,
    Form,
    Funding,
    Hiring,
    HiringKind,
    Hours,
    Mentoring,
    PayKind,
    PracticeShare,
    Schedule,
    Standing,
    StartsWith,
    Status,
    Subject,
    Term,
    Terms,
    Week,
    Weekday,
    Workplace,
)
from contracts.week import monday_of
from contracts.withdrawal import Withdraw

D = Weekday
USUAL = Week((D.MONDAY, D.TUESDAY), (D.WEDNESDAY, D.THURSDAY, D.FRIDAY))
TURNED = Week((D.THURSDAY, D.FRIDAY), (D.MONDAY, D.TUESDAY, D.WEDNESDAY))
DAY_HOURS = Hours(time(9), time(18), 60)
WORKPLACES = {
    ELECTRO: Workplace("Алматы қаласы, Демо көшесі, 1", "Қосалқы станция қызметі"),
    POWER: Workplace("Алматы қаласы, Мысал көшесі, 7", "Электр желілері цехы"),
}


def schedule(week: Week) -> Schedule:
    return Schedule(StartsWith.STUDY, (week,), DAY_HOURS, DAY_HOURS)


def terms(cast: Cast, enterprise: str, term: Term) -> Terms:
    return usual(term, WORKPLACES[enterprise], cast.mentors[enterprise])


def usual(term: Term, workplace: Workplace, mentor: UUID) -> Terms:
    return Terms(
        subject=Subject(SPECIALTY, QUALIFICATION),
        term=term,
        form=Form.FULL_TIME,
        funding=Funding.STATE_ORDER,
        practice_share=PracticeShare(2592, 1556),
        schedule=schedule(USUAL),
        workplace=workplace,
        standing=Standing(Status.TRAINEE),
        compensation=Compensation(PayKind.COMPENSATION, 9500000),
        mentor=Mentoring(mentor),
        hiring=Hiring(HiringKind.CONDITIONAL, "good", needs_vacancy=True),
    )


class Story:
    """One contract and who has a part in it."""

    def __init__(self, asking: Asking, cast: Cast, student: str, enterprise: str = ELECTRO) -> None:
        self.asking = asking
        self.cast = cast
        self.name = student
        self.student = cast.student(student)
        self.college = cast.college
        self.bin = enterprise
        self.enterprise = cast.acting[enterprise]
        self.id: UUID | None = None
        self.text_hash = ""

    def ask(self, command: Command, caller: Caller) -> Granted:
        name = f"{self.name}:{command.type}:{caller.person}"
        return self.asking.ask(name, command, caller, self.id)

    def drafted(self, by: Caller, route: Route = Route.COLLEGE_FIRST) -> None:
        """A draft of a contract that is to begin in a month."""
        term = Term(self.asking.working_day(30), date(self.asking.school_year() + 2, 6, 30))
        memorandum = self.cast.memorandum if self.bin == ELECTRO else None
        agreed = terms(self.cast, self.bin, term)
        draft = Draft(self.student.person, COLLEGE, self.bin, route, agreed, memorandum)
        self.id = self.ask(draft, by).stream_id

    def offered(self, by: Caller, sign_by: date | None = None) -> None:
        self.drafted(by)
        self.text_hash = first(self.ask(Offer(sign_by), by), "text_hash")

    def signed(self, *parties: Caller) -> None:
        for party in parties:
            self.ask(Sign(self.text_hash), party)

    def on_paper(self, began: int, ends: int, ended_on: date | None = None, completed: bool = False) -> None:
        """Signed on paper `began` school years ago; its term ends in June, `ends` school years from now."""
        year = self.asking.school_year()
        agreed = terms(self.cast, self.bin, Term(date(year - began, 9, 1), date(year + ends, 6, 30)))
        number = f"ДЕМО-{year - began}/{list(self.cast.students).index(self.name) + 1:02}"
        signed_on = date(year - began, 8, 20)
        wish = RecordSigned(
            number, self.student.person, COLLEGE, self.bin, agreed, signed_on, None, ended_on, completed
        )
        self.id = self.ask(wish, self.college).stream_id

    def trained(self, weeks: int) -> None:
        """The newest weeks that are over: confirmed by the enterprise, and by the college but for the last
        one."""
        newest = monday_of(self.asking.today) - timedelta(weeks=1)
        for n in reversed(range(weeks)):
            monday = newest - timedelta(weeks=n)
            if monday >= date(self.asking.school_year(), 9, 1):
                for caller in (self.enterprise, self.college)[: 1 if n == 0 else 2]:
                    name = f"{self.name}:confirm-attendance:{monday}:{caller.person}"
                    self.asking.ask(name, ConfirmAttendance(monday), caller, self.id)

    def noticed(self, days_ago: int) -> None:
        """The student's own wish, received some days ago and recorded by the college; its last day is the
        earliest that the law gives."""
        law, received_on = self.asking.house.law, self.asking.today - days_ago * DAY
        end_on = law.end_of(law.rule("withdrawal.notice", received_on).value, received_on).last
        self.ask(Withdraw("own-wish", received_on, end_on, Role.STUDENT), self.college)


# The stories


def a_minor_waits_for_her_mother(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "aisulu")
    story.offered(story.enterprise)
    story.signed(story.enterprise, story.student)


def a_draft_of_the_enterprise(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "kamila")
    story.drafted(story.enterprise, Route.ENTERPRISE_FIRST)


def an_offer_that_nobody_has_signed(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "zhanar")
    story.offered(story.college)


def an_offer_that_lapses_tonight(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "madina")
    story.offered(story.college, asking.today)
    story.signed(story.enterprise)


def signed_by_all_and_not_yet_in_force(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "nurlan")
    story.offered(story.college)
    story.signed(story.enterprise, story.student, story.college)


def a_minor_s_that_all_have_signed(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "daniyar", POWER)
    story.offered(story.college)
    story.signed(story.enterprise, story.student)
    story.ask(Consent(story.text_hash), cast.parent("daniyar"))
    story.signed(story.college)


def refused_by_the_student(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "timur")
    story.offered(story.college)
    story.signed(story.enterprise)
    story.ask(RefuseToSign(Text("Басқа мамандықты таңдадым (демо)")), story.student)


def in_force(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "zarina")
    story.on_paper(0, 2)
    story.trained(3)


def in_force_for_one_with_nearly_the_same_name(asking: Asking, cast: Cast) -> None:
    Story(asking, cast, "nurlan-2", POWER).on_paper(1, 2)


def in_force_with_another_schedule_proposed(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "alikhan")
    story.on_paper(1, 2)
    answer_by, from_on = asking.today + 14 * DAY, asking.working_day(40)
    proposed = ProposeScheduleChange(
        schedule(TURNED), from_on, answer_by, Text("Ауысым кестесі өзгерді (демо)")
    )
    proposal = UUID(first(story.ask(proposed, story.enterprise), "proposal"))
    story.ask(AnswerScheduleChange(proposal, accept=True), story.college)


def ending_by_notice(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "dana")
    story.on_paper(1, 2)
    story.noticed(3)


def ended_with_duties_still_open(asking: Asking, cast: Cast) -> None:
    story = Story(asking, cast, "erlan")
    story.on_paper(1, 2)
    story.noticed(50)
    story.ask(EndContract(), story.college)


def completed_in_time(asking: Asking, cast: Cast) -> None:
    ends_on = date(asking.school_year(), 6, 30)
    Story(asking, cast, "olzhas").on_paper(2, 0, ends_on, completed=True)


def ended_early_on_paper(asking: Asking, cast: Cast) -> None:
    Story(asking, cast, "asel", POWER).on_paper(2, 1, date(asking.school_year(), 2, 12))


STORIES: tuple[Callable[[Asking, Cast], None], ...] = (
    a_minor_waits_for_her_mother,
    a_draft_of_the_enterprise,
    an_offer_that_nobody_has_signed,
    an_offer_that_lapses_tonight,
    signed_by_all_and_not_yet_in_force,
    a_minor_s_that_all_have_signed,
    refused_by_the_student,
    in_force,
    in_force_for_one_with_nearly_the_same_name,
    in_force_with_another_schedule_proposed,
    ending_by_notice,
    ended_with_duties_still_open,
    completed_in_time,
    ended_early_on_paper,
)
