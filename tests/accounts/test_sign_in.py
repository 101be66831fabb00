import pytest
from sqlalchemy import text

from tests.accounts.conftest import PASSWORD, Clock
from trainer.accounts import LOCK, TRIES, Accounts
from trainer.core.person import Actor, Role
from trainer.errors import ConflictError, InputError, NotAllowedError, NotFoundError, SignInError
from trainer.store.accounts import NewAccount


def problem_of(call: object, *args: object) -> str:
    with pytest.raises(SignInError) as caught:
        call(*args)  # type: ignore[operator]
    return caught.value.problem


def test_the_first_administrator_comes_by_a_link_that_works_once(accounts: Accounts) -> None:
    token = accounts.first_link()
    assert token is not None
    actor = accounts.actor(accounts.use_link(token, PASSWORD))
    assert actor.role is Role.ADMINISTRATOR
    assert problem_of(accounts.use_link, token, PASSWORD) == "link"
    assert accounts.first_link() is None


def test_a_first_link_that_nobody_used_is_replaced_at_the_next_start(accounts: Accounts) -> None:
    old, new = accounts.first_link(), accounts.first_link()
    assert old and new and old != new
    assert problem_of(accounts.open_link, old) == "link"
    assert accounts.open_link(new).login == "admin"


def test_a_link_gets_too_old(accounts: Accounts, clock: Clock) -> None:
    token = accounts.first_link()
    assert token
    clock.move(days=7, seconds=1)
    assert problem_of(accounts.open_link, token) == "link"


def test_signing_in_needs_login_and_password(accounts: Accounts, mia: Actor) -> None:
    assert accounts.actor(accounts.sign_in(" MIA ", PASSWORD)) == mia
    for login, password in [("mia", "falsch"), ("niemand", PASSWORD), ("", ""), ("mia", "")]:
        assert problem_of(accounts.sign_in, login, password) == "wrong"


@pytest.mark.parametrize("login", ["mia", "niemand"])
def test_too_many_tries_lock_a_login_for_a_while_whether_it_exists_or_not(
    accounts: Accounts, mia: Actor, clock: Clock, login: str
) -> None:
    answers = [problem_of(accounts.sign_in, login, "falsch") for _ in range(TRIES)]
    assert answers == ["wrong"] * (TRIES - 1) + ["locked"]
    assert problem_of(accounts.sign_in, login, PASSWORD) == "locked"
    clock.move(seconds=LOCK.total_seconds())
    if login == "mia":
        assert accounts.actor(accounts.sign_in("mia", PASSWORD)) == mia
    assert problem_of(accounts.sign_in, login, "falsch") == "wrong"


def test_a_session_ends_by_age_by_idleness_and_by_signing_out(
    accounts: Accounts, mia: Actor, clock: Clock
) -> None:
    token = accounts.sign_in("mia", PASSWORD)
    for _ in range(9):
        clock.move(hours=1)
        assert accounts.actor(token) == mia
    clock.move(hours=1, seconds=1)
    assert problem_of(accounts.actor, token) == "needed"
    idle = accounts.sign_in("mia", PASSWORD)
    clock.move(hours=2, seconds=1)
    assert problem_of(accounts.actor, idle) == "needed"
    left = accounts.sign_in("mia", PASSWORD)
    accounts.sign_out(left)
    assert problem_of(accounts.actor, left) == "needed"


def test_neither_password_nor_token_is_in_the_database(accounts: Accounts, mia: Actor) -> None:
    token = accounts.sign_in("mia", PASSWORD)
    with accounts.store.engine.connect() as connection:
        kept = str(
            [connection.execute(text(f"SELECT * FROM {table}")).all()
             for table in ("accounts", "sessions", "one_time_links", "sign_in_attempts")]
        )  # fmt: skip
    assert "$argon2id$" in kept
    assert token not in kept and PASSWORD not in kept


def test_rights_are_those_of_this_moment(accounts: Accounts, admin: Actor, mia: Actor) -> None:
    token = accounts.sign_in("mia", PASSWORD)
    accounts.change(admin, mia.person, role=Role.COACH, teams=["Nord", "Süd"], disabled=False)
    now = accounts.actor(token)
    assert now.role is Role.COACH and len(now.teams or ()) == 2
    accounts.change(admin, mia.person, role=Role.COACH, teams=[], disabled=True)
    assert problem_of(accounts.actor, token) == "needed"
    assert problem_of(accounts.sign_in, "mia", PASSWORD) == "wrong"
    accounts.change(admin, mia.person, role=Role.COACH, teams=[], disabled=False)
    assert accounts.actor(accounts.sign_in("mia", PASSWORD)).teams == frozenset()


def test_the_last_administrator_stays(accounts: Accounts, admin: Actor) -> None:
    for role, disabled in [(Role.COACH, False), (Role.ADMINISTRATOR, True)]:
        with pytest.raises(ConflictError):
            accounts.change(admin, admin.person, role=role, teams=[], disabled=disabled)


def test_a_changed_password_ends_the_other_sessions(accounts: Accounts, mia: Actor) -> None:
    here, there = accounts.sign_in("mia", PASSWORD), accounts.sign_in("mia", PASSWORD)
    with pytest.raises(SignInError):
        accounts.change_password(mia, "falsch", "ein anderer ganzer Satz", session=here)
    accounts.change_password(mia, PASSWORD, "ein anderer ganzer Satz", session=here)
    assert accounts.actor(here) == mia
    assert problem_of(accounts.actor, there) == "needed"
    assert problem_of(accounts.sign_in, "mia", PASSWORD) == "wrong"


def test_an_old_password_cannot_be_guessed_in_the_account_page_either(
    accounts: Accounts, mia: Actor
) -> None:
    for _ in range(TRIES):
        with pytest.raises(SignInError):
            accounts.change_password(mia, "falsch", "ein anderer ganzer Satz", session="x")
    with pytest.raises(SignInError) as caught:
        accounts.change_password(mia, PASSWORD, "ein anderer ganzer Satz", session="x")
    assert caught.value.problem == "locked"


@pytest.mark.parametrize(
    ("password", "problem"),
    [("zu kurz", "short"), ("x" * 201, "long"), ("aaaaaaaaaaaaaaaa", "easy"),
     ("MIA hat ein Passwort", "easy"), ("", "short")],
)  # fmt: skip
def test_weak_passwords_are_refused(
    accounts: Accounts, mia: Actor, password: str, problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        accounts.change_password(mia, PASSWORD, password, session="x")
    assert caught.value.problem == problem


def test_only_an_administrator_looks_after_accounts(accounts: Accounts, mia: Actor) -> None:
    new = NewAccount(name="x", login="x", role=Role.ADMINISTRATOR)
    for person in (mia, Actor(mia.person, Role.COACH)):
        for act in (
            lambda p=person: accounts.everybody(p),
            lambda p=person: accounts.add(p, new),
            lambda p=person: accounts.import_people(p, b"name,login\nx,x"),
            lambda p=person: accounts.new_link(p, p.person),
            lambda p=person: accounts.change(
                p, p.person, role=Role.ADMINISTRATOR, teams=[], disabled=False
            ),
        ):
            with pytest.raises(NotAllowedError):
                act()


@pytest.mark.parametrize(
    ("name", "login", "problem"),
    [("", "x", "name"), ("  ", "x", "name"), ("n" * 200, "x", "name"), ("x", "", "login"),
     ("x", "a b", "login"), ("x", "l" * 200, "login")],
)  # fmt: skip
def test_names_and_logins_must_be_some(
    accounts: Accounts, admin: Actor, name: str, login: str, problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        accounts.add(admin, NewAccount(name=name, login=login, role=Role.TRAINEE))
    assert caught.value.problem == problem


def test_nobody_is_made_twice(accounts: Accounts, admin: Actor, mia: Actor) -> None:
    for name, login in [("Mia Berg", "mia2"), ("Mia Berg 2", "mia")]:
        with pytest.raises(ConflictError):
            accounts.add(admin, NewAccount(name=name, login=login, role=Role.TRAINEE))
    with pytest.raises(NotFoundError):
        accounts.new_link(admin, "niemand")


def claims(clock: Clock, **more: object) -> dict[str, object]:
    base = {"iss": "https://id.example", "sub": "42", "name": "Ada", "iat": clock().timestamp()}
    return base | more


def test_a_provider_makes_and_changes_accounts(accounts: Accounts, clock: Clock) -> None:
    ada = accounts.admit(claims(clock, roles=["coach", "x"], teams=["Nord"]))
    assert ada.role is Role.COACH
    assert set(accounts.teams(ada).values()) == {"Nord"}
    again = accounts.admit(claims(clock, roles="administrator"))
    assert again == Actor(ada.person, Role.ADMINISTRATOR, frozenset())
    other = accounts.admit(claims(clock, sub="43", roles=["administrator"]))
    assert other.person != ada.person
    assert accounts.own(other).name == "Ada (2)"


@pytest.mark.parametrize("missing", ["iss", "sub", "iat"])
def test_claims_that_name_nobody_open_nothing(
    accounts: Accounts, clock: Clock, missing: str
) -> None:
    with pytest.raises(SignInError):
        accounts.admit(claims(clock) | {missing: None})


def test_an_old_token_of_a_provider_is_over(accounts: Accounts, clock: Clock) -> None:
    old = claims(clock)
    clock.move(hours=10, seconds=1)
    with pytest.raises(SignInError):
        accounts.admit(old)


def test_a_disabled_account_stays_out_whatever_the_provider_says(
    accounts: Accounts, admin: Actor, clock: Clock
) -> None:
    ada = accounts.admit(claims(clock))
    accounts.change(admin, ada.person, role=Role.TRAINEE, teams=[], disabled=True)
    with pytest.raises(SignInError):
        accounts.admit(claims(clock))


def test_what_is_too_old_is_tidied_away(accounts: Accounts, mia: Actor, clock: Clock) -> None:
    accounts.sign_in("mia", PASSWORD)
    problem_of(accounts.sign_in, "niemand", "x")
    clock.move(days=8)
    accounts.tidy()
    with accounts.store.engine.connect() as connection:
        for table in ("sessions", "one_time_links", "sign_in_attempts"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0
