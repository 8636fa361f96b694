"""Settings and flags."""

from __future__ import annotations

from propos.errors.kinds import Fault, ProposError, SettingsError

DATE_INVALID = Fault(
    "date-invalid", "{got} is not a date.", "Write it as YYYY-MM-DD, for example 2024-03-15.", SettingsError
)
SETTING_UNKNOWN = Fault(
    "setting-unknown", "{where} has a setting {got}, which does not exist.", "Settings are: {allowed}.", SettingsError
)
SETTING_INVALID = Fault("setting-invalid", "{where} sets {key} to {got}.", "It must be {allowed}.", SettingsError)
SETTINGS_UNREADABLE = Fault(
    "settings-unreadable", "The settings file {name} cannot be read: {reason}.", "Mend it, or remove it.", SettingsError
)
KNOWLEDGE_UNREADABLE = Fault(
    "knowledge-unreadable",
    "The actor file {name} cannot be read: {reason}.",
    "Save it as UTF-8 text and check the setting knowledge.",
    SettingsError,
)
KNOWLEDGE_INVALID = Fault(
    "knowledge-invalid",
    "The actor file {name} has an error in line {line}: {reason}.",
    "See all of them with: propos actors check {name}",
    SettingsError,
)
MAP_INVALID = Fault(
    "map-invalid",
    "The column map has {got}.",
    "Write field=column, separated by commas; fields are: {allowed}.",
    SettingsError,
)
OUTPUT_UNWRITABLE = Fault(
    "output-unwritable",
    "{name} cannot be written: {reason}.",
    "Name a file in a folder that is there, has room and lets you write.",
    SettingsError,
)
INTERNAL = Fault(
    "internal",
    "Something went wrong inside Propos: {got}.",
    "Please report it with the input that caused it; with {variable}=1 in the environment the place is shown.",
    ProposError,
)
