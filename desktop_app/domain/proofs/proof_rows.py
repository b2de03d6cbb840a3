"""The lines of a sheet that name somebody, under whatever heading it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.names import check_name
from desktop_app.domain.proofs.proof_headings import Block, blocks_of, find_blocks
from desktop_app.domain.proofs.proof_numbers import HIDDEN, number_of, read_name
from desktop_app.domain.proofs.proof_values import ProofRow
from desktop_app.domain.rosters.roster_cells import is_blank, is_error, text_of
from desktop_app.domain.rosters.roster_rows import skip_code
from desktop_app.domain.tables import Cell, Line
from desktop_app.domain.texts import clean

_NO_NAMES = re.compile(
    "参保|缴费|缴纳|保险|正常|在职|退休|单位|公司|合计|共计|职工|企业|机关|身份|号码|姓名|人数|基数|证明"
)


def rows_of(lines: Sequence[Line], sheet: str) -> Iterator[ProofRow]:
    """Every line below the first heading; a heading further down orders what follows it."""
    found = find_blocks(lines)
    if found is None:
        return
    below, blocks = found
    for line in lines[below:]:
        again = blocks_of(line.cells)
        if again:
            blocks = again
            continue
        where = f"{sheet}第{line.row}行" if sheet else f"第{line.row}行"
        for block in blocks:
            row = _row(line.cells, block, where)
            if row is not None:
                yield row


def _row(cells: Sequence[Cell], block: Block, where: str) -> ProofRow | None:
    own = [
        cell if block.start <= at < block.end else None
        for at, cell in enumerate((*cells, *(None,) * (block.end - len(cells))))
    ]
    values = {field: own[column] for field, column in block.columns.items()}
    name, number = read_name(values.get("name")), number_of(values.get("identity"))
    if not number and (skip_code(own, _asked(block)) or not may_be_name(name)):
        return None
    told = values.get("social") if "social" in values or number else values.get("identity")
    social = "" if is_error(told) else clean(text_of(told)).replace(" ", "").upper()
    state = clean(text_of(values.get("state")))
    return ProofRow(name, number, social, _turn(values), where, state)


def _asked(block: Block) -> dict[str, int]:
    """The columns as a roster would have them: something stands for the number."""
    columns = block.columns
    number = columns.get("identity", columns.get("social", columns["name"]))
    return {**columns, "identity": number}


def _turn(values: dict[str, Cell]) -> str:
    told = (values.get(field) for field in ("month", "insurance"))
    return " ".join(clean(text_of(cell)) for cell in told if not is_blank(cell))


def may_be_name(name: str) -> bool:
    """Whether a text without a number beside it may be a name, with some of it hidden or not."""
    if HIDDEN in name:
        return 1 < len(name) <= 10 and not check_name(name.replace(HIDDEN, "") or "-")
    return len(name) > 1 and not check_name(name) and not _NO_NAMES.search(name)
