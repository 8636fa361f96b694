"""Which written names can stand for one person: *Nadir al-Khoury*, *M. Khoury*, *Khoury*."""

from __future__ import annotations

from collections.abc import Collection


def plain(name: tuple[str, ...], particles: Collection[str]) -> tuple[str, ...]:
    """The words of a name without particles (*al*, *de*, *van*); the name itself where nothing else is left."""
    kept = tuple(word for word in name if word not in particles)
    return kept or name


def same_person(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether ``short`` can be said for ``full``; both without particles, ``full`` at least as long.

    A surname ends the full name, or opens it where the family name comes first (*Xi Jinping*, *M. Xi*); a fuller form may
    leave out middle names.
    """
    if full == short:
        return True
    if len(short) >= len(full):
        return False
    if full[-len(short) :] == short:
        return True
    if len(short) == 1:
        return full[0] == short[0] or short[0] in full[1:]
    return full[0] == short[0] and full[-1] == short[-1] or full[: len(short)] == short
