"""What both layouts of Nexis say about an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fields:
    """``printed`` is an ISO date or month, ``body`` the paragraphs, ``language`` that of the date."""

    body: tuple[str, ...]
    title: str | None = None
    outlet: str | None = None
    printed: str | None = None
    language: str | None = None
    time: str | None = None
    section: str | None = None
    author: str | None = None
    lead: str | None = None
    dateline: str | None = None
