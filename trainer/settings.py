"""Settings from the environment or a `.env` file; nothing is read at import time."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from trainer.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings with their defaults.

    Attributes:
        database_url: SQLAlchemy URL, from `DATABASE_URL`. A SQLite file by default.
        personas: Folder with persona files.
        rubrics: Folder with rubric files.
        rubric: Id of the rubric that calls are scored by, the name of its file.
        recognizer: Folder with the fitted recogniser.
        llm: Which back-end words the customer's replies: the shipped model, a chat model on this
            machine, a server, or the phrase bank alone.
        model: For `local` a folder or hub id, for `openai` the name the server knows.
        base_url: Of the server for `openai`, up to and with `/v1`.
        api_key: Of that server; shown nowhere.
    """

    model_config = SettingsConfigDict(
        env_prefix="WIEDERHOEREN_", env_file=".env", extra="ignore", frozen=True
    )

    database_url: str = Field(
        default=f"sqlite:///{PROJECT / 'var' / 'wiederhoeren.db'}", validation_alias="DATABASE_URL"
    )
    personas: Path = PROJECT / "personas"
    rubrics: Path = PROJECT / "rubrics"
    rubric: str = "winback"
    recognizer: Path = PROJECT / "trainer" / "nlu" / "weights"
    llm: Literal["embedded", "local", "openai", "phrases"] = "embedded"
    model: str = ""
    base_url: str = ""
    api_key: SecretStr = SecretStr("")


def load_settings() -> Settings:
    """Reads the settings.

    Raises:
        SettingsError: A value cannot be used; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting {name}: {first['msg']}; check the environment and .env"
        ) from error
