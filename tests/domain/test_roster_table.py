"""The rows of a roster under a clerk's hand say at every moment what the whole file would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.headings import NOTHING_CHOSEN
from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes
from desktop_app.domain.rosters.roster_people import PersonRules
from desktop_app.domain.rosters.roster_table import RosterTable, Standards
from desktop_app.domain.rosters.rosters import read_roster
from desktop_app.domain.tables import Line, Sheet, Workbook
from tests.domain.rosters import HEAD, ON, number, sheet

NUMBERS = [number(sequence=at) for at in range(1, 5)]
CELLS = st.sampled_from((*NUMBERS, f" {NUMBERS[0]}", "123", "合计", "张三", "", "13800138000"))
TOLD_BY_ROW = ("column-guessed", "hidden-rows")


def table_of(*sheets: Sheet, changes: Changes = NO_CHANGES) -> RosterTable:
    workbook = Workbook("名单.xlsx", "xlsx", sheets)
    report = read_roster(workbook, scheme=None, on=ON, changes=changes)
    standards = Standards(PersonRules(None, ON, None, None), NOTHING_CHOSEN, None)
    return RosterTable(workbook, report, standards, changes)


def said(table: RosterTable) -> set[tuple[str | None, int, str, str]]:
    return {
        (one.sheet, one.row or 0, one.code, one.severity.value)
        for at in range(len(table))
        for one in table.findings(at)
    }


def said_of_file(changes: Changes, *sheets: Sheet) -> set[tuple[str | None, int, str, str]]:
    report = read_roster(Workbook("名单.xlsx", "xlsx", sheets), scheme=None, on=ON, changes=changes)
    return {
        (one.sheet, one.row, one.code, one.severity.value)
        for one in report.findings
        if one.row and one.code not in TOLD_BY_ROW
    }


@given(
    st.lists(st.tuples(st.just(""), CELLS, CELLS, CELLS), max_size=5),
    st.lists(st.tuples(CELLS, CELLS), max_size=3),
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(("name", "identity", "phone")), CELLS),
        max_size=8,
    ),
)
def test_each_edit_and_each_undo_says_what_the_whole_file_would_say(
    rows: list[tuple[str, ...]],
    more: list[tuple[str, ...]],
    edits: list[tuple[int, str, str]],
) -> None:
    sheets = (sheet(HEAD, *rows), sheet(("姓名", "身份证号"), *more, name="第二张"))
    table = table_of(*sheets)
    states = [said(table)]
    for at, field, text in edits:
        if at < len(table) and table.may_edit(at, field):
            before = {one: table.findings(one) for one in range(len(table))}
            had = table.changes
            touched = table.put(at, field, text)
            if table.changes != had:
                states.append(said(table))
            told = {one for one in range(len(table)) if table.findings(one) != before[one]}
            assert told <= touched
            assert _bare(said(table)) == _bare(said_of_file(table.changes, *sheets))
    while table.can_undo:
        states.pop()
        table.undo()
        assert said(table) == states[-1]
    assert not table.changes.edits


def _bare(told: set[tuple[str | None, int, str, str]]) -> set[tuple[str | None, int, str, str]]:
    """Without blank rows, which a table does not show where the file has nothing there."""
    return {one for one in told if one[2] != "blank-row"}


def test_the_rows_of_a_finding_are_found_and_counted() -> None:
    rows = [("1", "张三", NUMBERS[0]), ("2", "李四", "12"), ("3", "王五", NUMBERS[0])]
    table = table_of(sheet(HEAD, *rows, ("合计", "3")))
    assert [table.place(at) for at in range(len(table))] == [("名单", row) for row in (2, 3, 4, 5)]
    assert table.rows_with("duplicate-in-file") == [0, 2]
    assert table.rows_with("identity-length") == [1]
    assert table.counts["duplicate-in-file"] == 2
    assert table.rows_with(Severity.ERROR.value) == [1, 2]
    assert table.is_skipped(3)
    assert table.put(2, "identity", NUMBERS[1]) == {0, 2}
    assert table.rows_with(Severity.ERROR.value) == [1]
    assert table.edited_rows() == [2]
    assert table.last_edited == 2
    assert table.text(2, "identity") == NUMBERS[1]
    assert table.is_edited(2, "identity")
    assert table.counts["duplicate-in-file"] == 0
    assert table.worst(1) is Severity.ERROR
    assert table.worst(2) is None
    assert table.rows_saying(range(4), " 王 ".strip()) == [2]


def test_a_heading_and_a_field_without_a_column_are_not_typed_over() -> None:
    table = table_of(sheet(HEAD, ("1", "张三", NUMBERS[0]), HEAD))
    assert table.put(1, "name", "李四") == set()
    assert table.put(0, "remark", "x") == set()
    assert table.undo() == set()
    assert table.fields == ("number", "name", "identity", "phone")


def test_a_table_begins_with_the_edits_that_a_plan_has() -> None:
    changes = Changes(edits={("名单", 2, "name"): "李四"})
    table = table_of(sheet(HEAD, ("1", "张三", NUMBERS[0])), changes=changes)
    assert table.text(0, "name") == "李四"
    table.undo()
    assert (table.text(0, "name"), table.can_undo) == ("张三", False)


def test_an_edit_of_a_row_that_is_no_more_in_the_file_is_passed_over() -> None:
    changes = Changes(edits={("名单", 9, "name"): "李四"})
    table = table_of(sheet(HEAD, ("1", "张三", NUMBERS[0])), changes=changes)
    assert (table.edited_rows(), table.can_undo) == ([], False)


def test_a_second_heading_and_a_hidden_sheet_are_read_as_the_file_s_rules_read_them() -> None:
    turned = ("身份证号", "姓名", "手机号")
    rows = [("1", "张三", NUMBERS[0]), turned, (NUMBERS[1], "李四", ""), ("", "", "")]
    sheets = (
        sheet(("某某单位名单",), HEAD, *rows),
        sheet(HEAD, ("1", "王五", NUMBERS[2]), name="藏起来", hidden=True),
        sheet(("没有表头",), ("的说明",), name="说明"),
    )
    table = table_of(*sheets)
    assert [table.place(at) for at in range(len(table))] == [("名单", 3), ("名单", 4), ("名单", 5)]
    assert [table.text(at, "name") for at in range(3)] == ["张三", "姓名", "李四"]
    assert not table.may_edit(1, "name")
    assert table.put(2, "identity", NUMBERS[0]) == {0, 2}
    assert said(table) == said_of_file(table.changes, *sheets) - {
        ("藏起来", 1, "hidden-sheet", "warning")
    }


def test_what_the_ledger_says_holds_as_long_as_the_row_is_that_persons() -> None:
    workbook = Workbook("名单.xlsx", "xlsx", (sheet(HEAD, ("1", "张三", NUMBERS[0])),))
    report = read_roster(workbook, scheme=None, on=ON)
    standards = Standards(PersonRules(None, ON, None, None), NOTHING_CHOSEN, None)
    told = Finding(
        "名单", 2, "C", "duplicate-elsewhere", Severity.ERROR, "已由别家办理", "identity"
    )
    table = RosterTable(workbook, report, standards, NO_CHANGES, [told])
    assert table.findings(0) == (told,)
    assert table.worst(0) is Severity.ERROR
    table.put(0, "phone", "13800138000")
    assert table.findings(0) == (told,)
    table.put(0, "identity", NUMBERS[1])
    assert table.findings(0) == ()
    table.undo()
    assert table.findings(0) == (told,)


def test_a_hidden_row_has_no_word_of_its_own() -> None:
    lines = (Line(1, HEAD), Line(2, ("1", "张三", NUMBERS[0]), hidden=True))
    table = table_of(Sheet("名单", lines))
    assert table.findings(0) == ()
