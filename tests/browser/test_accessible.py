"""Every page, for trainees and coaches, in both languages, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Window, running_app
from tests.browser.test_whole_call import SKILLED, settled
from trainer.bootstrap import build_practice
from trainer.core.person import Role
from trainer.settings import Settings
from trainer.store.submissions import SubmissionStore
from trainer.ui.links import Place

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SERIOUS = {"serious", "critical"}
OF_THE_FRAMEWORK = {
    "aria-allowed-attr",  # Streamlit's segmented control and number input
    "aria-prohibited-attr",
}
WAYS = [
    pytest.param("Trainee", "Deutsch", 1280, True, id="trainee-de-dark"),
    pytest.param("Trainee", "English", 390, False, id="trainee-en-phone"),
    pytest.param("Coach", "Deutsch", 1280, False, id="coach-de"),
    pytest.param("Coach", "English", 390, True, id="coach-en-phone-dark"),
]


def accessible(page: Page) -> list[tuple[str, str]]:
    """Asks axe about the page as it stands; what is the framework's own is left out."""
    settled(page)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (one["id"], node["html"][:200])
        for one in found
        if one["impact"] in SERIOUS and one["id"] not in OF_THE_FRAMEWORK
        for node in one["nodes"]
    ]


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """Ids of an open call, a private one and a submitted one, and the app that shows them."""
    folder = tmp_path_factory.mktemp("accessible")
    practice = build_practice(Settings(DATABASE_URL=f"sqlite:///{folder / 'calls.db'}"))
    trainee = practice.people.ensure("Trainee", Role.TRAINEE).id
    made = [practice.start(trainee, who, seed=1).id for who in list(practice.catalog.personas)[:3]]
    for call in made:
        for line in SKILLED[:8]:
            if practice.open(trainee, call).ended_at is None:
                list(practice.say(trainee, call, line))
    for call in made[1:]:
        if practice.open(trainee, call).ended_at is None:
            practice.hang_up(trainee, call)
    SubmissionStore(practice.calls.engine).submit(made[2], "War die Frage zu früh?")
    practice.close()
    with running_app(folder) as address:
        yield address, made


@pytest.mark.parametrize(("role", "language", "width", "dark"), WAYS)
def test_axe_finds_nothing_serious_on_any_page(
    calls, chromium, role: str, language: str, width: int, *, dark: bool
) -> None:
    address, (running, private, submitted) = calls
    persona = "nicole_hambach"
    places = {
        "Trainee": [
            *("", f"practice?persona={persona}", f"practice?call={running}", "practice"),
            *(f"review?call={private}", "review", "progress", "assignments", "account"),
            f"compare?call={private}&other={submitted}",
        ],
        "Coach": [
            *("coach", f"coach?call={submitted}", "transcripts", "assignments", "team"),
            *("agreement", "content", f"content?kind=persona&item={persona}", "models"),
            *("content?kind=rubric&item=winback", "account", "people", "health"),
        ],
    }
    window = Window(chromium, address)
    page = window("/", width=width, dark=dark)
    found = {}
    for place in places[role]:
        mark = "&" if "?" in place else "?"
        page.goto(f"{address}/{place}{mark}role={role}&lang={language}")
        page.locator("h1").first.wait_for()
        found[place] = accessible(page)
    window.close()
    problems = [(place, *one) for place, what in found.items() for one in what]
    assert not problems, "\n".join(map(str, problems))
    visited = {place.partition("?")[0] or "start" for place in sum(places.values(), [])}
    assert visited == set(Place), "no page is left out"
    assert window.errors == []
