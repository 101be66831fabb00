"""What the web server needs beside the pages: entrance and gate, or the provider's settings."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from ipaddress import ip_address
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from trainer import housekeeping, log
from trainer.accounts import Accounts
from trainer.bootstrap import build_accounts, build_privacy, build_reporting
from trainer.errors import SettingsError
from trainer.settings import Settings, load_settings
from trainer.store import pulse
from trainer.ui.entrance import SET_PASSWORD, Entrance
from trainer.ui.gate import Gate
from trainer.ui.headers import SafeHeaders
from trainer.ui.loopback import OnlyThisMachine
from trainer.ui.watch_routes import WatchRoutes
from trainer.watch import WATCH

_REPORT_S = 60.0


@cache
def accounts() -> Accounts:
    """Returns the service about accounts, with connections of its own.

    Raises:
        StoreError: The database cannot be opened.
    """
    return build_accounts(load_settings())


def options() -> Mapping[str, Any]:
    """Returns the arguments of `st.App` for the configured way of signing in.

    Prints a one-time link where an administrator is still to come. Starts the daily deletion of
    what must not be kept any longer, and telling a learning record store where one is set.

    Raises:
        SettingsError: The settings do not fit together.
        StoreError: The database cannot be opened.
    """
    settings = load_settings()
    log.set_up(settings.log)
    housekeeping.start(
        [build_privacy(settings).apply_retention, lambda: accounts().tidy()],
    )
    reporting = build_reporting(settings)
    if reporting is not None:
        housekeeping.start([reporting.report], every_s=_REPORT_S)
    watched = WatchRoutes(_check_database, settings.metrics_token.get_secret_value()).routes()
    return {"on_script_error": _note, **_by_way_of_signing_in(settings, watched)}


def _by_way_of_signing_in(settings: Settings, watched: list[Route]) -> dict[str, Any]:
    headers = Middleware(SafeHeaders)
    match settings.accounts:
        case "open":
            refuse_strangers(st.get_option("server.address"))
            here = Middleware(OnlyThisMachine)
            return {"routes": watched, "middleware": [headers, here]}
        case "local":
            _greet_first_administrator(settings)
            lasts = timedelta(hours=settings.session_hours)
            secure = settings.url.startswith("https://")
            entrance = Entrance(accounts, secure=secure, lasts_s=int(lasts.total_seconds()))
            gate = Middleware(Gate, accounts=accounts)
            return {"routes": [*entrance.routes(), *watched], "middleware": [headers, gate]}
        case "oidc":
            secrets = {"auth": provider(settings)}
            return {"routes": watched, "middleware": [headers], "secrets": secrets}


def _check_database() -> None:
    pulse.check(accounts().store.engine)


def _note(error: Exception) -> None:
    WATCH.failed(error)


def refuse_strangers(address: str | None) -> None:
    """Checks that an app without accounts can be reached from this machine only.

    Raises:
        SettingsError: The address is one that others can reach.
    """
    if address == "localhost":
        return
    try:
        inside = ip_address(address or "").is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise SettingsError(
            f"setting server.address: {address or 'all addresses'} can be reached from other "
            "machines, but in open mode nobody has to sign in. Use 127.0.0.1, or set "
            "WIEDERHOEREN_ACCOUNTS to local or oidc."
        )


def provider(settings: Settings) -> Mapping[str, Any]:
    """Returns the section that Streamlit reads the OpenID Connect provider from.

    Raises:
        SettingsError: A part is missing.
    """
    parts = {
        "OIDC_METADATA": settings.oidc_metadata,
        "OIDC_CLIENT_ID": settings.oidc_client_id,
        "OIDC_CLIENT_SECRET": settings.oidc_client_secret.get_secret_value(),
        "OIDC_COOKIE_SECRET": settings.oidc_cookie_secret.get_secret_value(),
    }
    missing = [name for name, value in parts.items() if not value]
    if missing:
        raise SettingsError(f"setting WIEDERHOEREN_{missing[0]}: is needed to sign in by oidc")
    return {
        "redirect_uri": f"{settings.url.rstrip('/')}/oauth2callback",
        "cookie_secret": parts["OIDC_COOKIE_SECRET"],
        "client_id": parts["OIDC_CLIENT_ID"],
        "client_secret": parts["OIDC_CLIENT_SECRET"],
        "server_metadata_url": parts["OIDC_METADATA"],
    }


def _greet_first_administrator(settings: Settings) -> None:
    token = accounts().first_link()
    if token is not None:
        link = f"{settings.url.rstrip('/')}{SET_PASSWORD}?token={token}"
        print(f"First administrator, login admin – set the password here (once, 7 days):\n{link}")  # noqa: T201 - the owner of the machine reads it
