"""Text that exists in both languages of the user interface."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Language(StrEnum):
    """Languages of the user interface; the calls themselves are German."""

    GERMAN = "de"
    ENGLISH = "en"


class Localized(BaseModel):
    """One text in German and English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    de: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_(self, language: Language) -> str:
        """Returns the text in the given language."""
        return self.de if language is Language.GERMAN else self.en
