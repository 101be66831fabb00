"""Every error this package raises on purpose.

TrainerError
 ├─ SettingsError          a setting cannot be used
 ├─ ContentError           a persona or rubric file is wrong
 ├─ NotFoundError          an id that is not there (or not yours to see)
 ├─ NotAllowedError        something only another role may do
 ├─ ConflictError          somebody else was faster; look again
 ├─ InputError             something typed or uploaded that cannot be taken
 ├─ SignInError            nobody is signed in, or the words do not fit
 ├─ CallEndedError         a turn was sent to a call that is over
 ├─ TalkMovedOnError       a turn was sent to a talk that has gone on in another window
 ├─ RetryError             an attempt cannot begin at this turn
 ├─ TranscriptError        an imported transcript cannot be read
 ├─ RecognizerError        the shipped recogniser cannot be loaded
 ├─ SimulationError        a run of scripted agents cannot be played as asked for
 ├─ SpeechError            a recording cannot be understood
 ├─ StoreError             the database cannot be read or written
 ├─ BackupError            a copy of the database cannot be made or put back
 └─ LLMError               the language model gave no usable text
     └─ SlowLLMError       it took longer than it may

Each message says what happened, with which value, and what to do.
"""

from enum import StrEnum
from pathlib import Path


class TrainerError(Exception):
    """Base of all errors that a person can act on; `str(error)` may be shown in the page."""


class SettingsError(TrainerError):
    """A setting has a value that cannot be used."""


class ContentError(TrainerError):
    """A persona or rubric file breaks its schema.

    Attributes:
        path: The file.
        field: Dotted path of the field, `""` where the whole file is unreadable.
        problem: What is wrong with it, and what would be right.
    """

    def __init__(self, path: Path, field: str, problem: str) -> None:
        """Keeps the three parts and joins them to one message."""
        self.path, self.field, self.problem = path, field, problem
        super().__init__(": ".join(part for part in (path.name, field, problem) if part))


class NotFoundError(TrainerError):
    """No such persona, call, person or rubric, or it is not visible to whoever asks."""


class NotAllowedError(TrainerError):
    """Only another role may do this."""


class ConflictError(TrainerError):
    """Somebody else changed the same thing in the meantime; nothing was overwritten."""


class InputError(TrainerError):
    """What was typed or uploaded cannot be taken.

    Attributes:
        problem: Key of the words that say so in the page's language.
    """

    def __init__(self, problem: str, message: str) -> None:
        """Keeps the key beside the message."""
        self.problem = problem
        super().__init__(message)


class SignInError(TrainerError):
    """Nobody is signed in, the password is wrong, or the account is locked for a while.

    Attributes:
        problem: `wrong`, `locked`, `link` or `needed`; pages say it in the user's language.
    """

    def __init__(self, problem: str, message: str) -> None:
        """Keeps the problem beside the message."""
        self.problem = problem
        super().__init__(message)


class CallEndedError(TrainerError):
    """The call is over; start a new one."""


class TalkMovedOnError(TrainerError):
    """The talk went on in another window; what was to be said fits a moment that is over."""


class RetryError(TrainerError):
    """An attempt cannot begin at this turn of this call."""


class TranscriptError(TrainerError):
    """A transcript file is in none of the known forms, or one speaker is missing.

    Attributes:
        problem: Key of the words that say so in the page's language.
    """

    def __init__(self, message: str, problem: str = "form") -> None:
        """Keeps the key beside the message."""
        self.problem = problem
        super().__init__(message)


class RecognizerError(TrainerError):
    """The shipped recogniser is missing or damaged; `make fit` makes it anew."""


class StoreProblem(StrEnum):
    """What keeps the database from doing its work; pages say it in the user's language."""

    READ_ONLY = "read_only"
    FULL = "full"
    LOCKED = "locked"
    AWAY = "away"
    REFUSED = "refused"
    DAMAGED = "damaged"
    SCHEMA = "schema"
    OTHER = "other"


class SimulationError(TrainerError):
    """A run of scripted agents cannot be played as asked for."""


class RecordStoreError(TrainerError):
    """A learning record store cannot be reached or did not take what it was told."""


class StoreError(TrainerError):
    """The database is away, full, locked or read-only; nothing of the write was kept.

    Attributes:
        problem: Which of the known problems it is.
    """

    def __init__(self, message: str, problem: StoreProblem = StoreProblem.OTHER) -> None:
        """Keeps the problem beside the message."""
        self.problem = problem
        super().__init__(message)


class BackupError(TrainerError):
    """A copy of the database cannot be made or put back; the database is as it was."""


class SpeechError(TrainerError):
    """A recording cannot be understood, or the model for it cannot be loaded."""


class LLMError(TrainerError):
    """The language model is away, too slow, or sent something that is no text."""


class SlowLLMError(LLMError):
    """The language model took longer than it may."""
