"""`tie`: a year's money from list to receipt, what is open, and the sums that prove it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.domain.money import yuan
from desktop_app.services.views.ties import Proof, TieLine


def add_to(commands: Group) -> None:
    tie = commands.add("tie", _tie, "对账:各单位的钱从名单到票据是否对得上")
    tie.add_argument("--year", type=words.count, metavar="YEAR", help="年度,不写则为本次集中办理的")
    tie.add_argument("--open", action="store_true", help="只列没有对平的")
    tie.add_argument("--save", type=Path, metavar="FILE", help="另存为表格文件(.xlsx)")


def _tie(options: Namespace) -> Answer:
    with at_desk(options) as services:
        drive = services.ties.tie(options.year)
        saved = services.ties.export(options.save, drive.year) if options.save else ""
    lines = drive.open_lines if options.open else drive.lines
    holds = all(proof.holds for proof in drive.proofs)
    document = {
        "year": drive.year, "lines": lines, "proofs": drive.proofs, "bank": drive.bank,
        "holds": holds, "saved": saved,
    }  # fmt: skip
    told = [_line(line) for line in lines] or ["没有申请。"]
    told += [_proof(proof) for proof in drive.proofs]
    return Answer(document, (*told, *([f"已存:{saved}"] if saved else [])))


def _line(line: TieLine) -> str:
    due = "未定" if line.due_fen is None else yuan(line.due_fen)
    told = f"{line.unit}  应缴{due} 已缴{yuan(line.kept_fen)}  {line.state_label}"
    return f"{told}  {';'.join(line.open)}".rstrip()


def _proof(proof: Proof) -> str:
    sign = "=" if proof.holds else "≠"
    left, right = (
        f"{text} {yuan(fen)}"
        for text, fen in ((proof.left_text, proof.left_fen), (proof.right_text, proof.right_fen))
    )
    return f"{left} {sign} {right}"
