"""The entry point: runs a command and turns every end into an exit code, never a traceback.

0 done · 1 error, or whoever read the output left · 2 wrong usage or settings · 3 some inputs skipped · 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence

from propos import errors
from propos.cli.app import app

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DEBUG_VARIABLE = "PROPOS_DEBUG"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments`` (those of the process by default); returns the exit code."""
    code = _run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output left (`propos read … | head`); Python would complain when it flushes again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:  # a full disk
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        report(_unwritable(error))
        return FAILED
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        app(list(arguments) if arguments is not None else None, prog_name="propos")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE if end.code is None else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except errors.ProposError as error:
        report(error)
        return USAGE if isinstance(error, errors.SettingsError) else FAILED
    except OSError as error:
        if error.errno not in NO_ROOM:
            return _internal(error)
        report(_unwritable(error))
        return FAILED
    except Exception as error:  # noqa: BLE001 (the last resort: a user gets a coded message, never a traceback)
        return _internal(error)
    return DONE


def _internal(error: Exception) -> int:
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exc()
    report(errors.INTERNAL(got=f"{type(error).__name__}: {error}", variable=DEBUG_VARIABLE))
    return FAILED


def _unwritable(error: OSError) -> errors.ProposError:
    """Files that are named tell of their trouble themselves; what is left is standard output."""
    return errors.OUTPUT_UNWRITABLE(name="standard output", reason=error.strerror or error)


def report(error: errors.ProposError) -> None:
    """Write an error to standard error."""
    print(f"propos: {error}", file=sys.stderr)  # noqa: T201 (this is the command line)
