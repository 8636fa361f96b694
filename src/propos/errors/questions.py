"""Questions over a dossier."""

from __future__ import annotations

from propos.errors.kinds import Fault, SettingsError

QUESTION_UNKNOWN = Fault("question-unknown", "There is no question {got}.", "Questions are: {allowed}.", SettingsError)
QUESTION_NEEDS = Fault(
    "question-needs", "The question {name} needs {what}.", "Give it with {option}.", SettingsError
)
QUESTION_BY = Fault(
    "question-by", "The question {name} cannot be answered by {got}.", "It can by: {allowed}.", SettingsError
)
ANSWER_PACKAGE = Fault(
    "answer-package",
    "The answer as a table of {package} needs that package, which is not installed.",
    "Install it with: python -m pip install {package}",
    SettingsError,
)
THEMES_INVALID = Fault(
    "themes-invalid",
    "{name} is no file of themes: {reason}.",
    'Write one line for each theme: "droits de pêche" = ["chalutier", "zone de pêche"]',
    SettingsError,
)
STATUS_UNKNOWN = Fault("status-unknown", "A condition cannot be {got}.", "It can be: {allowed}.", SettingsError)
ANSWER_FORMAT = Fault("answer-format", "There is no format {got} for answers.", "Formats are: {allowed}.", SettingsError)
