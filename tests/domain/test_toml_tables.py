"""Tables of a scheme's text added, copied, moved and taken out: nothing else of it changes."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from desktop_app.domain.toml.toml_edit import value_at, values_of
from desktop_app.domain.toml.toml_moves import copy_item, move_item, remove_item, remove_table
from desktop_app.domain.toml.toml_tables import add_item, add_table
from tests.domain.scheme_places import TEXTS, items

TEXT = """# the file
a = 1

# of the list
[[list]]
id = "one"
bands = [
  { above = 1 }, # first
  { above = 2 },
]

[list.inside]
b = 2

# of the second
[[list]]
id = "two" # beside
none = []

# of the end
[end]
c = { d = 3 }
"""


def around(item: str) -> tuple[str, int]:
    return item[: item.rindex("[")], int(item[item.rindex("[") + 1 : -1]) - 1


@pytest.mark.parametrize("name", TEXTS)
def test_each_item_of_each_list_can_be_copied_and_taken_out(name: str) -> None:
    text = TEXTS[name]
    for item in items(values_of(text)):
        path, at = around(item)
        box: list[Any] = value_at(values_of(text), path)
        copied = copy_item(text, item)
        assert value_at(values_of(copied), path) == [*box[: at + 1], box[at], *box[at + 1 :]]
        assert copied.count("#") >= text.count("#")
        if len(box) > 1:  # the last one takes its list with it
            rest = [one for number, one in enumerate(box) if number != at]
            assert value_at(values_of(remove_item(text, item)), path) == rest


@pytest.mark.parametrize("name", TEXTS)
def test_each_item_can_be_moved_down_and_up_again(name: str) -> None:
    text = TEXTS[name]
    values = values_of(text)
    for item in items(values):
        path, at = around(item)
        box = value_at(values, path)
        if at + 1 == len(box):
            with pytest.raises(KeyError):
                move_item(text, item, 1)
            continue
        moved = move_item(text, item, 1)
        expected = copy.copy(box)
        expected[at : at + 2] = box[at + 1], box[at]
        assert value_at(values_of(moved), path) == expected
        assert sorted(moved.split()) == sorted(text.split())
        assert values_of(move_item(moved, f"{path}[{at + 2}]", -1)) == values


def test_a_comment_goes_with_its_item_and_the_lists_own_stays() -> None:
    moved = move_item(TEXT, "list[2]", -1)
    assert moved.index("# of the list") < moved.index("# of the second") < moved.index('"two"')
    assert moved.index('"two"') < moved.index('"one"') < moved.index("# of the end")
    assert values_of(move_item(moved, "list[1]", 1)) == values_of(TEXT)


def test_an_item_is_added_in_the_way_its_list_is_written() -> None:
    assert "  { above = 2 },\n  { above = 3 },\n]" in add_item(TEXT, "list[1].bands", {"above": 3})
    assert "none = [{ x = 1 }]" in add_item(TEXT, "list[2].none", {"x": 1})
    added = add_item(TEXT, "list", {"id": "three", "in": {"e": 1}})
    assert '[[list]]\nid = "three"\n\n[list.in]\ne = 1\n\n# of the end' in added
    assert added.replace('[[list]]\nid = "three"\n\n[list.in]\ne = 1\n\n', "") == TEXT
    inline = add_item("a = { b = 1 }\n", "a.c", {"x": 1})
    assert inline == "a = { b = 1, c = [{ x = 1 }] }\n"
    assert add_item("a = [{ x = 1 }]", "a", {"x": 2}) == "a = [{ x = 1 }, { x = 2 }]"


def test_a_table_is_added_inside_its_own_item_and_in_its_order() -> None:
    added = add_table(TEXT, "list[1].more", {"e": 1, "f": [{"g": 1}]})
    assert "[list.inside]\nb = 2\n\n[list.more]\ne = 1\nf = [\n  { g = 1 },\n]\n\n# of" in added
    order = ("first", "list", "middle", "end")
    assert "\n\n[middle]\nx = 1\n\n# of the end" in add_table(TEXT, "middle", {"x": 1}, order)
    assert "a = 1\n\n[first]\nx = 1\n\n# of the list" in add_table(TEXT, "first", {"x": 1}, order)
    assert add_table(TEXT, "z", {"x": 1}, order).endswith("{ d = 3 }\n\n[z]\nx = 1\n")
    assert add_table("", "z", {"x": 1}) == "[z]\nx = 1\n"
    assert values_of(add_table(TEXT, "end.c.deep", {"x": 1}))["end"]["c"]["deep"] == {"x": 1}


def test_a_table_goes_with_all_its_pieces() -> None:
    assert remove_table(TEXT, "list[1].inside") == TEXT.replace("[list.inside]\nb = 2\n\n", "")
    assert "end" not in values_of(remove_table(TEXT, "end"))
    assert "list" not in values_of(remove_table(TEXT, "list"))
    assert "c" not in values_of(remove_table(TEXT, "end.c"))["end"]
    pieces = "[a.b]\nx = 1\n[c]\ny = 2\n[a.b.d]\nz = 3\n"
    assert remove_table(pieces, "a.b") == "[c]\ny = 2\n"


@pytest.mark.parametrize(
    ("change", "args"),
    [
        (add_table, ("end", {})),
        (add_table, ("a.b", {})),
        (add_table, ("a.b.c", {})),
        (add_item, ("a", {})),
        (copy_item, ("a",)),
        (copy_item, ("list[9]",)),
        (move_item, ("none[1]", 1)),
        (move_item, ("list[1]", -1)),
        (remove_item, ("list",)),
        (remove_item, ("list[3]",)),
        (remove_table, ("none",)),
        (remove_table, ("list[1].none",)),
    ],
)
def test_what_is_not_there_or_has_no_place_is_refused(change: Any, args: Any) -> None:
    with pytest.raises(KeyError):
        change(TEXT, *args)


def test_a_text_in_pieces_is_refused_instead_of_changed_otherwise() -> None:
    pieces = '[[p]]\nid = "a"\n[[p]]\nid = "b"\n[x]\n[p.q]\nof = "b"\n'
    with pytest.raises(KeyError):
        move_item(pieces, "p[1]", 1)
    with pytest.raises(KeyError):
        remove_table("a.b.c = 1\n", "a.b")
    assert value_at({"a": 1}, "a.b") is None
    assert value_at({"a": [1]}, "a[2]") is None
