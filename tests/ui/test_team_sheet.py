"""The team's report on paper."""

import pypdfium2
import pytest

from tests.coaching.test_teamwork import line
from trainer.core.text import Language
from trainer.practice import Practice
from trainer.teamwork import summarise
from trainer.ui.team_sheet import team_pdf
from trainer.ui.texts import Texts


@pytest.mark.parametrize("language", Language)
def test_names_and_figures_stand_on_paper(practice: Practice, language: Language) -> None:
    missed = {"checks": {"lead.introduce": "not"}, "asked": {"ask_reason": False}}
    lines = [line(n, who=who, digest=missed) for n, who in enumerate(("Mia", "Şükran <b>", "𝕏"))]
    document = pypdfium2.PdfDocument(team_pdf(summarise(lines), Texts(language)))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for word in ("Mia", "Şükran <b>", "3,0" if language == "de" else "3.0", "100 %"):
        assert word in text


def test_a_team_without_calls_has_a_page(practice: Practice) -> None:
    document = pypdfium2.PdfDocument(team_pdf(summarise([]), Texts(Language.GERMAN)))
    assert len(document) == 1
    document.close()
