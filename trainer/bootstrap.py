"""All wiring in one place: settings in, services out."""

from dataclasses import dataclass
from datetime import timedelta

from trainer.accounts import Accounts, Claims
from trainer.catalog import Catalog, load_catalog
from trainer.core.turn import Recognizer
from trainer.errors import LLMError
from trainer.library import Library
from trainer.llm.base import LLM, MissingLLM
from trainer.llm.resting import RestingLLM
from trainer.lrs import RecordStore, Reporting
from trainer.nlg.generator import Generator
from trainer.nlg.phrases import load_phrases
from trainer.nlu.recognizer import load_recognizer
from trainer.practice import Practice
from trainer.privacy import Privacy
from trainer.scoring.judge import Judge
from trainer.settings import Settings
from trainer.store.accounts import AccountStore
from trainer.store.calls import CallStore
from trainer.store.content import ContentStore
from trainer.store.engine import open_engine
from trainer.store.erasure import Erasure
from trainer.store.people import PeopleStore
from trainer.store.reports import ReportStore


@dataclass(frozen=True, slots=True)
class Desk:
    """What a call needs without a database: the command line's `play` and `score` use it."""

    catalog: Catalog
    recognizer: Recognizer
    generator: Generator


def build_llm(settings: Settings) -> LLM | None:
    """Loads the configured language model; None for the phrase bank alone.

    A model that is too slow rests between tries, and the phrase bank speaks meanwhile. One that
    cannot be loaded does not keep anybody from practising: what is returned then says why each
    time it is asked.
    """
    try:
        match settings.llm:
            case "embedded":
                from trainer.llm.local import EMBEDDED, LocalLLM

                return RestingLLM(LocalLLM(EMBEDDED))
            case "local":
                from trainer.llm.local import LocalLLM

                return RestingLLM(LocalLLM(settings.model))
            case "openai":
                from trainer.llm.openai_compatible import OpenAICompatibleLLM

                key = settings.api_key.get_secret_value()
                return RestingLLM(OpenAICompatibleLLM(settings.base_url, settings.model, key))
            case "phrases":
                return None
    except LLMError as error:
        return MissingLLM(settings.model or settings.llm, error)


def build_judge(settings: Settings) -> Judge | None:
    """Loads what gives second opinions; None where none is wanted.

    A model that cannot be loaded leaves every check open, and the exchange says why.
    """
    try:
        match settings.judge:
            case "off":
                return None
            case "local":
                from trainer.llm.local import LocalLLM

                return _judge(LocalLLM(settings.judge_model), settings)
            case "openai":
                from trainer.llm.openai_compatible import OpenAICompatibleLLM

                key = settings.judge_api_key.get_secret_value()
                server = OpenAICompatibleLLM(settings.judge_base_url, settings.judge_model, key)
                return _judge(server, settings)
    except LLMError as error:
        return _judge(MissingLLM(settings.judge_model or settings.judge, error), settings)


def _judge(llm: LLM, settings: Settings) -> Judge:
    return Judge(llm, samples=settings.judge_samples, timeout_s=settings.judge_timeout_s)


def build_desk(settings: Settings, llm: LLM | None = None) -> Desk:
    """Loads content and recogniser.

    Args:
        settings: Where they are.
        llm: What words the customer's replies; None for the phrase bank alone.

    Raises:
        RecognizerError: The shipped recogniser is missing or damaged.
    """
    recognizer = load_recognizer(settings.recognizer)
    return Desk(
        catalog=load_catalog(settings.personas, settings.rubrics, settings.rubric),
        recognizer=recognizer,
        generator=Generator(load_phrases(), recognizer, llm),
    )


def build_practice(settings: Settings, desk: Desk | None = None) -> Practice:
    """Builds the service behind the pages; migrates the database.

    Args:
        settings: Where the database is.
        desk: Content and models, where they are loaded already.

    Raises:
        StoreError: The database cannot be opened.
        RecognizerError: The shipped recogniser is missing or damaged.
    """
    desk = desk or build_desk(settings, build_llm(settings))
    engine = open_engine(settings.database_url)
    return Practice(
        Library(desk.catalog, ContentStore(engine)),
        desk.recognizer,
        desk.generator,
        CallStore(engine),
        PeopleStore(engine),
    )


def build_accounts(settings: Settings, store: AccountStore | None = None) -> Accounts:
    """Builds the service about accounts.

    Args:
        settings: How long sessions last, and how to read what a provider says.
        store: The accounts of an open database; None opens the one in the settings.

    Raises:
        StoreError: The database cannot be opened.
    """
    return Accounts(
        store or AccountStore(open_engine(settings.database_url)),
        session_life=timedelta(hours=settings.session_hours),
        idle=timedelta(minutes=settings.idle_minutes),
        claims=Claims(
            role_claim=settings.oidc_role_claim,
            coach=settings.oidc_coach,
            administrator=settings.oidc_administrator,
            team_claim=settings.oidc_team_claim,
        ),
    )


def build_reporting(settings: Settings) -> Reporting | None:
    """Builds what tells a learning record store of submitted calls; None where none is named.

    Raises:
        StoreError: The database cannot be opened.
    """
    if not settings.lrs_endpoint:
        return None
    store = RecordStore(
        settings.lrs_endpoint, settings.lrs_key, settings.lrs_secret.get_secret_value()
    )
    return Reporting(ReportStore(open_engine(settings.database_url)), store, settings.url)


def build_privacy(settings: Settings, store: Erasure | None = None) -> Privacy:
    """Builds the service about personal data.

    Args:
        settings: How long calls are kept.
        store: An open database; None opens the one in the settings.

    Raises:
        StoreError: The database cannot be opened.
    """
    days = settings.retention_days
    return Privacy(
        store or Erasure(open_engine(settings.database_url)),
        retention=timedelta(days=days) if days else None,
    )
