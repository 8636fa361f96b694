"""A record on a terminal: the article with statements and events marked, the list of them, the cast and the dates.

Brackets with the statement's id, and the event's id behind its words, carry the meaning; colours only help, so that the
same view can go into a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from propos.model import Diagnostic, Record, Span
from propos.view import cast, events, marks, rows
from propos.view.marks import Mark, Run

STYLES: dict[str, str] = {"cue": "underline", "speaker": "bold", "addressee": "italic", "medium": "dim", "via": "dim"}
COLOURS: dict[str, str] = {"direct": "green", "mixed": "yellow", "indirect": "cyan"}
SEGMENTS: dict[str, str] = {"title": "bold", "heading": "bold dim", "dateline": "dim", "byline": "dim"}
EVENT = "magenta"


def article(record: Record) -> RenderableType:
    """The whole view of one record."""
    parts: list[RenderableType] = [_head(record), Text(), marked(record), Text()]
    parts.append(listing(record) if record.statements else Text("No statement found.", style="dim"))
    told = events.by_holder(record)[""]
    parts += [Text(), untold(told)] if told else []
    parts += [Text(), actors(record)] if record.actors else []
    parts += [Text(), times(record)] if record.times else []
    parts.extend(_diagnostic(item, record) for item in record.diagnostics)
    return Group(*parts)


def marked(record: Record, within: Span | None = None) -> Text:
    """The text with statements and events marked: *Oslo exige[e1] [s1 la trêve]*; only ``within`` where that is given."""
    whole = within if within is not None else Span(0, len(record.text))
    every, triggers = marks.of_record(record), marks.triggers(record)
    out = Text()
    for stretch, style in _stretches(record, whole):
        for run in marks.cut(stretch, every, triggers):
            _append(out, run, record.text, style)
    return out


def listing(record: Record) -> Table:
    """The statements: speaker → addressee and content, then mode, form, relay and channel, then the events in it."""
    told = events.by_holder(record)
    table = _pairs()
    for row in rows.of_record(record):
        said = _said(row).append("\n").append(_details(row))
        table.add_row(row.id, Group(said, happened(told[row.id])) if row.id in told else said)
    return table


def happened(told: Iterable[events.Row]) -> Table:
    """Events: type, who → to whom, the words, whether it happened, condition and date."""
    table = _pairs()
    for row in told:
        table.add_row(row.id, _event(row))
    return table


def untold(told: Iterable[events.Row]) -> Table:
    """The events that no statement carries."""
    table = happened(told)
    table.title, table.title_style, table.title_justify = "told outside the statements", "dim", "left"
    return table


def actors(record: Record) -> Table:
    """The cast: name and roles, kind, country and sector, how often each speaks and is mentioned."""
    table = _grid("actors", 4)
    for member in cast.of_record(record):
        name = Text(member.name, style="bold").append(f", {member.roles}" if member.roles else "", style="not bold")
        spoken = f"{member.statements} said" if member.statements else ""
        table.add_row(member.id, name, member.about, spoken, f"{member.mentions} mentioned")
    return table


def times(record: Record) -> Table:
    """The dates and durations with their calendar values."""
    table = _grid("times", 1)
    for written, value in cast.dates(record):
        table.add_row("", written, value)
    return table


def _pairs() -> Table:
    """Ids and what they stand for."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    return table


def _grid(title: str, columns: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, title=title, title_style="dim", title_justify="left")
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for _ in range(columns - 1 or 1):
        table.add_column(style="dim", no_wrap=True)
    return table


def show(record: Record, console: Console) -> None:
    """Print the view of one record."""
    console.print(article(record), soft_wrap=False)


def _head(record: Record) -> Text:
    parts = [record.id, record.published or "no date", record.source.outlet or ""]
    return Text(" · ".join(part for part in parts if part), style="dim")


def _append(out: Text, run: Run, text: str, style: str) -> None:
    for mark in run.opens:
        if mark.part == "content":
            out.append(f"[{mark.statement.id} ", style=f"dim {_colour(mark)}")
    out.append(run.span.of(text), style=f"{style} {_style(run)}")
    for event in run.told:
        out.append(f"[{event.id}]", style=f"dim {EVENT}")
    for mark in run.closes:
        if mark.part == "content":
            out.append("]", style=f"dim {_colour(mark)}")


def _style(run: Run) -> str:
    """The innermost content's colour, with the styles of the other parts."""
    content = [mark for mark in run.marks if mark.part == "content"]
    colour = [_colour(content[-1])] if content else []
    return " ".join([*colour, *sorted({STYLES[mark.part] for mark in run.marks if mark.part != "content"})])


def _colour(mark: Mark) -> str:
    return COLOURS[mark.statement.mode]


def _said(row: rows.Row) -> Text:
    out = Text().append(row.speaker, style="bold")
    if row.addressee:
        out.append(" → ").append(row.addressee, style="italic")
    return out.append(": ").append(row.content, style=COLOURS[row.mode])


def _details(row: rows.Row) -> Text:
    parts = [row.mode, row.form, row.kind if row.kind == "attitude" else "", "unconfirmed" if row.unconfirmed else "", row.date]
    parts += [f"via {row.relay}" if row.relay else "", f"through {row.medium}" if row.medium else ""]
    return Text(" · ".join(part for part in parts if part), style="dim")


def _event(row: events.Row) -> Text:
    out = Text().append(row.type, style=EVENT).append(": ")
    if row.parties:
        out.append(row.parties, style="bold").append(" ")
    return out.append(f"“{row.words}”").append("".join(f" · {part}" for part in row.details), style="dim")


def _diagnostic(item: Diagnostic, record: Record) -> Text:
    at = f" at {item.span.start}: {rows.words(item.span, record.text)[:60]}" if item.span is not None else ""
    return Text(f"note: {item.message}{at} [{item.code}]", style="yellow")


def _stretches(record: Record, whole: Span) -> Iterator[tuple[Span, str]]:
    """``whole`` cut at the borders of the segments that are shown otherwise than the body, with their styles."""
    at = whole.start
    for part in record.segments:
        if part.kind not in SEGMENTS or part.span.start < at or part.span.end > whole.end:
            continue
        if at < part.span.start:
            yield Span(at, part.span.start), ""
        yield part.span, SEGMENTS[part.kind]
        at = part.span.end
    if at < whole.end:
        yield Span(at, whole.end), ""
