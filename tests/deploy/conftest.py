from tests.browser.conftest import chromium  # noqa: F401 - a fixture
from tests.store.conftest import postgres_server, postgres_url  # noqa: F401 - fixtures
