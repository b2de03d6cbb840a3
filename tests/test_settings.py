"""Settings are read strictly: a slip is named with its line, never guessed around."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.errors import UserError
from desktop_app.settings import LOG_LEVELS, Settings, read_settings


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "settings.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings(None, "INFO")


def test_both_settings_are_read_also_with_a_byte_order_mark(tmp_path: Path) -> None:
    url = "postgresql+psycopg://desk@server/office"
    file = write(tmp_path, b"\xef\xbb\xbf" + f'database_url = "{url}"\nlog_level="debug"'.encode())
    assert read_settings(file) == Settings(url, "DEBUG")


def test_a_password_in_the_address_is_not_shown_by_repr() -> None:
    assert "secret" not in repr(Settings("postgresql+psycopg://desk:secret@server/office"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('log_level = "INFO"\ndatabase_url = \n', "第2行"),
        ('log_level = "INFO', "第1行"),
        ('log_levl = "INFO"', "log_levl"),
        ('log_level = "LOUD"', "log_level"),
        ("log_level = 3", "log_level"),
        ('database_url = "sqlite:///x.db"', "database_url"),
        (b"log_level = '\xff'", "UTF-8"),
    ],
)
def test_a_slip_is_refused_with_its_place_and_a_remedy(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    file = write(tmp_path, text)
    with pytest.raises(UserError) as caught:
        read_settings(file)
    assert caught.value.code == "settings-damaged"
    assert said in caught.value.message
    assert caught.value.remedy
    assert caught.value.where == str(file)


def test_a_folder_in_the_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(UserError, match="不能读取"):
        read_settings(tmp_path / "settings.toml")


@given(data=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = write(tmp_path_factory.mktemp("any"), data)
    try:
        read = read_settings(file)
    except UserError as error:
        code = error.code
    else:
        code = None
        assert read.log_level in LOG_LEVELS
    assert code in {None, "settings-damaged"}
