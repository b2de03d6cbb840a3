"""Readers of the parts of a scheme file about time: coverage, renewal, windows, closures."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping

from desktop_app.domain.schemes.scheme_cover import (
    Additions,
    Closure,
    Coverage,
    CoverEvent,
    Renewal,
    Window,
)
from desktop_app.domain.schemes.scheme_nodes import Node
from desktop_app.domain.schemes.scheme_parts import Drive, Figure
from desktop_app.domain.schemes.scheme_remedies import to_choose

COVERAGE_KINDS = ("from-plan-document", "fixed", "yearly")
COVER_EVENTS = ("move", "retirement", "death")
EFFECTS = ("continues", "ends", "ends-with-month", "transfers", "to-confirm")
MOST_MONTHS = 120
MOST_DAYS = 366
APPLICATION_KINDS = ("renewal", "new-people", "new-unit")


def read_coverage(node: Node) -> Coverage:
    kind = node.kind_of("kind", COVERAGE_KINDS)
    coverage = Coverage(
        kind=kind,
        months=node.count("months", least=1, most=MOST_MONTHS),
        first=_needed_day(node, "first") if kind == "fixed" else None,
        first_month=_month(node) if kind == "yearly" else None,
        renewal=_renewal(node.node("renewal")) if node.has("renewal") else None,
        additions=_additions(node.node("additions")) if node.has("additions") else None,
        events=_events(node.node("events")) if node.has("events") else {},
        text=node.text("text"),
        source=node.text("source"),
    )
    if coverage.renewal is not None and kind != "fixed":
        node.note("renewal", "只用于起止日期固定(fixed)的保障期")
    node.finish()
    return coverage


def _needed_day(node: Node, key: str) -> datetime.date:
    day = node.day(key)
    if day is None:
        node.fail(key, "没有填写")
    return day


def _month(node: Node) -> Figure:
    figure = node.figure("first_month")
    if figure.value is not None and not 1 <= figure.value <= 12:
        node.note("first_month", "应是1到12的月份")
    return figure


def _renewal(node: Node) -> Renewal:
    renewal = Renewal(
        working_days_before=node.figure("working_days_before", most=MOST_DAYS),
        year_months=node.figure("year_months", most=12),
        text=node.text("text"),
        source=node.text("source"),
    )
    if renewal.working_days_before.value is None:
        node.note("working_days_before", "要写 value,没有天数就无法算出最迟办理日")
    if not renewal.year_months.value:
        node.note("year_months", "要写大于零的 value,没有月数就无法按月计算")
    node.finish()
    return renewal


def _additions(node: Node) -> Additions:
    additions = Additions(
        allowed=node.one_of("allowed", ("windows", "any-time", "never")),
        starts=node.one_of("starts", ("next-month", "next-day", "plan-document", "period")),
        text=node.text("text"),
        source=node.text("source", ""),
    )
    node.finish()
    return additions


def _events(node: Node) -> Mapping[str, CoverEvent]:
    events = {}
    for name in node.names():
        if name not in COVER_EVENTS:
            node.note(name, f"不是认识的变动({'、'.join(COVER_EVENTS)})", to_choose(COVER_EVENTS))
        event = node.collect(functools.partial(_event, node.node(name)))
        if event is not None:
            events[name] = event
    return events


def _event(node: Node) -> CoverEvent:
    event = CoverEvent(
        node.kind_of("effect", EFFECTS), node.text("text", ""), node.text("source", "")
    )
    if event.effect != "to-confirm" and not event.source:
        node.note("source", '没有填写;没有依据的写 effect = "to-confirm"')
    node.finish()
    return event


def read_drive(node: Node) -> Drive:
    drive = Drive(
        year=node.count("year", least=2000, most=2199),
        list_due_on=node.day("list_due_on"),
        closes_on=node.day("closes_on"),
        source=node.text("source"),
    )
    node.finish()
    return drive


def _kinds(node: Node) -> tuple[str, ...]:
    kinds = node.some_of("kinds", APPLICATION_KINDS)
    if not kinds:
        node.note("kinds", f"至少要写一种({'、'.join(APPLICATION_KINDS)})")
    return kinds


def read_window(node: Node) -> Window:
    window = Window(
        kinds=_kinds(node),
        opens_at=node.moment("opens_at"),
        closes_at=node.moment("closes_at"),
        ends_by=node.day("ends_by"),
        text=node.text("text"),
        source=node.text("source"),
    )
    if window.opens_at and window.closes_at and window.opens_at > window.closes_at:
        node.note("closes_at", "早于 opens_at")
    node.finish()
    return window


def read_closure(node: Node) -> Closure:
    closure = Closure(
        kinds=_kinds(node),
        first=_needed_day(node, "first"),
        last=_needed_day(node, "last"),
        text=node.text("text"),
        source=node.text("source"),
    )
    if closure.last < closure.first:
        node.note("last", "早于 first")
    node.finish()
    return closure
