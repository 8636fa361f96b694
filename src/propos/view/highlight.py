"""A record as a piece of HTML for notebooks: the article with its statements marked, then the list of them.

Everything that comes from the text is escaped. Nested contents lie in nested elements, each with its own underline, so
that overlapping statements stay readable; no script, no outside style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from propos.model import Record, Segment, Span
from propos.view import marks, rows
from propos.view.marks import Mark, Run

STYLE = """
.propos{font:15px/1.6 system-ui,sans-serif;max-width:46em;--direct:#2e7d32;--mixed:#b26a00;--indirect:#0277bd}
.propos p{margin:.2em 0;white-space:pre-line}.propos p.title{font-weight:700;font-size:1.15em}
.propos p.heading{font-weight:600}.propos .dateline,.propos .byline{opacity:.65}
.propos mark{background:none;color:inherit;border-bottom:2px solid;padding-bottom:var(--gap)}
.propos .direct{border-color:var(--direct)}.propos .mixed{border-color:var(--mixed)}
.propos .indirect{border-color:var(--indirect)}
.propos .cue{font-style:italic;opacity:.8}.propos .speaker{font-weight:650}
.propos sup{font-size:.65em;opacity:.7;margin-right:.2em}
.propos table{border-collapse:collapse;font-size:.9em;margin-top:.8em}
.propos th,.propos td{text-align:left;vertical-align:top;padding:.2em .8em .2em 0;border-bottom:1px solid #8884}
.propos .note{opacity:.75;font-size:.9em}
"""


def html(record: Record) -> str:
    """The record as an HTML fragment that carries its own style."""
    parts = [f"<style>{STYLE}</style>", '<div class="propos" lang="' + escape(record.language) + '">']
    parts.extend(_paragraphs(record))
    parts.append(_listing(record))
    parts.extend(f'<p class="note">{escape(item.message)} [{escape(item.code)}]</p>' for item in record.diagnostics)
    parts.append("</div>")
    return "\n".join(parts)


def _paragraphs(record: Record) -> Iterator[str]:
    every = marks.of_record(record)
    names = {actor.id: actor.name for actor in record.actors}
    for span in _blocks(record.text):
        pieces = [_run(run, record.text, names) for run in marks.cut(span, every)]
        yield f'<p class="{_kind(span, record.segments)}">{"".join(pieces)}</p>'


def _blocks(text: str) -> Iterator[Span]:
    """The lines that hold something."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _kind(span: Span, segments: tuple[Segment, ...]) -> str:
    return next((part.kind for part in segments if part.span.covers(span)), "body")


def _run(run: Run, text: str, names: Mapping[str, str]) -> str:
    """One run inside as many elements as marks cover it, the widest outermost."""
    inner = escape(run.span.of(text))
    contents = [mark for mark in run.marks if mark.part == "content"]
    for mark in (mark for mark in run.marks if mark.part != "content"):
        inner = f'<span class="{mark.part}">{inner}</span>'
    for depth, mark in enumerate(reversed(contents)):
        label = f"<sup>{escape(mark.statement.id)}</sup>" if mark in run.opens else ""
        inner = f'<mark class="{escape(mark.statement.mode)}" style="--gap:{depth * 3}px" title="{_hint(mark, text, names)}">{label}{inner}</mark>'
    return inner


def _hint(mark: Mark, text: str, names: Mapping[str, str]) -> str:
    who = rows.speaker(mark.statement, text, names)
    return escape(f"{mark.statement.id}: {who} ({mark.statement.mode}, {mark.statement.form})")


def _listing(record: Record) -> str:
    if not record.statements:
        return '<p class="note">No statement found.</p>'
    head = "".join(f"<th>{name}</th>" for name in ("", "speaker → addressee", "mode", "content", "relay"))
    body = "".join(_row(row) for row in rows.of_record(record))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: rows.Row) -> str:
    who = row.speaker + (f" → {row.addressee}" if row.addressee else "")
    how = ", ".join([row.mode, row.form, row.kind] + (["unconfirmed"] if row.unconfirmed else []))
    relay = ", ".join(part for part in (f"via {row.relay}" if row.relay else "", row.medium) if part)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in (row.id, who, how, row.content, relay)) + "</tr>"
