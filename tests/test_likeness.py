"""Fingerprints laid beside one another with NumPy: the same as one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from propos.store.likeness import NEAR, Likeness
from propos.store.wording import NUMBERS, bands


def fingerprint(numbers: list[int]) -> bytes:
    return b"".join(number.to_bytes(4, "little") for number in numbers)


def kin(number: int) -> st.SearchStrategy[bytes]:
    """Fingerprints of which a part is that of their family, the rest their own."""
    own = st.integers(0, 3).map(lambda part: [number] * (NUMBERS * part // 3) + [0] * (NUMBERS - NUMBERS * part // 3))
    return st.tuples(own, st.integers(0, 2**32 - 1)).map(lambda it: fingerprint([n or (it[1] + at) % 2**32 for at, n in enumerate(it[0])]))


FINGERPRINTS = st.lists(st.integers(1, 3).flatmap(kin), min_size=1, max_size=12)


def same(one: bytes, other: bytes) -> float:
    return sum(one[at : at + 4] == other[at : at + 4] for at in range(0, len(one), 4)) / NUMBERS


def reached(digests: list[bytes], start: int) -> set[int]:
    """Everything that meets it in a band and is alike, and so on, one by one."""
    found, waiting = {start}, [start]
    while waiting:
        one = digests[waiting.pop()]
        fresh = {
            at
            for at, other in enumerate(digests)
            if at not in found and set(bands(one)) & set(bands(other)) and same(one, other) >= NEAR
        }
        found |= fresh
        waiting.extend(fresh)
    return found


@settings(max_examples=60, deadline=None)
@given(FINGERPRINTS)
def test_what_is_reached_is_what_one_by_one_reaches(digests: list[bytes]) -> None:
    likeness = Likeness(digests)
    left = set(range(len(digests)))
    while left:
        start = min(left)
        found = set(likeness.reach(start))
        assert found == reached(digests, start)
        assert likeness.reach(start) == []
        left -= found


@settings(max_examples=60, deadline=None)
@given(FINGERPRINTS)
def test_alike_is_what_shares_enough_numbers(digests: list[bytes]) -> None:
    others = list(range(len(digests)))
    expected = [at for at in others if same(digests[0], digests[at]) >= NEAR]
    assert Likeness(digests).alike(0, others) == expected
