"""The pages of the press readers name what the readers do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from propos.errors import CATALOGUE
from propos.ingest.collect import READERS

ROOT = Path(__file__).parent.parent
PAGES = {"europresse": ["europresse"], "factiva": ["factiva-html", "factiva-rtf", "factiva-xml"], "nexis": ["nexis"]}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_names_its_formats_and_shows_a_command(name: str) -> None:
    page = (ROOT / "docs" / "readers" / f"{name}.md").read_text(encoding="utf-8")
    assert re.search(r"```sh\npropos read .+ --json\n```", page)
    assert all(form in READERS and form in page for form in PAGES[name])
    assert "article-unreadable" in {fault.code for fault in CATALOGUE}
    assert "article-unreadable" in page


@pytest.mark.parametrize("name", PAGES)
def test_diagnostics_that_pages_name_exist(name: str) -> None:
    page = (ROOT / "docs" / "readers" / f"{name}.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:article|date|dates|title|encoding)-[a-z]+)`", page))
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src/propos").rglob("*.py"))
    assert named
    assert all(f'"{name}"' in code for name in named)


def test_an_export_can_be_forced_through_another_format() -> None:
    from propos.ingest import collect
    from propos.settings import Settings

    file = ROOT / "tests" / "fixtures" / "europresse" / "layout_a.HTML"
    (found,) = collect.documents([str(file)], Settings(), "factiva-html")
    assert getattr(found, "code", None) == "no-articles"
    assert "--from" in getattr(found, "hint", "")


@pytest.mark.parametrize("name", PAGES)
def test_the_example_comes_out(name: str, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "readers" / f"{name}.md").read_text(encoding="utf-8")
    (markup,) = re.findall(r"```(?:html|txt)\n(.*?)```", page, re.DOTALL)
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    (name,) = re.findall(r'files\(\["(.+?)"\]\)', code)
    (in_folder / name).write_text(markup, encoding="utf-8")
    exec(code, {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out == shown
