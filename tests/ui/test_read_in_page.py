"""Reading real calls in, as a coach does it."""

import io
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from tests.coaching.test_real_calls import CALL, RECIPE
from tests.ui.driver import html_of, open_page, run
from trainer.core.person import Role
from trainer.practice import Practice
from trainer.store.calls import CallFilter
from trainer.ui import services
from trainer.ui.links import Place

pytestmark = pytest.mark.slow

CSV = 'wer_spricht;satz\nAgent;"Guten Tag, mein Name ist Vogt."\nKunde;Ja bitte?\n'


@pytest.fixture
def page(app: AppTest) -> AppTest:
    services.person(Role.TRAINEE)
    run(app.segmented_control(key="role").set_value(Role.COACH))
    return open_page(app, Place.READ_IN)


def give(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    kinds = [(name, content, "application/octet-stream") for name, content in files]
    return run(page.file_uploader[0].set_value(kinds))


def archive(*files: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as target:
        for name, text in files:
            target.writestr(name, text)
    return made.getvalue()


def test_a_trainee_reads_nothing_in(app: AppTest) -> None:
    open_page(app, Place.READ_IN)
    assert not app.file_uploader


def test_an_archive_becomes_calls_in_the_coachs_list_and_the_rest_is_refused_with_reasons(
    page: AppTest, practice: Practice
) -> None:
    assert "personenbezogene Daten" in html_of(page)
    other = CALL.replace("dreimal", "zweimal")
    give(page, ("mai.zip", archive(("a.txt", CALL), ("b.txt", other), ("r.txt", RECIPE))))
    assert page.multiselect(key="cast_Frau Albers|Lena Vogt").value == ["Lena Vogt"]
    run(page.multiselect(key="cast_Zubereitung|Zutaten").set_value(["Zutaten"]))
    assert page.button(key="real_start").disabled
    run(page.selectbox(key="real_owner").set_value(services.person(Role.TRAINEE)))
    run(page.checkbox(key="real_sure").check())
    run(page.button(key="real_start").click())
    assert "Eingelesen und bewertet: 2" in html_of(page)
    assert "Nicht aufgenommen: 1" in html_of(page) and "r.txt" in html_of(page)
    assert "sieht nicht nach einem Rückgewinnungsgespräch aus" in html_of(page)
    calls = practice.calls.list(CallFilter(real=True))
    assert {call.persona_name for call in calls} == {"a", "b"}
    open_page(page, Place.COACH, call=calls[0].id)
    assert "Echtes Gespräch „" in html_of(page) and "Eingelesen von Coach" in html_of(page)
    assert "Was Kundin/Kunde dachte" not in html_of(page)
    assert not any(button.key == "ask_example" for button in page.button)
    run(page.checkbox(key="real_delete_sure").check())
    run(page.button(key="real_delete").click())
    (call,) = practice.calls.list(CallFilter(real=True))
    assert call.id == calls[1].id
    run(page.segmented_control(key="role").set_value(Role.TRAINEE))
    open_page(page, Place.REVIEW, call=call.id)
    assert "Es wurde eingelesen" in html_of(page)
    assert not any(str(button.key).startswith("retry-") for button in page.button)
    open_page(page, Place.PRACTICE, call=call.id)
    open_page(page, Place.REVIEW)
    assert "echtes Gespräch" in html_of(page)


def test_a_table_asks_which_column_is_which(page: AppTest, practice: Practice) -> None:
    give(page, ("t.csv", CSV.encode()))
    assert not page.multiselect
    run(page.selectbox(key="column_who_0").set_value("wer_spricht"))
    run(page.selectbox(key="column_what_0").set_value("satz"))
    assert page.multiselect(key="cast_Agent|Kunde").value == ["Agent"]


def test_files_that_cannot_be_read_say_why_at_once(page: AppTest) -> None:
    give(page, ("leer.txt", b" "), ("a.txt", b"nur Text"), ("z.zip", b"PK"))
    for words in ("Die Datei ist leer.", "Keine Zeile beginnt", "Das Archiv ist beschädigt"):
        assert words in html_of(page)
    assert not any(button.key == "real_start" for button in page.button)
