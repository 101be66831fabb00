"""Says in the page's language what went wrong, and what can be done."""

from collections.abc import Sequence
from itertools import groupby

from trainer.errors import (
    CallEndedError,
    ConflictError,
    ContentError,
    LLMError,
    NotAllowedError,
    NotFoundError,
    RecognizerError,
    RetryError,
    SettingsError,
    SignInError,
    StoreError,
    TalkMovedOnError,
    TrainerError,
)
from trainer.ui.html import notice
from trainer.ui.texts import Texts
from trainer.watch import WATCH

_KEYS: tuple[tuple[type[TrainerError], str], ...] = (
    (StoreError, "common.error.store"),
    (NotFoundError, "common.error.not_found"),
    (CallEndedError, "common.error.running"),
    (TalkMovedOnError, "attempts.moved_on"),
    (RetryError, "attempts.refused"),
    (RecognizerError, "common.error.recognizer"),
    (LLMError, "common.error.llm"),
    (SettingsError, "common.error.settings"),
    (NotAllowedError, "common.error.not_allowed"),
    (ConflictError, "common.error.conflict"),
    (SignInError, "common.error.sign_in"),
)


def explain(error: TrainerError, t: Texts) -> str:
    """Returns a sentence a person can act on."""
    return t(next((key for kind, key in _KEYS if isinstance(error, kind)), "common.error.other"))


def show(error: TrainerError, t: Texts) -> None:
    """Draws an error with its technical message in small print."""
    WATCH.failed(error)
    away = isinstance(error, LLMError)  # all goes on without it
    notice(explain(error, t), tone="warn" if away else "bad", details=str(error))


def show_content_problems(problems: Sequence[ContentError], t: Texts) -> None:
    """Draws one warning for each content file that could not be loaded, naming its fields."""
    for name, of_file in groupby(problems, key=lambda problem: problem.path.name):
        details = "; ".join(
            t("common.content.field", field=found.field, problem=found.problem)
            if found.field
            else found.problem
            for found in of_file
        )
        notice(t("common.content.problem", file=name), tone="warn", details=details)
