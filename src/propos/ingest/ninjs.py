"""ninjs 1, 2 and 3: news items in JSON, one alone, a list of them, or one a line.

The three differ in the case of their keys and in whether headline and body are one string, a string for each kind, or
lists of objects with a role and a content type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from propos import errors
from propos.ingest import jsonl, nitf, rows, wire, wire_markup, wire_xml
from propos.ingest.article import Origin
from propos.ingest.encoding import decode
from propos.ingest.raw import Raw
from propos.ingest.sniff import holds_lines
from propos.ingest.wire import Dispatch, Found, Outcome, Passed
from propos.ingest.wire_markup import Block
from propos.settings import Settings

NAME = "ninjs"
_READ_TYPES = {"", "text", "composite"}
_MAIN_ROLES = {"", "main", "title", "body", "headline"}
Item = Mapping[str, object]
Row = tuple[bytes, int, str | None]
"""Bytes of an item, its place, whether it is the only one."""


def read(raw: Raw, settings: Settings) -> Iterator[Outcome]:
    """The documents of the text items, in order; raises ``json-invalid`` and ``wire-no-text``."""
    passed: list[str] = []
    others = 0
    for row in _of_lines(raw, settings) if holds_lines(raw) else _of_value(raw, settings):
        item = _outcome(*row, raw, settings)
        if isinstance(item, Passed):
            passed.append(item.kind)
        else:
            others += 1
            yield item
    if not others:
        raise wire.nothing_else(raw.name, passed)


def _of_lines(raw: Raw, settings: Settings) -> Iterator[Row]:
    written = enumerate(raw.lines(settings.max_bytes))
    return ((line, ordinal, f"line {ordinal + 1} of {raw.name}") for ordinal, line in written if line.strip())


def _of_value(raw: Raw, settings: Settings) -> Iterator[Row]:
    data = raw.all(settings.max_bytes)
    value = rows.parse(decode(data, raw.name).text, raw.name)
    if not isinstance(value, list):
        yield data, 0, None
        return
    for ordinal, item in enumerate(value):
        yield jsonl.row_bytes(item, raw.name), ordinal, wire.place(raw, ordinal, alone=False)


def _outcome(data: bytes, ordinal: int, place: str | None, raw: Raw, settings: Settings) -> Outcome | Passed:
    """The document of an item. ``place``: what messages call it where it is not the whole file."""
    name, alone = place or raw.name, place is None
    try:
        decoded = decode(data, name)
        found = _parse(rows.parse_object(decoded.text, name))
    except errors.InputError as error:
        return error
    if isinstance(found, Passed):
        return found
    return wire.outcome(found, Origin(NAME, name, raw.file, data, ordinal, alone), settings, decoded.diagnostics)


def _parse(row: Item) -> Found:
    item = {key.lower(): value for key, value in row.items()}
    kind = (_text(item, "type") or "").lower()
    blocks, content = _body(item)
    if kind not in _READ_TYPES or (kind == "composite" and not blocks):
        return Passed(kind)
    guid = _text(item, "uri") or _text(item, "guid")
    headlines = list(_values(item, "headline"))
    title = next((words for role, words in headlines if role in _MAIN_ROLES), headlines[0][1] if headlines else None)
    heads: tuple[Block, ...] = tuple((words, "heading") for role, words in headlines if role.startswith("sub"))
    blocks = blocks or tuple(block for _, words in _values(item, "description") for block in wire_markup.of_string(words))
    return Dispatch(
        guid=guid,
        version=_text(item, "version"),
        status=_text(item, "pubstatus"),
        note=_text(item, "ednote"),
        title=title or content.title or _text(item, "title"),
        byline=_text(item, "byline") or _text(item, "by") or content.byline,
        dateline=_text(item, "dateline") or content.dateline,
        blocks=(*heads, *blocks) if blocks else (),
        language=_text(item, "language"),
        issued=_text(item, "versioncreated") or _text(item, "firstcreated") or _text(item, "contentcreated"),
        embargo=_text(item, "embargoed"),
        outlet=_outlet(item),
        section="; ".join(dict.fromkeys(_names(item, "subject", "subjects"))) or None,
        url=guid if guid is not None and guid.startswith(("https://", "http://")) else None,
        external=(*((f"ninjs:{guid}",) if guid else ()), *_other_ids(item)),
    )


def _text(item: Item, key: str) -> str | None:
    """A string, or a number as one, on one line."""
    value = item.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return wire_xml.squeezed(_clean(value)) if isinstance(value, str) else None


def _clean(value: str) -> str:
    """JSON may escape NUL and halves of characters, which no text holds."""
    return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _values(item: Item, key: str) -> Iterator[tuple[str, str]]:
    """Role and words of ``headline``, of ``headline_role``, or of the objects in ``headlines``."""
    for name, value in item.items():
        if isinstance(value, str) and (name == key or name.startswith(f"{key}_")) and (words := wire_xml.squeezed(_clean(value))):
            yield name[len(key) + 1 :], words
    for entry in _objects(item, f"{key}s"):
        words = _text(entry, "value")
        if words:
            yield (_text(entry, "role") or "").lower(), words


def _objects(item: Item, key: str) -> Iterator[Item]:
    """The objects of a list, their keys in lower case; one object alone counts as a list of it."""
    value = item.get(key)
    entries = value if isinstance(value, list) else [value]
    for entry in entries:
        if isinstance(entry, dict):
            yield {name.lower(): held for name, held in entry.items()}


def _body(item: Item) -> tuple[tuple[Block, ...], nitf.Content]:
    """The paragraphs of the best body that has some: marked up before plain, the main role before others."""
    for kind, words in sorted(_bodies(item), key=lambda found: _rank(*found)):
        content = _nitf(words) if "nitf" in kind else nitf.Content()
        blocks = content.blocks or (wire_markup.of_plain(words) if "plain" in kind else wire_markup.of_string(words))
        if blocks:
            return blocks, content
    return (), nitf.Content()


def _bodies(item: Item) -> Iterator[tuple[str, str]]:
    """Kind and text of every body: its content type with its role, or what follows ``body_``."""
    for name, value in item.items():
        if isinstance(value, str) and name.startswith("body_"):
            yield name.removeprefix("body_").replace("text", "plain"), _clean(value)
    for entry in _objects(item, "bodies"):
        value = entry.get("value")
        if isinstance(value, str):
            yield f"{_text(entry, 'contenttype') or ''} {_text(entry, 'role') or ''}".lower(), _clean(value)


def _rank(kind: str, _: str) -> tuple[int, int]:
    forms = ("html", "nitf", "plain")
    return next((place for place, form in enumerate(forms) if form in kind), len(forms)), "main" not in kind


def _nitf(words: str) -> nitf.Content:
    """NITF in a string; nothing where it is broken, so that another body is taken."""
    try:
        elements = wire_xml.opened(words.encode(), "a body", ("nitf",)).elements
    except errors.InputError:
        return nitf.Content()
    return nitf.content(elements[0]) if elements else nitf.Content()


def _outlet(item: Item) -> str | None:
    names = (*_names(item, "infosource", "infosources"), *_names(item, "provider"), _text(item, "provider"), _text(item, "copyrightholder"))
    return next(filter(None, names), None)


def _names(item: Item, *keys: str) -> Iterator[str]:
    entries: Iterable[Item] = (entry for key in keys for entry in _objects(item, key))
    for entry in entries:
        words = _text(entry, "name") or _text(entry, "literal")
        if words:
            yield words


def _other_ids(item: Item) -> Iterator[str]:
    """Identifiers in other systems: a list of role and value, or an object of them."""
    for entry in _objects(item, "altids"):
        role, value = _text(entry, "role"), _text(entry, "value")
        pairs = [(role or "altid", value)] if value else [(name, _text(entry, name)) for name in entry if name != "role"]
        yield from (f"{name}:{words}" for name, words in pairs if words)
