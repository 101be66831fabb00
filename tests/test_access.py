"""Every public method of every service, tried by everybody on somebody else's things.

A new method without a rule fails `test_every_method_has_a_rule`.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.access import LINES, Company, company
from trainer.accounts import Accounts
from trainer.assignments import Assignments
from trainer.attempts import Attempts
from trainer.bootstrap import Desk
from trainer.coaching import Coaching
from trainer.content import Contents, Names
from trainer.core.person import Actor, Role
from trainer.core.preparation import Analysis, Preparation
from trainer.core.rubric import Principle
from trainer.errors import NotAllowedError, NotFoundError
from trainer.journey import Journey
from trainer.judging import Judging
from trainer.llm.scripted import ScriptedLLM
from trainer.measured import Basis, Measured
from trainer.practice import Practice, Review
from trainer.preparing import Preparing
from trainer.privacy import Privacy
from trainer.realcalls import RealCalls, build_real_calls
from trainer.scoring.draft import read_draft
from trainer.scoring.judge import Judge
from trainer.statements import Statements
from trainer.store.accounts import NewAccount
from trainer.store.agreements import AgreementStore
from trainer.store.calls import CallFilter
from trainer.store.content import Kind
from trainer.store.judgements import JudgementStore
from trainer.submissions import Submissions
from trainer.teamwork import Teamwork

pytestmark = pytest.mark.slow

SERVICES = (
    *(Practice, Accounts, Coaching, Assignments, Privacy, Teamwork, Statements),
    *(Attempts, Submissions, Journey, Preparing, Measured, Contents, RealCalls, Judging),
)
EVERYBODY = {"mia", "ben", "jan", "ina", "otto", "admin"}
IN_NORD = {"mia", "ben", "ina", "admin"}
AUTHORS = {"ina", "otto", "admin"}

Try = Callable[[Company, Actor], object]
RULES: dict[str, tuple[Try, set[str]]] = {
    # Mia's own calls are hers alone.
    "Practice.open": (lambda c, who: c.practice.open(who.person, c.private), {"mia"}),
    "Practice.say": (lambda c, who: _running(c, who, c.practice.say, "Hallo"), {"mia"}),
    "Practice.answer": (lambda c, who: _running(c, who, c.practice.answer), {"mia"}),
    "Practice.hang_up": (lambda c, who: _running(c, who, c.practice.hang_up), {"mia"}),
    "Practice.review": (lambda c, who: c.practice.review(who.person, c.private), {"mia"}),
    "Attempts.hint": (lambda c, who: _running(c, who, c.attempts.hint), {"mia"}),
    "Attempts.take_notes": (
        lambda c, who: c.attempts.take_notes(who.person, c.private, "Rückruf"),
        {"mia"},
    ),
    "Attempts.retry": (lambda c, who: c.attempts.retry(who.person, _left(c), 1), {"mia"}),
    "Attempts.drop_unspoken": (
        lambda c, who: c.attempts.drop_unspoken(who.person, c.private),
        {"mia"},
    ),
    "Attempts.taken": (lambda c, who: c.attempts.taken(who.person, c.private), {"mia"}),
    "Attempts.family": (lambda c, who: c.attempts.family(who.person, c.private), {"mia"}),
    "Attempts.compare": (
        lambda c, who: c.attempts.compare(who.person, c.private, c.private),
        {"mia"},
    ),
    "Journey.so_far": (
        lambda c, who: _some(c.journey.so_far(who.person)),
        {"mia"},
    ),
    "Preparing.draft": (
        lambda c, who: _some(c.preparing.draft(who.person, _prepared(c)).notes),
        {"mia"},
    ),
    "Preparing.save": (
        lambda c, who: _check(
            c.preparing.save(who.person, _prepared(c), Preparation())
            or _name(c, who) == "mia"
            or c.preparing.draft(c.actors["mia"].person, _prepared(c)).notes
        ),
        EVERYBODY,
    ),
    "Submissions.submit": (lambda c, who: c.submissions.submit(who.person, c.private), {"mia"}),
    "Submissions.news": (
        lambda c, who: _commented(c, lambda: _some(c.submissions.news(who.person))),
        {"mia"},
    ),
    "Practice.own_calls": (
        lambda c, who: _only(who, [x.person for x in c.practice.own_calls(who.person)]),
        EVERYBODY,
    ),
    "Practice.unfinished": (
        lambda c, who: _running(c, who, lambda p, _: _only(who, _owner(c.practice.unfinished(p)))),
        EVERYBODY,
    ),
    "Attempts.start": (
        lambda c, who: _only(
            who, [c.attempts.start(who.person, next(iter(c.practice.catalog.personas))).person]
        ),
        EVERYBODY,
    ),
    "Practice.start": (
        lambda c, who: _only(
            who, [c.practice.start(who.person, next(iter(c.practice.catalog.personas))).person]
        ),
        EVERYBODY,
    ),
    # Submitted calls are for the coaches of the same team.
    "Coaching.inbox": (
        lambda c, who: _found(c.coaching.inbox(who, CallFilter()), c.submitted, not_=c.private),
        {"ina"},
    ),
    "Coaching.submitted": (lambda c, who: c.coaching.submitted(who, c.submitted), {"ina"}),
    # Real calls: read in by those in charge, for trainees of their teams.
    "RealCalls.people": (
        lambda c, who: _check(
            set(_real(c).people(who).values())
            == {"ina": {"Mia", "Ben"}, "otto": {"Jan"}, "admin": {"Mia", "Ben", "Jan"}}[
                _name(c, who)
            ]
        ),
        {"ina", "otto", "admin"},
    ),
    "RealCalls.keep": (lambda c, who: _keep(c, who), {"ina", "admin"}),
    "RealCalls.delete": (
        lambda c, who: _real(c).delete(who, _read_in(c).call.id),
        {"ina"},
    ),
    "RealCalls.origin": (
        lambda c, who: _real(c).origin(who, _read_in(c)),
        {"mia", "ina"},
    ),
    # A second opinion is asked for by a coach who may see the call.
    "Judging.standing": (lambda c, who: _judging(c).standing(who, c.submitted), {"ina"}),
    "Judging.ask": (lambda c, who: _judging(c).ask(who, _scored(c)), {"ina"}),
    "Judging.ask_all": (
        lambda c, who: _some(_judging(c).ask_all(who, [_scored(c), c.private])),
        {"ina"},
    ),
    "Coaching.look": (lambda c, who: c.coaching.look(who, c.submitted), {"ina"}),
    "Coaching.look_blind": (lambda c, who: c.coaching.look_blind(who, c.submitted), {"ina"}),
    "Coaching.score_blind": (
        lambda c, who: c.coaching.score_blind(who, c.submitted, {Principle.LEAD: 3}, version=0),
        {"ina"},
    ),
    "Coaching.correct": (
        lambda c, who: c.coaching.correct(who, c.submitted, "lead", "3", "so", version=0),
        {"ina"},
    ),
    "Coaching.comment": (lambda c, who: c.coaching.comment(who, c.submitted, "gut"), {"ina"}),
    "Coaching.finish": (lambda c, who: c.coaching.finish(who, c.submitted, version=0), {"ina"}),
    "Coaching.ask_example": (lambda c, who: c.coaching.ask_example(who, c.submitted), {"ina"}),
    "Coaching.outcome": (lambda c, who: c.coaching.outcome(who, c.submitted), {"mia"}),
    "Coaching.answer_example": (
        lambda c, who: _asked(c, lambda: c.coaching.answer_example(who, c.submitted, agreed=True)),
        {"mia"},
    ),
    "Coaching.example": (
        lambda c, who: _shown(c, lambda: c.coaching.example(who, c.submitted)),
        {"mia", "ben", "ina"},
    ),
    "Coaching.examples": (
        lambda c, who: _shown(c, lambda: _found(c.coaching.examples(who), c.submitted)),
        {"ben", "ina"},
    ),
    "Coaching.looks": (
        lambda c, who: _looked(c, lambda: _some(c.coaching.looks(who))),
        {"mia"},
    ),
    # A coach sets practice to the own teams; trainees do it.
    "Assignments.choice": (
        lambda c, who: _check(
            set(c.assignments.choice(who, c.accounts.store.teams()).people.values())
            == {"ina": {"Mia", "Ben"}, "otto": {"Jan"}}[_name(c, who)]
        ),
        {"ina", "otto"},
    ),
    "Assignments.set": (lambda c, who: c.assignments.set(who, c.assignment()), {"ina"}),
    "Assignments.withdraw": (lambda c, who: c.assignments.withdraw(who, _set(c)), {"ina"}),
    "Assignments.overview": (
        lambda c, who: _set(c) and _some(c.assignments.overview(who)),
        {"ina"},
    ),
    "Assignments.mine": (lambda c, who: _set(c) and _some(c.assignments.mine(who)), IN_NORD),
    "Assignments.reminders": (
        lambda c, who: _set(c) and _some(c.assignments.reminders(who)),
        IN_NORD,
    ),
    "Assignments.begin": (
        lambda c, who: _only(
            who, [c.assignments.begin(who, _set(c), c.assignment().personas[0]).person]
        ),
        IN_NORD,
    ),
    "Assignments.of_call": (lambda c, who: c.assignments.of_call(who, c.private), {"mia"}),
    # A report is about the own teams.
    # Figures without names: for whoever answers for the score.
    "Measured.report": (
        lambda c, who: Measured(AgreementStore(c.practice.calls.engine)).report(who, Basis.BLIND),
        {"ina", "otto", "admin"},
    ),
    "Teamwork.report": (
        lambda c, who: _some(c.teamwork.report(who, team=_nord(c)).members),
        {"ina"},
    ),
    "Teamwork.lines": (
        lambda c, who: _check(
            [line.call_id for line in c.teamwork.lines(who)]
            == ([c.submitted] if _name(c, who) == "ina" else [])
        ),
        {"ina", "otto"},
    ),
    # Content is for coaches and administrators of any team; trainees meet what is released.
    "Contents.items": (lambda c, who: _some(c.contents.items(who, Kind.PERSONA)), AUTHORS),
    "Contents.open": (lambda c, who: c.contents.open(who, Kind.RUBRIC, "winback"), AUTHORS),
    "Contents.versions": (
        lambda c, who: _some(c.contents.versions(who, Kind.PERSONA, c.persona())),
        AUTHORS,
    ),
    "Contents.version": (
        lambda c, who: c.contents.version(who, Kind.PERSONA, c.persona(), 1),
        AUTHORS,
    ),
    "Contents.duplicate": (
        lambda c, who: c.contents.duplicate(who, Kind.RUBRIC, "winback", Names(title="Gas")),
        AUTHORS,
    ),
    "Contents.save": (
        lambda c, who: c.contents.save(
            who,
            Kind.PERSONA,
            (made := c.persona()),
            c.contents.store.data(Kind.PERSONA, made, 1),
            seen=1,
            release=True,
        ),
        AUTHORS,
    ),
    "Contents.release": (
        lambda c, who: c.contents.release(who, Kind.PERSONA, c.persona(), 1),
        AUTHORS,
    ),
    "Contents.archive": (
        lambda c, who: c.contents.archive(who, Kind.PERSONA, c.persona(), archived=True),
        AUTHORS,
    ),
    "Contents.try_out": (
        lambda c, who: _only(
            who,
            [c.contents.try_out(who, Kind.PERSONA, c.persona(), owner=who.person).person],
        ),
        AUTHORS,
    ),
    # One's own data is one's own; an administrator may erase, but not read.
    "Privacy.export": (
        lambda c, who: _check((c.submitted in c.privacy.export(who)) == (_name(c, who) == "mia")),
        EVERYBODY,
    ),
    "Privacy.erase": (
        lambda c, who: c.privacy.erase(who, c.actors["mia"].person),
        {"mia", "admin"},
    ),
    "Statements.of": (
        lambda c, who: _some(Statements(c.practice.calls, c.practice.people, "http://x").of(who)),
        {"mia"},
    ),
    # Accounts are for administrators, one's own for everybody.
    "Accounts.everybody": (lambda c, who: c.accounts.everybody(who), {"admin"}),
    "Accounts.add": (
        lambda c, who: c.accounts.add(who, NewAccount(name="X", login="x", role=Role.COACH)),
        {"admin"},
    ),
    "Accounts.import_people": (
        lambda c, who: c.accounts.import_people(who, b"name,login\nX,x"),
        {"admin"},
    ),
    "Accounts.change": (
        lambda c, who: c.accounts.change(
            who, c.actors["mia"].person, role=Role.COACH, teams=[], disabled=False
        ),
        {"admin"},
    ),
    "Accounts.new_link": (
        lambda c, who: c.accounts.new_link(who, c.actors["mia"].person),
        {"admin"},
    ),
    "Accounts.own": (lambda c, who: _only(who, [c.accounts.own(who).person]), EVERYBODY),
    "Accounts.teams": (
        lambda c, who: _check(who.role is Role.ADMINISTRATOR or len(c.accounts.teams(who)) == 1),
        EVERYBODY,
    ),
}
FOR_NOBODY_IN_PARTICULAR = {
    # Before anybody is known; tests/accounts tries each with wrong words and old tokens.
    "Accounts.sign_in", "Accounts.open_link", "Accounts.use_link", "Accounts.actor",
    "Accounts.sign_out", "Accounts.admit", "Accounts.change_password",
    # For whoever owns the machine: the command line and the start.
    "Accounts.first_link", "Accounts.add_from_shell", "Accounts.known",
    "Accounts.link_from_shell", "Accounts.tidy", "Practice.close",
    "Privacy.apply_retention",
    # For other services, which check who asks; no page may call them (a test below).
    "Practice.scored", "Practice.reviewed", "Practice.dial",
    # About a call that somebody could open already.
    "Attempts.shown_hint", "Submissions.question", "Submissions.see",
    "Preparing.take_along", "Preparing.compared",
    # About figures that somebody could read already.
    "Journey.next", "Journey.anybody",
    # Returns nothing and tells nobody anything.
    "Judging.wait",
}  # fmt: skip


def _real(c: Company) -> RealCalls:
    return build_real_calls(c.practice, c.coaching)


def _judging(c: Company) -> Judging:
    return Judging(c.coaching, JudgementStore(c.practice.calls.engine), Judge(ScriptedLLM([])))


def _scored(c: Company) -> str:
    c.practice.review(c.actors["mia"].person, c.submitted)
    return c.submitted


def _keep(c: Company, who: Actor) -> None:
    names = ("Kunde", "Agent") * len(LINES)
    text = "\n".join(f"{name}: {line}" for name, line in zip(names, LINES, strict=False))
    draft = read_draft("a.txt", text.encode())
    assert not _real(c).keep(who, draft, (), c.actors["mia"].person).problem


def _read_in(c: Company) -> Review:
    _keep(c, c.actors["ina"])
    mia = c.actors["mia"].person
    call = next(call for call in c.practice.own_calls(mia) if call.real)
    return c.practice.review(mia, call.id)


def _set(c: Company) -> str:
    return c.assignments.set(c.actors["ina"], c.assignment())


def _nord(c: Company) -> str:
    (team,) = c.actors["mia"].teams or ()
    return team


def _name(c: Company, who: Actor) -> str:
    return next(name for name, actor in c.actors.items() if actor == who)


def _only(who: Actor, owners: list[str]) -> None:
    assert owners == [] or set(owners) == {who.person}


def _owner(found: object) -> list[str]:
    return [] if found is None else [found.person]  # type: ignore[attr-defined]


def _prepared(c: Company) -> str:
    """Returns a customer for whom Mia has noted something."""
    persona = next(iter(c.practice.catalog.personas))
    noted = Preparation(notes={Analysis.SALES: "Rückruf"})
    c.preparing.save(c.actors["mia"].person, persona, noted)
    return persona


def _left(c: Company) -> str:
    """Returns a call that Mia has hung up after the customer's first words."""
    persona = next(iter(c.practice.catalog.personas))
    call = c.practice.start(c.actors["mia"].person, persona, seed=1)
    list(c.practice.answer(c.actors["mia"].person, call.id))
    return c.practice.hang_up(c.actors["mia"].person, call.id).id


def _running(c: Company, who: Actor, act: Callable[..., object], *more: object) -> object:
    """Tries something on a call of Mia's that goes on."""
    persona = next(iter(c.practice.catalog.personas))
    call = c.practice.start(c.actors["mia"].person, persona, seed=1)
    return act(who.person, call.id, *more)


def _found(calls: object, wanted: str, *, not_: str = "") -> None:
    ids = [call.id for call in calls]  # type: ignore[attr-defined]
    assert not_ not in ids
    if wanted not in ids:
        raise NotFoundError("not in the list")


def _some(items: object) -> None:
    if not items:
        raise NotFoundError("nothing")


def _check(condition: object) -> None:
    assert condition


def _asked(c: Company, act: Callable[[], object]) -> object:
    c.coaching.ask_example(c.actors["ina"], c.submitted)
    return act()


def _shown(c: Company, act: Callable[[], object]) -> object:
    c.coaching.ask_example(c.actors["ina"], c.submitted)
    c.coaching.answer_example(c.actors["mia"], c.submitted, agreed=True)
    return act()


def _commented(c: Company, act: Callable[[], object]) -> object:
    c.coaching.comment(c.actors["ina"], c.submitted, "gut")
    return act()


def _looked(c: Company, act: Callable[[], object]) -> object:
    c.coaching.look(c.actors["ina"], c.submitted)
    return act()


@pytest.fixture
def there(tmp_path: Path, desk: Desk) -> Iterator[Company]:
    with company(tmp_path, desk) as made:
        yield made


def test_every_method_has_a_rule() -> None:
    methods = {
        f"{service.__name__}.{name}"
        for service in SERVICES
        for name, _ in inspect.getmembers(service, inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods == set(RULES) | FOR_NOBODY_IN_PARTICULAR
    assert not set(RULES) & FOR_NOBODY_IN_PARTICULAR


@pytest.mark.parametrize("name", sorted(EVERYBODY))
@pytest.mark.parametrize("method", sorted(RULES))
def test_everybody_may_do_what_is_theirs_and_nothing_else(
    there: Company, method: str, name: str
) -> None:
    attempt, allowed = RULES[method]
    who = there.actors[name]
    if name in allowed:
        attempt(there, who)
        return
    with pytest.raises((NotAllowedError, NotFoundError)):
        attempt(there, who)


COACHING_AT_A_CALL = [
    lambda c, who, call: c.coaching.look(who, call),
    lambda c, who, call: c.coaching.look_blind(who, call),
    lambda c, who, call: c.coaching.score_blind(who, call, {Principle.LEAD: 3}, version=0),
    lambda c, who, call: c.coaching.correct(who, call, "lead", "3", "so", version=0),
    lambda c, who, call: c.coaching.comment(who, call, "gut"),
    lambda c, who, call: c.coaching.finish(who, call, version=0),
    lambda c, who, call: c.coaching.ask_example(who, call),
]


@pytest.mark.parametrize("number", range(len(COACHING_AT_A_CALL)))
@pytest.mark.parametrize("call", ["private", "nobody's", "", "\x00", "'; DROP TABLE calls; --"])
def test_a_private_call_and_none_look_the_same_to_a_coach(
    there: Company, number: int, call: str
) -> None:
    target = there.private if call == "private" else call
    with pytest.raises(NotFoundError) as caught:
        COACHING_AT_A_CALL[number](there, there.actors["ina"], target)
    assert "submitted call" in str(caught.value)


def test_pages_call_no_method_that_checks_nobody() -> None:
    pages = Path(__file__).parents[1] / "trainer" / "ui"
    source = "\n".join(path.read_text(encoding="utf-8") for path in pages.glob("*.py"))
    assert ".scored(" not in source and ".reviewed(" not in source and ".dial(" not in source
    assert ".calls.get(" not in source and ".calls.list(" not in source
    assert "coaching().submitted(" not in source


def test_people_without_a_team_are_one_team(there: Company) -> None:
    admin = there.actors["admin"]
    for name in ("mia", "otto"):
        there.accounts.change(
            admin, there.actors[name].person, role=there.actors[name].role, teams=[], disabled=False
        )
    otto = Actor(there.actors["otto"].person, Role.COACH, frozenset())
    assert there.coaching.look(otto, there.submitted).review.call.id == there.submitted
    assert [call.id for call in there.coaching.inbox(otto, CallFilter())] == [there.submitted]
    with pytest.raises(NotFoundError):
        there.coaching.look(there.actors["ina"], there.submitted)
    assert there.coaching.inbox(there.actors["ina"], CallFilter()) == []


def test_every_service_of_the_pages_has_its_rules_here() -> None:
    path = Path(__file__).parents[1] / "trainer" / "ui" / "services.py"
    functions = [
        node
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name)
    ]
    returned = {ast.unparse(node.returns) for node in functions if node.returns}
    without_people = {"Settings", "Actor", "str", "bool"}
    assert returned - without_people == {service.__name__ for service in SERVICES}
