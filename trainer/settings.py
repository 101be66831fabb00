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
        accounts: Who may use the app: whoever sits at this machine (`open`), people with an
            account in the database (`local`), people known to an OpenID Connect provider (`oidc`).
        url: Where browsers find the app; in one-time links and for the provider's way back.
        session_hours: After this time everybody signs in anew.
        idle_minutes: After this time without a click as well.
        oidc_metadata: Address of the provider's `.well-known/openid-configuration`.
        oidc_client_id: The app's name at the provider.
        oidc_client_secret: Shown nowhere.
        oidc_cookie_secret: Signs the provider's cookie; long and random.
        oidc_role_claim: Claim that holds one or several words about what a person may do.
        oidc_coach: The word in that claim that makes a coach.
        oidc_administrator: The word that makes an administrator.
        oidc_team_claim: Claim that holds the names of a person's teams.
        retention_days: Calls that began so many days ago are deleted; 0 keeps them.
        log: How the app's log looks: lines for people, or JSON for machines.
        metrics_token: What Prometheus must show as a bearer token from elsewhere; without one only
            this machine sees the figures.
        judge: Which back-end gives coaches a second opinion when they ask for one: none (`off`), a
            chat model on this machine, or a server.
        judge_model: For `local` a folder or hub id, for `openai` the name the server knows; never
            the shipped model.
        judge_base_url: Of the server, up to and with `/v1`.
        judge_api_key: Of that server; shown nowhere.
        judge_samples: How many replies are drawn for each principle at most.
        judge_timeout_s: Deadline of one reply.
        speech: Folder with a model that understands recordings; None where trainees only type.
        lrs_endpoint: Of a learning record store that is told of submitted calls; "" tells nobody.
        lrs_key: Name for its basic authentication.
        lrs_secret: Shown nowhere.
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
    accounts: Literal["open", "local", "oidc"] = "open"
    url: str = "http://127.0.0.1:8501"
    session_hours: float = Field(default=10, gt=0)
    idle_minutes: float = Field(default=120, gt=0)
    oidc_metadata: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_cookie_secret: SecretStr = SecretStr("")
    oidc_role_claim: str = "roles"
    oidc_coach: str = "coach"
    oidc_administrator: str = "administrator"
    oidc_team_claim: str = "teams"
    retention_days: int = Field(default=0, ge=0)
    log: Literal["text", "json"] = "text"
    metrics_token: SecretStr = SecretStr("")
    judge: Literal["off", "local", "openai"] = "off"
    judge_model: str = ""
    judge_base_url: str = ""
    judge_api_key: SecretStr = SecretStr("")
    judge_samples: int = Field(default=3, ge=1, le=15)
    judge_timeout_s: float = Field(default=120, gt=0)
    speech: Path | None = None
    lrs_endpoint: str = ""
    lrs_key: str = ""
    lrs_secret: SecretStr = SecretStr("")


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
