"""French words for readers of exports: the types of events, what is vouched for, and dates as vague as they are."""

from __future__ import annotations

from propos.export.days import Days
from propos.model import Factuality

TYPES = {
    "AGREE": "accord",
    "CONSULT": "consultation",
    "SUPPORT": "soutien",
    "CONCEDE": "concession",
    "COOPERATE": "coopération",
    "AID": "aide",
    "RETREAT": "retrait",
    "REQUEST": "demande",
    "ACCUSE": "accusation",
    "REJECT": "rejet",
    "THREATEN": "menace",
    "PROTEST": "protestation",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercition",
    "ASSAULT": "agression",
}
FACTUALITY: dict[Factuality, str] = {
    "asserted": "",
    "claimed": "selon une source",
    "denied": "démenti",
    "hypothetical": "hypothétique",
    "planned": "annoncé",
}
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def event_type(code: str) -> str:
    """The French word for a PLOVER type; the code itself where there is none."""
    return TYPES.get(code, code)


def date_of(days: Days) -> str:
    """``15 mars 2024``, ``mars 2024`` or ``2024``: no more than is known."""
    start = days.start
    if days.precision == "year":
        return str(start.year)
    month = f"{_MONTHS[start.month - 1]} {start.year}"
    if days.precision == "month":
        return month
    return f"1er {month}" if start.day == 1 else f"{start.day} {month}"
