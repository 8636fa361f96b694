from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from propos.errors import SettingsError
from propos.settings import Columns, Settings, check_date, load


def code_of(raised: pytest.ExceptionInfo[SettingsError]) -> str:
    return raised.value.code


def test_sources_override_each_other_in_order(in_folder: Path) -> None:
    user = in_folder / "xdg" / "propos"
    user.mkdir(parents=True)
    (user / "propos.toml").write_text('model = "user"\nlanguage = "user"\nbatch_size = 1\nmax_chars = 1\n')
    (in_folder / "propos.toml").write_text('model = "folder"\nlanguage = "folder"\nbatch_size = 2\n')
    environment = {"XDG_CONFIG_HOME": str(in_folder / "xdg"), "PROPOS_MODEL": "environment", "PROPOS_LANGUAGE": "env"}
    settings = load({"model": "flag", "published": None}, environment=environment)
    assert settings == Settings(model="flag", language="env", batch_size=2, max_chars=1)


def test_a_named_file_takes_the_place_of_the_usual_ones(in_folder: Path) -> None:
    (in_folder / "propos.toml").write_text("batch_size = 2\n")
    named = in_folder / "other.toml"
    named.write_text("max_chars = 9\n")
    assert load(config=named, environment={}) == Settings(max_chars=9)
    assert load(environment={"PROPOS_CONFIG": str(named)}) == Settings(max_chars=9)


def test_a_file_may_hold_columns_and_a_date(in_folder: Path) -> None:
    (in_folder / "propos.toml").write_text('published = 2024-03-15\n[columns]\ntext = "body"\n')
    assert load(environment={}) == Settings(published="2024-03-15", columns=Columns(text="body"))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("colour = 1", "setting-unknown"),
        ("max_chars = 0", "setting-invalid"),
        ("max_chars = true", "setting-invalid"),
        ('max_chars = "ten"', "setting-invalid"),
        ("model = 3", "setting-invalid"),
        ("columns = 3", "setting-invalid"),
        ('[columns]\ncolour = "x"', "map-invalid"),
        ('published = "15 mars"', "date-invalid"),
        ("model = ", "settings-unreadable"),
    ],
)
def test_a_bad_file_is_refused(in_folder: Path, written: str, code: str) -> None:
    (in_folder / "propos.toml").write_text(written)
    with pytest.raises(SettingsError) as raised:
        load(environment={})
    assert code_of(raised) == code


@pytest.mark.usefixtures("in_folder")
def test_an_unknown_variable_is_refused_by_its_own_name() -> None:
    with pytest.raises(SettingsError, match="PROPOS_COLOUR"):
        load(environment={"PROPOS_COLOUR": "1"})
    assert load(environment={"PROPOS_DEBUG": "1", "PROPOS_BATCH_SIZE": "3"}).batch_size == 3


def test_a_missing_named_file_is_reported(in_folder: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        load(config=in_folder / "none.toml", environment={})
    assert code_of(raised) == "settings-unreadable"


@pytest.mark.parametrize("written", ["2024-3-15", "15/03/2024", "2024-02-30", "", "2024-W11-5", "20240315xx"])
def test_dates_are_iso_days(written: str) -> None:
    with pytest.raises(SettingsError) as raised:
        check_date(written)
    assert code_of(raised) == "date-invalid"


def test_the_column_map_is_parsed() -> None:
    assert Columns.parse("text=body, title=headline") == Columns(text="body", title="headline")
    for wrong in ("body", "text=", "corps=body", "=x"):
        with pytest.raises(SettingsError) as raised:
            Columns.parse(wrong)
        assert code_of(raised) == "map-invalid"


def test_the_digest_follows_what_can_change_a_record() -> None:
    plain = Settings().digest()
    assert Settings(model="fr_core_news_sm").digest() != plain
    assert Settings(columns=Columns(text="body")).digest() != plain
    # The date stands in the record itself; batches change nothing.
    assert Settings(published="2024-03-15", batch_size=1).digest() == plain


def test_settings_are_frozen_and_described() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().model = "other"  # type: ignore[misc]
    assert all(item.metadata.get("about") for item in fields(Settings))
