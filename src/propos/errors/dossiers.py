"""Dossiers."""

from __future__ import annotations

from propos.errors.kinds import Fault, StoreError

STORE_MISSING = Fault(
    "store-missing", "There is no dossier at {name}.", "Make one with: propos ingest {name} FILE", StoreError
)
STORE_URL_UNKNOWN = Fault(
    "store-url-unknown",
    "Propos keeps no dossier in {got}.",
    "Name a file, or a database as postgresql+psycopg://user@host/database.",
    StoreError,
)
STORE_DRIVER_MISSING = Fault(
    "store-driver-missing",
    "The dossier {name} needs {package}, which is not installed.",
    "Install it with: python -m pip install 'propos[postgres]'",
    StoreError,
)
STORE_UNOPENABLE = Fault(
    "store-unopenable",
    "The dossier {name} cannot be opened: {reason}.",
    "Check the path and its permissions; for PostgreSQL that the server runs, the database exists and you may use it.",
    StoreError,
)
STORE_NOT_DOSSIER = Fault(
    "store-not-dossier", "{name} is not a dossier: {reason}.", "Name a dossier, or a file that does not exist yet.", StoreError
)
STORE_NEWER = Fault(
    "store-newer",
    "{name} was written by a newer Propos: its tables have version {got}, this Propos knows {known}.",
    "Update Propos: python -m pip install --upgrade propos",
    StoreError,
)
STORE_OLDER = Fault(
    "store-older",
    "The tables of {name} have version {got}; this Propos reads version {known}.",
    "Open it once where it may be written, for example with: propos refresh {name}",
    StoreError,
)
STORE_READ_ONLY = Fault(
    "store-read-only",
    "{name} cannot be written: {reason}.",
    "Give yourself the right to write it, or work on a copy.",
    StoreError,
)
STORE_FULL = Fault(
    "store-full",
    "There is no room left to write {name}: {reason}.",
    "Make room and give the same command again; articles that are in stay in.",
    StoreError,
)
STORE_LOCKED = Fault(
    "store-locked",
    "{name} is in use by another program: {reason}.",
    "Wait until it is done and give the same command again.",
    StoreError,
)
STORE_LOST = Fault(
    "store-lost",
    "The connection to {name} was lost: {reason}.",
    "Give the same command again when the server is back; articles that are in stay in.",
    StoreError,
)
STORE_DAMAGED = Fault(
    "store-damaged",
    "{name} is damaged: {reason}.",
    "Go back to a copy of it, or take the articles in again into a new dossier.",
    StoreError,
)
STORE_DISK = Fault(
    "store-disk",
    "The disk failed Propos at {name}: {reason}.",
    "Check its room, its quota and its health, then give the same command again; articles that are in stay in.",
    StoreError,
)
STORE_FAILED = Fault(
    "store-failed",
    "The database {name} refused: {reason}.",
    "Please report it with the input that caused it; articles that are in stay in.",
    StoreError,
)
