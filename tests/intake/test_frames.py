"""What travels between the processes arrives as it left, and broken frames are noticed."""

from __future__ import annotations

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.tables import CellError
from desktop_app.intake.frames import HEAD, FrameError, pack_rows, read_note, unpack_rows

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False),
    st.text(),
    st.sampled_from(["\x1f", "a\x1fb", "男", "女", "䶮㛃𬭎"]),
    st.sampled_from([CellError("#N/A"), CellError("#REF!")]),
    st.dates(),
    st.datetimes(),
    st.times(),
)
COLUMNS = st.integers(1, 30).flatmap(
    lambda height: st.lists(
        st.one_of(
            st.lists(CELLS, min_size=height, max_size=height),
            st.lists(st.text(), min_size=height, max_size=height),
            st.lists(st.sampled_from(["男", "女", ""]), min_size=height, max_size=height),
            st.lists(st.floats(allow_nan=False), min_size=height, max_size=height),
        ),
        min_size=1,
        max_size=6,
    )
)


@given(COLUMNS, st.sets(st.integers(1, 40)))
def test_cells_arrive_with_value_and_type(columns: list[list[object]], hidden: set[int]) -> None:
    rows = list(zip(*columns, strict=True))
    arrived = unpack_rows(pack_rows(7, rows, sorted(hidden))[HEAD.size :])
    expected = [[None if cell == "" else cell for cell in row] for row in rows]
    assert [list(row) for row in arrived.rows] == expected
    assert [list(map(type, row)) for row in arrived.rows] == [
        [type(cell) for cell in row] for row in expected
    ]
    assert (arrived.first_row, arrived.hidden) == (7, hidden)


def test_a_span_of_hours_arrives_as_it_is_shown() -> None:
    rows = [[datetime.timedelta(hours=30, minutes=5)], [datetime.timedelta(seconds=-61)]]
    assert unpack_rows(pack_rows(1, rows, [])[HEAD.size :]).rows == (("30:05:00",), ("-0:01:01",))


def test_rows_without_columns_keep_their_number() -> None:
    assert unpack_rows(pack_rows(1, [[], []], [])[HEAD.size :]).rows == ((), ())


@given(st.data())
def test_a_broken_frame_is_an_error_and_nothing_else(data: st.DataObject) -> None:
    body = bytearray(pack_rows(1, [["a", 1.0, "男"], ["b", None, "男"]], [2])[HEAD.size :])
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(FrameError):
        unpack_rows(bytes(body[:cut]))
    body[cut] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FrameError):
        unpack_rows(bytes(body))


def test_a_note_is_an_object() -> None:
    with pytest.raises(FrameError):
        read_note(b"[1]")
