"""The published JSON Schema of a record, drawn from the types themselves."""

from __future__ import annotations

import json
from typing import Any

from propos.model import Record


def record_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one serialised record: every key is there, no other is allowed."""
    from pydantic import TypeAdapter  # here, because it is slow to import and only the schema needs it

    schema: dict[str, Any] = TypeAdapter(Record).json_schema(mode="serialization")
    for definition in (schema, *schema["$defs"].values()):
        _close(definition)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The schema as it stands in ``docs/record.schema.json``."""
    return json.dumps(record_schema(), ensure_ascii=False, indent=2) + "\n"


def _close(definition: dict[str, Any]) -> None:
    """Make one object of the schema as strict as ``serialise.from_dict``."""
    if definition.get("type") == "object":
        definition["required"] = list(definition["properties"])
        definition["additionalProperties"] = False
        for field in definition["properties"].values():
            field.pop("default", None)
