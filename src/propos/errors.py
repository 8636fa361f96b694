"""Every error that a user can meet: what was got, what is allowed, what to do next.

The catalogue below is part of the public interface: codes stay stable, wording may improve.
``docs/errors.md`` is generated from it.
"""

from __future__ import annotations

from dataclasses import dataclass


class ProposError(Exception):
    """An error with a stable ``code``, a ``message`` (what was got) and a ``hint`` (what to do)."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint} [{code}]")
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[ProposError], tuple[str, str, str]]:
        """Errors cross process borders whole."""
        return type(self), (self.code, self.message, self.hint)


class InputError(ProposError):
    """One input cannot be read; in a batch it is skipped and the others are read."""


class SettingsError(ProposError):
    """A setting, a flag or an environment variable that Propos does not accept."""


class PackError(ProposError):
    """A language pack that is missing or breaks its schema."""


class ModelError(ProposError):
    """The spaCy pipeline is missing or does not fit."""


class RecordError(ProposError):
    """A record or gold file that cannot be understood."""


class MarkupError(RecordError):
    """A marked-up dispatch that breaks a rule of the notation; the message names the line."""


class EvaluationError(ProposError):
    """Gold and records that cannot be laid side by side, or floors that may not be changed as asked."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry of the catalogue; called with what was got, it gives the error to raise."""

    code: str
    message: str
    hint: str
    error: type[ProposError] = InputError

    def __call__(self, **got: object) -> ProposError:
        """The error, its message and hint filled with ``got``."""
        return self.error(self.code, self.message.format(**got), self.hint.format(**got))


# Inputs ------------------------------------------------------------------------------------------------------------

FILE_MISSING = Fault(
    "file-missing", "No file or folder is called {name}.", "Check the path; use - to read from standard input."
)
FILE_UNREADABLE = Fault("file-unreadable", "{name} cannot be opened: {reason}.", "Check its permissions.")
FOLDER_EMPTY = Fault(
    "folder-empty",
    "The folder {name} holds no file that Propos reads.",
    "Readable names end in {allowed}; name other files one by one.",
)
INPUT_EMPTY = Fault("input-empty", "{name} holds no text.", "Give a file that has at least one word.")
INPUT_BINARY = Fault(
    "input-binary",
    "{name} is not text: it looks like {looks_like}.",
    "Save the article as plain text, Markdown, HTML or JSON first.",
)
INPUT_TOO_LARGE = Fault(
    "input-too-large",
    "{name} has more than {limit} bytes.",
    "Split it, give it as JSON Lines (read line by line), or raise max_bytes in the settings.",
)
TEXT_TOO_LONG = Fault(
    "text-too-long",
    "The text of {name} has {length} characters; at most {limit} are read.",
    "Split it into articles, or raise max_chars in the settings.",
)
SEVERAL_DOCUMENTS = Fault(
    "several-documents", "{name} holds several documents; one is expected.", "Read it with Reader.read_many."
)
FORMAT_UNKNOWN = Fault("format-unknown", "There is no input format {got}.", "Formats are: {allowed}.")
JSON_INVALID = Fault("json-invalid", "{name} is not valid JSON: {reason}.", "Mend the file at that place.")
JSON_NOT_OBJECT = Fault(
    "json-not-object", "{name} holds {got} where a JSON object is expected.", 'Give an object such as {{"text": "…"}}.'
)
COLUMN_MISSING = Fault(
    "column-missing",
    "{name} has no column for the {field}; its columns are: {columns}.",
    "Name it with --map {field}=COLUMN.",
)
COLUMN_NOT_TEXT = Fault(
    "column-not-text", "The column {column} of {name} holds {got}, not text.", "Name another one with --map."
)
HTML_NO_ARTICLE = Fault(
    "html-no-article",
    "No article was found in the page {name}.",
    "Save the page after it has loaded, or copy the article into a text file.",
)

# Settings and flags --------------------------------------------------------------------------------------------------

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
    "Name a file in a folder where you may write.",
    SettingsError,
)
INTERNAL = Fault(
    "internal",
    "Something went wrong inside Propos: {got}.",
    "Please report it with the input that caused it; with {variable}=1 in the environment the place is shown.",
    ProposError,
)

# Language packs and models -----------------------------------------------------------------------------------------

PACK_MISSING = Fault("pack-missing", "There is no language pack for {got}.", "Installed packs: {allowed}.", PackError)
PACK_INVALID = Fault(
    "pack-invalid", "The language pack's file {file} is not valid: {reason}.", "Mend the file.", PackError
)
MODEL_MISSING = Fault(
    "model-missing",
    "The spaCy pipeline {got} is not installed.",
    "Install it with: python -m pip install {package}",
    ModelError,
)
MODEL_UNFIT = Fault(
    "model-unfit",
    "The spaCy pipeline {got} lacks {lacks}.",
    "Name a pipeline with a morphologizer and a parser, both with Universal Dependencies labels.",
    ModelError,
)

# Records and questions about them ------------------------------------------------------------------------------------

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

# Evaluation ----------------------------------------------------------------------------------------------------------

MARKUP_INVALID = Fault("markup-invalid", "{name}, line {line}: {reason}.", "{hint}", MarkupError)
ID_TWICE = Fault(
    "id-twice", "The id {got} stands twice in {where}.", "Give each document an id of its own.", EvaluationError
)
TEXT_DIFFERS = Fault(
    "text-differs",
    "The text of {got} differs between the two sides, so their offsets cannot be compared.",
    "Read the gold's own text, unchanged.",
    EvaluationError,
)
FLOORS_INVALID = Fault(
    "floors-invalid",
    "{name} cannot be read as floors: {reason}.",
    "Pin them with scripts/pin_floors.py.",
    EvaluationError,
)
FLOOR_LOWERED = Fault(
    "floor-lowered",
    "Pinning would lower {floors}.",
    "Mend the reading, or pin with --allow-regression and say why in the changelog.",
    EvaluationError,
)

CATALOGUE: tuple[Fault, ...] = tuple(
    sorted((value for value in list(globals().values()) if isinstance(value, Fault)), key=lambda fault: fault.code)
)
"""Every fault, by code."""
