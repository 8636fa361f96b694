"""Write the JSON Schema of a record to ``docs/record.schema.json``."""

from __future__ import annotations

from pathlib import Path

from propos.schema_json import schema_text

TARGET = Path(__file__).parents[1] / "docs" / "record.schema.json"

if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(schema_text(), encoding="utf-8")
    print(f"written: {TARGET.name}")
