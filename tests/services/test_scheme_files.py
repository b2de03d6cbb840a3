"""Scheme files as they come: every way of taking one reads it alike, and none breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from desktop_app.domain.figures import figures_of
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.domain.toml.toml_edit import set_value
from desktop_app.errors import FileError, UserError
from desktop_app.services.versions.scheme_files import MOST_BYTES, read_scheme_text
from tests.services.desks import Staff

SCHEMES = sorted(Path(resources.__file__).parent.joinpath("schemes").glob("*.toml"))
HOME = next(file for file in SCHEMES if file.stem == "xianfeng-2024")
EVIL = (
    '"1e99999999"', "1e99999999", "1e-99999999", "nan", "inf", "-1", "9" * 23, "9" * 5000, "0x10",
    "9999-12-31", "0001-01-01", "2024-01-01T24:00:00", "[]", "{}", "[[]]", "true", '""',
     '"\\u0000"',
    "[" * 900 + "]" * 900, '"../.."', "'''", '"', "{ value = 99999999999999, source = '试' }",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A carried scheme file with some of its lines spoilt, or some of its bytes."""
    lines = draw(st.sampled_from(SCHEMES)).read_text("utf-8").split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        key = lines[at].partition("=")[0]
        lines[at] = draw(
            st.one_of(
                st.sampled_from(EVIL).map(lambda value, key=key: f"{key}= {value}"),
                st.sampled_from(lines),
                st.just(""),
                st.text(max_size=12),
            )
        )
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    if draw(st.booleans()):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4)) + content[at:]
    return content


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=mutated())
def test_a_spoilt_file_is_a_scheme_or_a_refusal_and_nothing_else(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "spoilt.toml"
    file.write_bytes(content)
    answer = _answer(file)
    if isinstance(answer, SchemeError):
        assert answer.faults
        assert all(fault.remedy and fault.line >= 1 for fault in answer.faults)
        assert all(fault.file == file.name for fault in answer.faults)
    else:
        assert figures_of(answer)


def _answer(file: Path) -> Scheme | SchemeError:
    try:
        return scheme_from(read_scheme_text(file), file.name)
    except SchemeError as error:
        return error


WRONG = [
    (HOME.read_text("utf-8").encode("gbk"), "不是UTF-8文本", "UTF-8"),
    (b"\xef\xbb\xbf# " + b"x" * MOST_BYTES, "超过1MB", "方案文件"),
    (b"id = ", "值写得不对", "引号"),
    (HOME.read_bytes().replace(b"months = 12\ntext", b"months = 999999999\ntext"), "不能大于",
     "120"),
    (HOME.read_bytes().replace(b"max_age = 60", b"max_age = 6000"), "不能大于", "120"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said", "remedy"), WRONG)
def test_a_faulty_file_is_refused_in_one_sentence_and_changes_nothing(
    staff: Staff, tmp_path: Path, content: bytes, said: str, remedy: str
) -> None:
    file = tmp_path / "试.toml"
    file.write_bytes(content)
    before = staff.head.scheme_editing.list_versions()
    with pytest.raises(SchemeError) as caught:
        staff.head.schemes.take_over(file)
    assert said in caught.value.message
    assert remedy in caught.value.remedy
    assert "试.toml" in str(caught.value.where)
    assert staff.head.scheme_editing.list_versions() == before


def test_a_file_that_is_not_there_is_told(staff: Staff, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        staff.head.schemes.take_over(tmp_path / "none.toml")
    assert caught.value.code == "file-missing"


@pytest.mark.both_databases
def test_a_file_with_a_byte_order_mark_is_taken_over(staff: Staff, tmp_path: Path) -> None:
    file = tmp_path / "bom.toml"
    file.write_bytes(b"\xef\xbb\xbf" + HOME.read_bytes())
    made = staff.head.schemes.take_over(file).value
    assert staff.head.scheme_editing.text_of(made).text == set_value(
        HOME.read_text("utf-8"), "version", 2
    )


@pytest.mark.parametrize("year", [0, 1, 1999, 2200, 99_999_999_999])
def test_a_year_out_of_all_sense_is_refused(staff: Staff, year: int) -> None:
    for ask in (
        lambda: staff.head.schemes.set_year(year),
        lambda: staff.head.schemes.set_target(year, 100),
    ):
        with pytest.raises(UserError) as caught:
            ask()
        assert caught.value.code == "year"
