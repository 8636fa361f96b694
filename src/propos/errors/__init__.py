"""Every error that a user can meet: what was got, what is allowed, what to do next.

The catalogue is part of the public interface: codes stay stable, wording may improve. ``docs/errors.md`` is generated
from it. Each part of Propos has a file of entries; their names are all here.
"""

from __future__ import annotations

from propos.errors.choices import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.dossiers import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.evaluation import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.exports import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.formats import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.inputs import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.kinds import (
    EvaluationError as EvaluationError,
)
from propos.errors.kinds import (
    Fault as Fault,
)
from propos.errors.kinds import (
    InputError as InputError,
)
from propos.errors.kinds import (
    MarkupError as MarkupError,
)
from propos.errors.kinds import (
    ModelError as ModelError,
)
from propos.errors.kinds import (
    PackError as PackError,
)
from propos.errors.kinds import (
    ProposError as ProposError,
)
from propos.errors.kinds import (
    RecordError as RecordError,
)
from propos.errors.kinds import (
    SettingsError as SettingsError,
)
from propos.errors.kinds import (
    StoreError as StoreError,
)
from propos.errors.packs import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.questions import *  # noqa: F403 - the catalogue is one, in several files
from propos.errors.records import *  # noqa: F403 - the catalogue is one, in several files

CATALOGUE: tuple[Fault, ...] = tuple(
    sorted((value for value in list(globals().values()) if isinstance(value, Fault)), key=lambda fault: fault.code)
)
"""Every fault, by code."""
