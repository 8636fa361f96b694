"""``python -m propos`` is the program ``propos``."""

from __future__ import annotations

from propos.cli.main import main

if __name__ == "__main__":
    main()
