"""The kinds of errors, and what an entry of the catalogue is."""

from __future__ import annotations

from dataclasses import dataclass


class ProposError(Exception):
    """An error with a stable ``code``, a ``message`` (what was got) and a ``hint`` (what to do)."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint} [{code}]")
        self.code = code
        self.message = message
        self.hint = hint
        self.name: str | None = None
        """What the message calls the input (``article 3 of x.html``), where it is about one."""

    def __reduce__(self) -> tuple[type[ProposError], tuple[str, str, str], dict[str, object]]:
        """Errors cross process borders whole."""
        return type(self), (self.code, self.message, self.hint), {"name": self.name}


class InputError(ProposError):
    """One input cannot be read; in a batch it is skipped and the others are read."""


class SettingsError(ProposError):
    """A setting, a flag or an environment variable that Propos does not accept."""


class PackError(ProposError):
    """A language pack that is missing or breaks its schema."""


class ModelError(ProposError):
    """The spaCy pipeline is missing or does not fit."""


class RecordError(ProposError):
    """A record or gold file that cannot be understood."""


class MarkupError(RecordError):
    """A marked-up dispatch that breaks a rule of the notation; the message names the line."""


class StoreError(ProposError):
    """A dossier that cannot be opened, read or written; nothing half-written stays behind."""


class EvaluationError(ProposError):
    """Gold and records that cannot be laid side by side, or floors that may not be changed as asked."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry of the catalogue; called with what was got, it gives the error to raise."""

    code: str
    message: str
    hint: str
    error: type[ProposError] = InputError

    def __call__(self, **got: object) -> ProposError:
        """The error, its message and hint filled with ``got``."""
        error = self.error(self.code, _sayable(self.message.format(**got)), _sayable(self.hint.format(**got)))
        error.name = _sayable(str(got["name"])) if "name" in got else None
        return error


def _sayable(text: str) -> str:
    """Halves of characters, which JSON may hold and no terminal or database takes, as escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
