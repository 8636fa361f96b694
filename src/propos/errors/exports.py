"""Exports."""

from __future__ import annotations

from propos.errors.kinds import Fault, SettingsError

EXPORT_FORMAT_UNKNOWN = Fault(
    "export-format-unknown", "There is no export format {got}.", "Formats are: {allowed}.", SettingsError
)
EXPORT_SEPARATOR = Fault(
    "export-separator", "{got} cannot separate the cells of a CSV file.", "Take one of {allowed}.", SettingsError
)
EXPORT_EXTRA_MISSING = Fault(
    "export-extra-missing",
    "The format {form} needs the package {package}, which is not installed.",
    "Install it with: python -m pip install 'propos[{extra}]'",
    SettingsError,
)
EXPORT_NEEDS_OUTPUT = Fault(
    "export-needs-output",
    "The format {form} is {what}, which does not go to standard output.",
    "Name it with --output.",
    SettingsError,
)
EXPORT_FOLDER_NOT_EMPTY = Fault(
    "export-folder-not-empty",
    "{name} is there already and is not an empty folder.",
    "Name a new or an empty folder.",
    SettingsError,
)
EXPORT_FILTERS = Fault(
    "export-filters",
    "{name} is a file of records, which cannot be filtered.",
    "Leave the filters out, or take the articles into a dossier first: propos ingest.",
    SettingsError,
)
