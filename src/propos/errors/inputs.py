"""Inputs, whatever their format."""

from __future__ import annotations

from propos.errors.kinds import Fault

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
READING_FAILED = Fault(
    "reading-failed",
    "{name} could not be read: {reason}.",
    "Please report it with the article; the others are read all the same.",
)
