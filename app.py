"""The frame of the app: page set-up, services, navigation. Start it with `make run`."""

import streamlit as st

from trainer.errors import TrainerError
from trainer.ui import (
    coach,
    faults,
    frame,
    models,
    practice,
    progress,
    review,
    services,
    start,
    state,
)
from trainer.ui.links import Place


def main() -> None:
    """Runs the page that was asked for, or says why it cannot."""
    frame.dress()
    run_page = frame.navigate(
        {
            Place.START: start.render,
            Place.PRACTICE: practice.render,
            Place.REVIEW: review.render,
            Place.PROGRESS: progress.render,
            Place.COACH: coach.render,
            Place.MODELS: models.render,
        }
    )
    try:
        services.practice()
        run_page()
    except TrainerError as error:
        t = state.texts()
        faults.show(error, t)
        st.button(t("common.error.retry"), key="retry", icon=":material/refresh:")


main()
