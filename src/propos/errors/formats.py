"""Inputs of one format: tables, press databases, wires, feeds, archives."""

from __future__ import annotations

from propos.errors.kinds import Fault

XML_INVALID = Fault(
    "xml-invalid",
    "{name} is not whole XML: {reason}.",
    "Fetch or export the file again; the articles before that place are read.",
)
XML_UNSAFE = Fault(
    "xml-unsafe",
    "{name} declares XML entities, which can make a small file huge or pull in other files.",
    "Write the file without <!ENTITY …>; the named characters of HTML need no declaration.",
)
XML_UNKNOWN = Fault(
    "xml-unknown",
    "{name} is XML of a kind that Propos does not know: its root element is {got}.",
    "Export it in another format, or name one with --format.",
)
WIRE_NO_TEXT = Fault(
    "wire-no-text", "{name} holds no article, only: {got}.", "Give the text items of the wire; pictures and film are not read."
)
ROW_BROKEN = Fault(
    "row-broken",
    "{name} is no row of the table: {reason}.",
    'Put fields that hold the separator, a line end or a quotation mark in "…", with each inner mark doubled.',
)
FORMAT_DAMAGED = Fault(
    "format-damaged",
    "{name} cannot be read as {form}: {reason}.",
    "Save or export it once more from where it came, or name its format with --from.",
)
EXTRA_MISSING = Fault(
    "extra-missing",
    "{name} is {form}; the package {package}, which reads it, is not installed.",
    "Install it with: python -m pip install 'propos[{extra}]'",
)
PDF_LOCKED = Fault(
    "pdf-locked", "The PDF {name} asks for a password.", "Save a copy without one, for example: qpdf --decrypt."
)
PDF_WITHOUT_TEXT = Fault(
    "pdf-without-text",
    "The PDF {name} holds no text: its pages are pictures, or empty.",
    "Have its text recognised first, for example: ocrmypdf --language fra.",
)
PDF_TOO_LONG = Fault("pdf-too-long", "The PDF {name} has {pages} pages; at most {limit} are read.", "Split it into parts.")
ARCHIVE_DAMAGED = Fault(
    "archive-damaged", "{name} is damaged: {reason}.", "Fetch or pack it again; what stands before the damage is read."
)
ARCHIVE_ENCRYPTED = Fault("archive-encrypted", "{name} is encrypted.", "Unpack it with its password first.")
ARCHIVE_EMPTY = Fault(
    "archive-empty",
    "The archive {name} holds no file that Propos reads.",
    "Readable names end in {allowed}; unpack it and name other files one by one.",
)
ARCHIVE_METHOD = Fault(
    "archive-method",
    "{name} is packed by a method that is not read: {method}.",
    "Pack it again by the usual method (deflate), or unpack it first.",
)
ARCHIVE_TOO_DEEP = Fault(
    "archive-too-deep",
    "{name} is an archive inside {depth} others.",
    "Unpack the outer archive first.",
)
ARCHIVE_TOO_LARGE = Fault(
    "archive-too-large",
    "{name} unpacks to {got}, more than the {allowed} that are allowed.",
    "If you know where it comes from, unpack it and name its files.",
)
FEED_INVALID = Fault(
    "feed-invalid", "{name} cannot be read as a feed: {reason}.", "Give an RSS or Atom file or its address."
)
WARC_DAMAGED = Fault(
    "warc-damaged", "{name} is damaged: {reason}.", "Fetch it again; the records before the damage are read."
)
URL_INVALID = Fault(
    "url-invalid",
    "The address {name} cannot be fetched: {reason}.",
    "Give an address that starts with http:// or https://.",
)
URL_REFUSED = Fault(
    "url-refused", "The server of {name} answered {status}.", "Open the address in a browser to see what it says."
)
URL_UNREACHABLE = Fault(
    "url-unreachable", "{name} cannot be fetched: {reason}.", "Check the connection and the address, and try again."
)
ARTICLE_UNREADABLE = Fault(
    "article-unreadable",
    "{name} cannot be read: {reason}.",
    "The other articles of the file are read; export this one again.",
)
FILE_DAMAGED = Fault("file-damaged", "{name} cannot be read: {reason}.", "Export or save it again.")
NO_ARTICLES = Fault(
    "no-articles",
    "No article is marked in {name} as the format {format} does.",
    "Export it again with its full text, or name its true format with --from.",
)
