"""Files of bytes and folders that appear under their names when they are complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from propos import errors


@contextmanager
def replacing_bytes(output: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of ``output`` when all went well; raises ``output-unwritable``."""
    unfinished = output.with_name(output.name + ".part")
    try:
        with unfinished.open("wb") as stream:
            yield stream
        unfinished.replace(output)
    except OSError as error:
        raise errors.OUTPUT_UNWRITABLE(name=output, reason=error.strerror or error) from error
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def filling(output: Path) -> Iterator[Path]:
    """An empty folder to write to, which takes the place of ``output`` (new or empty) when all went well.

    Raises ``export-folder-not-empty``, ``output-unwritable``.
    """
    try:
        if output.is_symlink() or output.exists() and not (output.is_dir() and not any(output.iterdir())):
            raise errors.EXPORT_FOLDER_NOT_EMPTY(name=output)
        with tempfile.TemporaryDirectory(dir=output.absolute().parent, prefix=f"{output.name}.part-") as parent:
            unfinished = Path(parent) / "folder"
            unfinished.mkdir()
            yield unfinished
            if output.exists():
                output.rmdir()
            shutil.move(unfinished, output)
    except OSError as error:
        raise errors.OUTPUT_UNWRITABLE(name=output, reason=error.strerror or error) from error
