"""The desk's reading child ends with the desk, whatever is still asked of it."""

from __future__ import annotations

from pathlib import Path

from desktop_app.services.readers import FileReaders


def test_a_call_after_the_desk_was_left_leaves_no_child_behind(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,身份证号\n", "utf-8")
    readers = FileReaders()
    with readers.lent() as reader:
        assert reader.read(path).sheets
        readers_child = reader.child
    assert readers_child.process_id is not None
    readers.close()
    assert readers_child.process_id is None
    with readers.lent() as reader:
        assert reader.read(path).sheets
        assert readers_child.process_id is not None
    assert readers_child.process_id is None


def test_a_child_that_rests_is_followed_by_another(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,身份证号\n", "utf-8")
    readers = FileReaders()
    for _again in range(2):
        with readers.lent() as reader:
            assert reader.read(path).sheets
        readers.rest()
        assert reader.child.process_id is None
