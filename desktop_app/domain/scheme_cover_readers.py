"""Readers of the parts of a scheme file about time: coverage, renewal, windows, closures."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from desktop_app.domain.scheme_cover import (
    Additions,
    Closure,
    Coverage,
    CoverEvent,
    Renewal,
    Window,
)
from desktop_app.domain.scheme_nodes import Node
from desktop_app.domain.scheme_parts import Drive, Figure

COVERAGE_KINDS = ("from-plan-document", "fixed", "yearly")
COVER_EVENTS = ("move", "retirement", "death")
EFFECTS = ("continues", "ends", "ends-with-month", "transfers", "to-confirm")
APPLICATION_KINDS = ("renewal", "new-people", "new-unit")


def read_coverage(node: Node) -> Coverage:
    kind = node.one_of("kind", COVERAGE_KINDS)
    coverage = Coverage(
        kind=kind,
        months=node.count("months", least=1),
        first=_needed_day(node, "first") if kind == "fixed" else None,
        first_month=_month(node) if kind == "yearly" else None,
        renewal=_renewal(node.node("renewal")) if node.has("renewal") else None,
        additions=_additions(node.node("additions")) if node.has("additions") else None,
        events=_events(node.node("events")) if node.has("events") else {},
        text=node.text("text"),
        source=node.text("source"),
    )
    if coverage.renewal is not None and kind != "fixed":
        node.fail("renewal", "只用于起止日期固定(fixed)的保障期")
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
        node.fail("first_month", "应是1到12的月份")
    return figure


def _renewal(node: Node) -> Renewal:
    renewal = Renewal(
        working_days_before=node.figure("working_days_before"),
        year_months=node.figure("year_months"),
        text=node.text("text"),
        source=node.text("source"),
    )
    if renewal.working_days_before.value is None:
        node.fail("working_days_before", "要写 value,没有天数就无法算出最迟办理日")
    if not renewal.year_months.value:
        node.fail("year_months", "要写大于零的 value,没有月数就无法按月计算")
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
            node.fail(name, f"不是认识的变动({'、'.join(COVER_EVENTS)})")
        part = node.node(name)
        event = CoverEvent(
            part.one_of("effect", EFFECTS), part.text("text", ""), part.text("source", "")
        )
        if event.effect != "to-confirm" and not event.source:
            part.fail("source", '没有填写;没有依据的写 effect = "to-confirm"')
        part.finish()
        events[name] = event
    return events


def read_drive(node: Node) -> Drive:
    drive = Drive(
        year=node.count("year", least=2000),
        list_due_on=node.day("list_due_on"),
        closes_on=node.day("closes_on"),
        source=node.text("source"),
    )
    node.finish()
    return drive


def _kinds(node: Node) -> tuple[str, ...]:
    kinds = node.some_of("kinds", APPLICATION_KINDS)
    if not kinds:
        node.fail("kinds", f"至少要写一种({'、'.join(APPLICATION_KINDS)})")
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
        node.fail("closes_at", "早于 opens_at")
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
        node.fail("last", "早于 first")
    node.finish()
    return closure
