"""What a database says, told as Propos' own errors: the one place that knows the codes of SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from propos import errors

_ROOM = ("SQLITE_FULL", "53100")  # disk full
_LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014", "40P01", "40001")
_READ_ONLY = ("SQLITE_READONLY", "25006", "42501")  # read-only transaction, missing privilege
_UNOPENABLE = ("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH", "28", "3D000")  # wrong user or password, no database
_DAMAGED = ("SQLITE_CORRUPT", "XX001", "XX002")
_DISK = ("SQLITE_IOERR", "58030")  # also a limit to the size of files, a quota
_LOST = ("08", "57P0")  # connection errors, server shutting down


@contextmanager
def translated(name: str, *, opening: bool = False) -> Iterator[None]:
    """Raise what the database says inside as :class:`propos.errors.StoreError` about the dossier ``name``.

    A value that breaks a constraint is left as it is: what that means, the caller knows. ``opening``: a connection
    that is not there yet cannot be lost.
    """
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.DBAPIError as error:
        lost = error.connection_invalidated and not opening
        raise told(name, error.orig or error, lost=lost, opening=opening) from error
    except sqlite3.Error as error:
        raise told(name, error, opening=opening) from error


def told(name: str, error: BaseException, *, lost: bool = False, opening: bool = False) -> errors.ProposError:
    """The error to raise for what a driver raised."""
    code, reason = _code(error), " ".join(str(error).split()).rstrip(".") or type(error).__name__
    if code.startswith("SQLITE_NOTADB"):
        return errors.STORE_NOT_DOSSIER(name=name, reason="it is no SQLite database")
    if code.startswith(_ROOM):
        return errors.STORE_FULL(name=name, reason=reason)
    if code.startswith(_LOCKED):
        return errors.STORE_LOCKED(name=name, reason=reason)
    if code.startswith(_READ_ONLY):
        return errors.STORE_READ_ONLY(name=name, reason=reason)
    if code.startswith(_DISK):
        return errors.STORE_DISK(name=name, reason=reason)
    if code.startswith(_DAMAGED):
        return errors.STORE_DAMAGED(name=name, reason=reason)
    if opening or code.startswith(_UNOPENABLE):
        return errors.STORE_UNOPENABLE(name=name, reason=reason)
    if lost or code.startswith(_LOST):
        return errors.STORE_LOST(name=name, reason=reason)
    return errors.STORE_FAILED(name=name, reason=reason)


def _code(error: BaseException) -> str:
    """SQLite's name of the error, or PostgreSQL's five characters; empty where there is none."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return code if isinstance(code, str) else ""
