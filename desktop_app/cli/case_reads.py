"""What is looked up of one application besides itself: its history, accounts, ways to correct."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.domain.dates import CHINA
from desktop_app.domain.money import yuan


def add_to(group: Group) -> None:
    reads = (
        group.add("history", _history, "这份申请的历史"),
        group.add("funding", _funding, "各方应出多少,从哪里列支"),
        group.add("corrections", _corrections, "这份申请现在可以怎样更正"),
        group.add("last", _last, "最近一步是什么,能不能撤销"),
    )
    proof = group.add("proof", _proof, "社会保险缴纳证明与名单逐人核对")
    proof.add_argument("--file", type=words.path, metavar="FILE", help="不写时用已收的证明")
    for parser in (*reads, proof):
        parser.add_argument("enrolment", type=words.count, metavar="ENROLMENT")


def _history(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.enrolments.get(options.enrolment)  # says so where there is none
        lines = services.enrolments.history(options.enrolment)
    told = (
        f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {one.who}  {one.what}  {one.note}".rstrip()
        for one in lines
    )
    return Answer({"history": lines}, tuple(told))


def _funding(options: Namespace) -> Answer:
    with at_desk(options) as services:
        parts = services.drafting.funding(options.enrolment)
    lines = []
    for part in parts:
        lines.append(f"{part.payer}  {part.label}  {yuan(part.fen)}元")
        lines += [f"  {one.key}  {one.label}  {yuan(one.fen)}元" for one in part.channels]
    return Answer({"funding": parts}, tuple(lines) or ("这份申请还没有算出金额。",))


def _corrections(options: Namespace) -> Answer:
    with at_desk(options) as services:
        offers = services.corrections.list_offers(options.enrolment)
    return Answer(
        {"corrections": offers},
        tuple(f"{one.key}  {one.label}  {'可以' if one.may else one.why_not}" for one in offers),
    )


def _last(options: Namespace) -> Answer:
    with at_desk(options) as services:
        offer = services.undo.offer(options.enrolment)
    return Answer({"undo": offer}, tuple(filter(None, (offer.label, offer.why_not))))


def _proof(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.enrolments.get(options.enrolment)  # says so where there is none
        if options.file is not None:
            found = services.proofs.compare_file(options.enrolment, options.file)
        else:
            found = services.proofs.compare_kept(options.enrolment)
    told = (
        "  ".join(filter(None, (one.standing_label, one.name or one.proof_name, one.note)))
        for one in found.lines
        if one.standing != "agrees" or one.note
    )
    return Answer({"proof": found}, (found.sentence, *told))
