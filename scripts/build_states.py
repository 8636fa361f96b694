"""Builds ``states.tsv`` of the French pack from CLDR (babel) and the hand-kept ``states_hand.tsv``.

CLDR gives the French and the English name and the ISO 3166-1 alpha-3 code; the hand file gives what CLDR lacks
(article, demonyms, capitals, seats of power, press spellings, dates of a change of name) and, where the press does
not use the CLDR name, the press name; the CLDR name is then an alias. Run without arguments to write the file.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from babel import Locale
from babel.core import get_global

PACK = Path(__file__).resolve().parent.parent / "src" / "propos" / "lang" / "fr"

COLUMNS = [
    *("iso3", "name", "article", "gender", "number", "status", "parent", "aliases", "english", "demonyms"),
    *("prefixes", "capital", "capital_aliases", "seats", "valid_from", "valid_to", "source"),
]

# Old alpha-3 codes that CLDR also maps to a territory of today.
WITHDRAWN = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
# Kosovo has no ISO 3166-1 code; XKX, of the user range, is what most data use (CLDR knows XK and an artificial XKK).
USER_ASSIGNED = {"XKX": "XK"}


def alpha2_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 code to the alpha-2 code under which CLDR names the territory."""
    aliases = get_global("territory_aliases")
    codes = {code: new[0] for code, new in aliases.items() if re.fullmatch("[A-Z]{3}", code) and len(new) == 1}
    return {code: new for code, new in codes.items() if code not in WITHDRAWN} | USER_ASSIGNED


def straight(text: str) -> str:
    """The text with typewriter apostrophes, as all data files of the pack write them."""
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def bare_capitals(text: str) -> str:
    """The agency spelling: capitals without accents (*Etats-Unis*), small letters as they are."""
    return "".join(unicodedata.normalize("NFD", letter)[0] if letter.isupper() else letter for letter in text)


def with_spellings(names: Iterable[str]) -> list[str]:
    """The names without repetition, each followed by its agency spelling where that differs."""
    return list(dict.fromkeys(spelling for name in names if name for spelling in (name, bare_capitals(name))))


def plural(word: str) -> str:
    """The plural of a demonym, masculine or feminine; all French demonyms follow these two rules."""
    return word if word[-1] in "sxz" else word + "s"


def four_forms(pairs: str) -> str:
    """``grec/grecque;hellène/hellène`` to ``grec/grecque/grecs/grecques;hellène/hellène/hellènes/hellènes``."""
    demonyms = [pair.split("/") for pair in pairs.split(";") if pair]
    return ";".join("/".join([*pair, *map(plural, pair)]) for pair in demonyms)


def cldr_name(alpha2: str | None, language: str) -> str:
    """The CLDR name of a territory, empty where CLDR has none."""
    return straight(Locale(language).territories.get(alpha2, "")) if alpha2 else ""


def names(hand: dict[str, str], cldr: str) -> list[str]:
    """All names of a state, the press name first."""
    return with_spellings([hand["name"] or cldr, *hand["aliases"].split(";"), cldr])


def build_row(hand: dict[str, str], alpha2: str | None) -> list[str]:
    """One line of ``states.tsv``, in the order of ``COLUMNS``. A former name takes nothing from CLDR but the English."""
    former = bool(hand["valid_to"])
    cldr = "" if former else cldr_name(alpha2, "fr")
    name, *aliases = names(hand, cldr)
    capitals = with_spellings([hand["capital"], *hand["capital_aliases"].split(";")])
    row = hand | {
        "name": name,
        "aliases": ";".join(aliases),
        "demonyms": four_forms(hand["demonyms"]),
        "english": "" if former else cldr_name(alpha2, "en"),
        "capital": capitals[0] if capitals else "",
        "capital_aliases": ";".join(capitals[1:]),
        "seats": ";".join(with_spellings(hand["seats"].split(";"))),
        "source": "cldr+hand" if cldr else "hand",
    }
    return [row[column] for column in COLUMNS]


def read_hand(path: Path) -> list[dict[str, str]]:
    """The hand-kept lines, in the file's order (by code; today's name before former ones)."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def build(hand: list[dict[str, str]]) -> str:
    """The text of ``states.tsv``."""
    codes = alpha2_codes()
    rows = [COLUMNS, *(build_row(line, codes.get(line["iso3"])) for line in hand)]
    return "".join("\t".join(row) + "\n" for row in rows)


def main() -> None:
    """Writes ``states.tsv`` beside its hand-kept source."""
    (PACK / "states.tsv").write_text(build(read_hand(PACK / "states_hand.tsv")), encoding="utf-8")


if __name__ == "__main__":
    main()
