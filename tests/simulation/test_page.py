import re

import pytest

from tests.requirements import require
from tests.simulation.builders import lost, won
from trainer.simulation import page
from trainer.simulation.charts import DRAWS, draw_all
from trainer.simulation.figures import figures_of

RECORDS = [won(), lost(agent="weak", difficulty="hard")]


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = page.as_page(figures_of(RECORDS))
    assert not re.search(r"<(script|link|img|iframe)\b|(?:src|href)=[\"']https?:", text)


def test_what_was_said_is_shown_and_escaped() -> None:
    text = page.as_page(figures_of(RECORDS), RECORDS)
    assert "Hallo &lt;b&gt;&amp;" in text and "<b>&" not in text


def test_every_chart_is_drawn() -> None:
    require(DRAWS, "vl-convert-python")
    drawings = dict(draw_all(figures_of(RECORDS)))
    assert len(drawings) == 7
    assert all(drawing.startswith("<svg") for drawing in drawings.values())


def test_without_the_drawing_package_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "DRAWS", False)
    text = page.as_page(figures_of(RECORDS))
    assert "vl-convert-python is not installed" in text and "<table>" in text
