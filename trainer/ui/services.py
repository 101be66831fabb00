"""The services behind the pages, built once a process and shared by all sessions; who asks."""

from pathlib import Path

import streamlit as st

from trainer.accounts import Accounts
from trainer.assignments import Assignments
from trainer.attempts import Attempts
from trainer.bootstrap import build_accounts, build_judge, build_practice, build_privacy
from trainer.coaching import Coaching
from trainer.content import Contents
from trainer.core.person import Actor, Role
from trainer.errors import SignInError
from trainer.journey import Journey, build_journey
from trainer.judging import Judging
from trainer.measured import Measured
from trainer.practice import Practice
from trainer.preparing import Preparing, build_preparing
from trainer.privacy import Privacy
from trainer.realcalls import RealCalls, build_real_calls
from trainer.settings import Settings, load_settings
from trainer.speech.recording import Ear, ear_of
from trainer.statements import Statements
from trainer.store.accounts import AccountStore
from trainer.store.agreements import AgreementStore
from trainer.store.assignments import AssignmentStore
from trainer.store.attempts import AttemptStore
from trainer.store.coaching import CoachingStore
from trainer.store.content import ContentStore
from trainer.store.erasure import Erasure
from trainer.store.judgements import JudgementStore
from trainer.store.submissions import SubmissionStore
from trainer.store.teamwork import TeamworkStore
from trainer.submissions import Submissions
from trainer.teamwork import Teamwork
from trainer.ui import state
from trainer.ui.entrance import COOKIE
from trainer.warm import warm_up

_OPEN_MODE_NAMES = {
    Role.TRAINEE: "Trainee",
    Role.COACH: "Coach",
    Role.ADMINISTRATOR: "Administration",
}


def settings() -> Settings:
    """Returns the settings.

    Raises:
        SettingsError: A setting cannot be used.
    """
    return load_settings()


@st.cache_resource(show_spinner=False)
def practice() -> Practice:
    """Returns the service layer.

    Raises:
        SettingsError: A setting cannot be used.
        StoreError: The database cannot be opened.
        RecognizerError: The shipped recogniser is missing or damaged.
    """
    built = build_practice(settings())
    warm_up(built)
    return built


def attempts() -> Attempts:
    """Returns the service behind retries; raises what `practice` raises."""
    served = practice()
    return Attempts(served, AttemptStore(served.calls.engine))


@st.cache_resource(show_spinner=False)
def journey() -> Journey:
    """Returns the service behind start page, choice and progress; raises like `practice`."""
    return build_journey(practice())


@st.cache_resource(show_spinner=False)
def preparing() -> Preparing:
    """Returns the service behind the customer's card; raises like `practice`."""
    return build_preparing(practice())


@st.cache_resource(show_spinner=False)
def submissions() -> Submissions:
    """Returns the service behind handing in; raises what `practice` raises."""
    served = practice()
    return Submissions(served, SubmissionStore(served.calls.engine))


@st.cache_resource(show_spinner=False)
def speech_folder() -> Path | None:
    """Returns where the model for recordings is, as the settings say."""
    return settings().speech


@st.cache_resource(show_spinner=False)
def ear() -> Ear | None:
    """Returns what understands recordings; None where something is missing for it."""
    return ear_of(speech_folder())


@st.cache_resource(show_spinner=False)
def accounts() -> Accounts:
    """Returns the service about accounts; raises what `practice` raises."""
    return build_accounts(settings(), AccountStore(practice().calls.engine))


@st.cache_resource(show_spinner=False)
def coaching() -> Coaching:
    """Returns the service about reviews by coaches; raises what `practice` raises."""
    return Coaching(practice(), CoachingStore(practice().calls.engine))


@st.cache_resource(show_spinner=False)
def judging() -> Judging:
    """Returns the service about second opinions; raises what `practice` raises."""
    store = JudgementStore(practice().calls.engine)
    return Judging(coaching(), store, build_judge(settings()))


@st.cache_resource(show_spinner=False)
def real_calls() -> RealCalls:
    """Returns the service that reads real calls in; raises what `practice` raises."""
    return build_real_calls(practice(), coaching())


@st.cache_resource(show_spinner=False)
def contents() -> Contents:
    """Returns the service about own personas and rubrics; raises what `practice` raises."""
    return Contents(practice(), ContentStore(practice().calls.engine))


@st.cache_resource(show_spinner=False)
def assignments() -> Assignments:
    """Returns the service about assignments; raises what `practice` raises."""
    return Assignments(attempts(), AssignmentStore(practice().calls.engine))


@st.cache_resource(show_spinner=False)
def teamwork() -> Teamwork:
    """Returns the service about teams; raises what `practice` raises."""
    return Teamwork(TeamworkStore(practice().calls.engine))


@st.cache_resource(show_spinner=False)
def measured() -> Measured:
    """Returns the service about agreement; raises what `practice` raises."""
    return Measured(AgreementStore(practice().calls.engine))


@st.cache_resource(show_spinner=False)
def statements() -> Statements:
    """Returns the service that exports xAPI statements; raises what `practice` raises."""
    return Statements(practice().calls, practice().people, settings().url)


@st.cache_resource(show_spinner=False)
def privacy() -> Privacy:
    """Returns the service about personal data; raises what `practice` raises."""
    return build_privacy(settings(), Erasure(practice().calls.engine))


def forget_people() -> None:
    """Lets the open mode make its people anew: they were erased."""
    _anybody.clear()


def open_mode() -> bool:
    """Tells whether nobody has to sign in: one machine, one trainee, one coach."""
    return settings().accounts == "open"


def actor() -> Actor:
    """Returns who sits at the browser, asked anew each time: rights can end at any moment.

    Raises:
        SignInError: Nobody is signed in, or not any more.
        StoreError: The database cannot be read or written.
    """
    match settings().accounts:
        case "open":
            role = state.role()
            return Actor(_anybody(role), role, teams=None)
        case "local":
            return accounts().actor(session_token())
        case "oidc":
            if not st.user.is_logged_in:
                raise SignInError("needed", "Please sign in.")
            return accounts().admit(st.user.to_dict())


def own() -> Actor:
    """Returns who sits at the browser, as the owner of their own calls.

    In open mode that is always the trainee, whatever role was chosen.

    Raises:
        SignInError: Nobody is signed in, or not any more.
        StoreError: The database cannot be read or written.
    """
    if open_mode():
        return Actor(_anybody(Role.TRAINEE), Role.TRAINEE, teams=None)
    return actor()


def session_token() -> str:
    """Returns the token in the browser's cookie; "" where there is none."""
    return str(st.context.cookies.get(COOKIE, ""))


def person(role: Role) -> str:
    """Returns the id of whoever sits at the browser.

    Args:
        role: In open mode one machine serves a trainee and a coach; this tells which is meant.

    Raises:
        SignInError: Nobody is signed in, or not any more.
        StoreError: The database cannot be read or written.
    """
    return _anybody(role) if open_mode() else actor().person


@st.cache_resource(show_spinner=False)
def _anybody(role: Role) -> str:
    return practice().people.ensure(_OPEN_MODE_NAMES[role], role).id
