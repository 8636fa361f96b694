"""brat's ``annotation.conf``: which types, arguments and attributes an annotator can give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from propos.lang import ontology
from propos.model import ActorKind, ConditionKind, Factuality, Form, Kind, Mode

STATEMENT = "Statement"
ACTORS = tuple(kind.capitalize() for kind in get_args(ActorKind))
PARTS = ("Speaker", "Content", "Addressee", "Medium", "Relay", "Condition", "Time")
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "Mode": get_args(Mode),
    "Form": get_args(Form),
    "Kind": get_args(Kind),
    "Factuality": get_args(Factuality),
    "ConditionKind": get_args(ConditionKind),
}


def configuration(types: Iterable[str]) -> str:
    """The file for PLOVER's sixteen types and those that came up besides."""
    actor = "|".join(ACTORS)
    lines = ["[entities]", *ACTORS, *PARTS, "", "[relations]"]
    # Without this line brat shows spans that overlap as mistakes.
    lines += [f"Is\tArg1:Speaker, Arg2:{actor}", "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>", "", "[events]"]
    said = "Speaker?:Speaker, Content*:Content, Addressee*:Addressee, Medium?:Medium"
    lines += [f"{STATEMENT}\t{said}, Via?:Relay|{STATEMENT}"]
    lines += [
        f"{type_}\tActor*:{actor}, Recipient*:{actor}, Condition?:Condition, Holder?:{STATEMENT}"
        for type_ in sorted({*ontology.load().types, *types})
    ]
    lines += ["", "[attributes]"]
    lines += [f"{name}\tArg:<EVENT>, Value:{'|'.join(values)}" for name, values in ATTRIBUTES.items()]
    lines += ["Unconfirmed\tArg:<EVENT>"]
    return "\n".join(lines) + "\n"
