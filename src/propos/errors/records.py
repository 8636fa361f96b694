"""Records and questions about them."""

from __future__ import annotations

from propos.errors.kinds import Fault, RecordError, SettingsError

RECORD_INVALID = Fault(
    "record-invalid", "{name} is not a record: {reason}.", "Write records with: propos read --json", RecordError
)
GOLD_EMPTY = Fault(
    "gold-empty", "{name} holds no gold record.", "Give a folder of JSON files with text and statements.", RecordError
)
PLACE_INVALID = Fault(
    "place-invalid",
    "{got} is no place in this article.",
    "Give the id of a statement ({ids}) or of an event ({events}), or an offset from 0 to {last}.",
    RecordError,
)
CORRECTIONS_UNREADABLE = Fault(
    "corrections-unreadable",
    "The file of merges and splits {name} cannot be read: {reason}.",
    "Save it as TOML in UTF-8; docs/unify.md shows one.",
    SettingsError,
)
CORRECTIONS_INVALID = Fault(
    "corrections-invalid",
    "The file of merges and splits {name} has an error in {where}: {reason}.",
    "Mend it there; docs/unify.md shows what may stand in it.",
    SettingsError,
)
ACTOR_UNKNOWN = Fault(
    "actor-unknown",
    "No actor of the dossier is called {got}.",
    "Give a name, an alias or a key of one; the nearest names are: {near}.",
    SettingsError,
)
TYPE_UNKNOWN = Fault("type-unknown", "There is no event type {got}.", "Types are: {allowed}.", SettingsError)
FACTUALITY_UNKNOWN = Fault(
    "factuality-unknown", "There is no factuality {got}.", "Events are: {allowed}.", SettingsError
)
SIDE_INVALID = Fault(
    "side-invalid", "{got} is no country code.", "Write three letters of ISO 3166-1, for example FRA.", SettingsError
)
PERIOD_INVALID = Fault(
    "period-invalid", "The period from {start} to {end} has no day.", "Give the earlier date with --from.", SettingsError
)
