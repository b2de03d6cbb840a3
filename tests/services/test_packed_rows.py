"""The good rows of a file as they wait with its batch: the same rows come back."""

from __future__ import annotations

import json
import zlib
from datetime import date

from db.codes import IdentityKind, Sex
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.services.rosters.roster_rows import packed, person_cells, unpacked

ONE = RosterRow(
    "名单", 2, "王甲", "999999198003070010", IdentityKind.RESIDENT, Sex.MALE, date(1980, 3, 7),
    "13900000001", None, None, None, None, False,
)  # fmt: skip
OTHER = RosterRow(
    None, 9, "𬭎·甲", "USA123456789012", IdentityKind.FOREIGN_PERMANENT, None, None,
    None, "6222021234567890128", ("hospital", "women"), 2, "备注", True,
)  # fmt: skip
ROSTERS = ([], [ONE], [OTHER], [ONE, OTHER], [ONE, ONE._replace(row=3)])


def test_rows_come_back_as_they_were_packed() -> None:
    assert [unpacked(packed(rows)) for rows in ROSTERS] == list(ROSTERS)
    assert type(unpacked(packed([ONE]))[0].sex) is Sex


def test_rows_packed_by_a_former_version_are_read() -> None:
    kept = [[row.sheet, row.row, *person_cells(row)] for row in (ONE, OTHER)]
    assert unpacked(zlib.compress(json.dumps(kept).encode())) == [ONE, OTHER]
    assert unpacked(None) == []
