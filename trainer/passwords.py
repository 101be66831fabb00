"""Passwords and tokens: what of them is kept, and how they are compared."""

from hashlib import sha256
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from trainer.errors import InputError

SHORTEST = 12
LONGEST = 200
"""More would only give an attacker work to hand out."""

_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash(token_urlsafe())


def hash_password(password: str, *, login: str) -> str:
    """Returns the argon2id hash of a new password.

    Args:
        password: As it was typed.
        login: The person's login, which must not be part of the password.

    Raises:
        InputError: Too short, too long or too easy to guess; `problem` is `account.password.*`.
    """
    if len(password) < SHORTEST:
        raise InputError("short", f"A password needs at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise InputError("long", f"A password may have at most {LONGEST} characters.")
    if login.partition("@")[0].casefold() in password.casefold() or len(set(password)) < 5:
        raise InputError("easy", "This password is too easy to guess.")
    return _HASHER.hash(password)


def fits(password: str, hashed: str | None) -> bool:
    """Tells whether a password is the one that was hashed.

    Takes as long where there is no hash: nobody can tell by the clock which logins exist.
    """
    if len(password) > LONGEST:
        return False
    try:
        _HASHER.verify(hashed or _NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def outdated(hashed: str) -> bool:
    """Tells whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(hashed)


def new_token() -> str:
    """Returns a secret for a cookie or a one-time link: 256 random bits."""
    return token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Returns what is kept of a token; who reads the database cannot sign in with it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
