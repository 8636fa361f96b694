"""What several tests share."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from propos.explanation import Explanation, from_record
from propos.lang import loader
from propos.model import Document, Evidence, Record, Span, Statement
from propos.reader import Reader
from propos.reading.pipeline import Pipeline
from propos.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No settings of the person who runs the tests reach them."""
    for name in [name for name in os.environ if name.startswith("PROPOS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-settings"))


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


Propos = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def propos() -> Propos:
    """The program itself, in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", "from propos.cli.main import main; main()", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            env=os.environ | environment,
        )

    return run


QUOTED = re.compile(r'("[^"]+"), (a dit) ((?:le |la )?[\w ]+)')


class StubPipeline:
    """Stands for the reading where only what surrounds it is tested: finds ``"…", a dit X``."""

    def read(self, document: Document) -> Record:
        statements = tuple(
            Statement(
                f"s{number}",
                Span(*match.span(2)),
                Span(*match.span(3)),
                None,
                (Span(*match.span(1)),),
                "direct",
                "quote",
                "speech",
                evidence=(Evidence("stub.quote", (Span(*match.span(2)),)),),
            )
            for number, match in enumerate(QUOTED.finditer(document.text), start=1)
        )
        return Record(
            document.id,
            document.language,
            document.published,
            document.title,
            document.text,
            statements,
            source=document.source,
            segments=document.segments,
            diagnostics=document.diagnostics,
        )

    def read_many(self, documents: Iterable[Document]) -> Iterator[Record]:
        return map(self.read, documents)

    def explain(self, document: Document, at: int | str) -> Explanation:
        return from_record(self.read(document), at)


@pytest.fixture
def stub_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading replaced by a stub."""
    monkeypatch.setattr(Reader, "pipeline", StubPipeline())


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The reading with the French model, loaded once for all tests."""
    return Pipeline(Settings(), loader.load("fr"))


KNOWN_FAILURES = Path(__file__).parent / "known_failures.toml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What ``known_failures.toml`` names is expected to fail, and must: a case that passes has to leave the file."""
    known: dict[str, dict[str, str]] = tomllib.loads(KNOWN_FAILURES.read_text(encoding="utf-8"))
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            # pytest writes the letters of an id that are not ASCII as escapes.
            reason = known.get(item.path.stem, {}).get(item.callspec.id.encode().decode("unicode_escape"))
            if reason is not None:
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True, raises=(AssertionError, LookupError)))
