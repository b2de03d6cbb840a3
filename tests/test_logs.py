"""The log holds no number of a person, whatever is thrown at it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import logs


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    logs.setup(tmp_path / "logs", "DEBUG")
    yield tmp_path / "logs" / logs.FILE_NAME
    logs.close()
    logging.getLogger().setLevel(logging.WARNING)


def test_identity_and_phone_numbers_in_a_message_are_masked(log_file: Path) -> None:
    logging.getLogger("desktop_app.x").warning(
        "row %s, phone %s", "999999199001011234", "13912345678"
    )
    text = log_file.read_text(encoding="utf-8")
    assert "row [number], phone [phone]" in text
    assert "199001" not in text
    assert "139123" not in text


def test_the_words_of_an_error_are_left_out_even_after_another_handler_has_formatted_it(
    log_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = logging.getLogger()
    mine = next(one for one in root.handlers if one.get_name() == logs.FILE_NAME)
    root.removeHandler(mine)
    root.addHandler(mine)  # last in turn: caplog has cached the whole traceback by then
    try:
        try:
            raise KeyError("覃世芳")
        except KeyError as error:
            raise ValueError("999999 19900101 123X") from error
    except ValueError:
        logging.getLogger("desktop_app.x").exception("failed")
    assert "覃世芳" in caplog.text
    text = log_file.read_text(encoding="utf-8")
    assert "builtins.KeyError\n" in text
    assert "builtins.ValueError\n" in text
    assert f"{__file__}:" in text
    assert "覃世芳" not in text
    assert "19900101" not in text


@pytest.mark.parametrize(
    "number",
    [
        "999999900101123",
        "99999919900101123x",
        "９９９９９９１９９００１０１１２３４",
        "6222 0212 3456 7890 123",
        "999999-19900101-1234",
        "139-1234-5678",
        "139 1234 5678",
    ],
)
def test_numbers_written_in_other_ways_are_masked(number: str) -> None:
    masked = logs.mask(f"value={number};")
    assert masked in {"value=[number];", "value=[phone];"}


@pytest.mark.parametrize("text", ["12 rows in 0.125 s", "2026-11-22", "fen=1234567890", "v6.9.3"])
def test_ordinary_figures_stay_readable(text: str) -> None:
    assert logs.mask(text) == text


@given(st.text(), st.from_regex(r"[0-9]{17}[0-9Xx]", fullmatch=True), st.text())
def test_no_identity_number_survives_in_any_surroundings(
    before: str, number: str, after: str
) -> None:
    assert number[:17] not in logs.mask(f"{before}{number}{after}")


def test_a_second_setup_moves_the_log_and_writes_each_line_once(
    log_file: Path, tmp_path: Path
) -> None:
    logs.setup(tmp_path / "other")
    logging.getLogger("desktop_app.x").info("moved")
    assert not log_file.read_text(encoding="utf-8")
    other = (tmp_path / "other" / logs.FILE_NAME).read_text(encoding="utf-8")
    assert other.count("moved") == 1


def test_the_log_rolls_over_and_keeps_a_bounded_number_of_files(log_file: Path) -> None:
    logger = logging.getLogger("desktop_app.x")
    for _ in range(8):
        logger.info("y" * (logs.MAX_BYTES - 200))
        logger.info("y" * 400)
    files = list(log_file.parent.iterdir())
    assert len(files) == logs.KEPT + 1
    assert all(file.stat().st_size <= logs.MAX_BYTES for file in files)
