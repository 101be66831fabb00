"""The frame of the app: page set-up, services, navigation. Start it with `make run`."""

import streamlit as st

from trainer.core.person import Actor
from trainer.errors import SignInError, TrainerError
from trainer.ui import (
    account,
    agreement,
    assignments,
    coach,
    compare,
    content,
    door,
    faults,
    frame,
    health,
    models,
    people,
    practice,
    progress,
    read_in,
    review,
    services,
    start,
    state,
    team,
)
from trainer.ui.links import Place


def main() -> None:
    """Runs the page that was asked for, or says why it cannot."""
    frame.dress()
    actor = _enter()
    run_page = frame.navigate(
        {
            Place.START: start.render,
            Place.PRACTICE: practice.render,
            Place.REVIEW: review.render,
            Place.ASSIGNMENTS: assignments.render,
            Place.PROGRESS: progress.render,
            Place.COACH: coach.render,
            Place.READ_IN: read_in.render,
            Place.TEAM: team.render,
            Place.CONTENT: content.render,
            Place.AGREEMENT: agreement.render,
            Place.PEOPLE: people.render,
            Place.MODELS: models.render,
            Place.ACCOUNT: account.render,
            Place.COMPARE: compare.render,
            Place.HEALTH: health.render,
        },
        actor,
    )
    if actor is None:
        return
    try:
        run_page()
    except TrainerError as error:
        _tell(error)


def _enter() -> Actor | None:
    """Returns who is there; None after saying why nobody can come in."""
    try:
        frame.draw_switches()
        return services.actor()
    except TrainerError as error:
        _tell(error)
        return None


def _tell(error: TrainerError) -> None:
    if isinstance(error, SignInError):
        door.draw_closed()
        return
    t = state.texts()
    faults.show(error, t)
    st.button(t("common.error.retry"), key="retry", icon=":material/refresh:")


main()
