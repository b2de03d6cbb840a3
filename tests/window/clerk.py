"""A clerk in front of the window: reads what is shown, uses mouse, keyboard and clipboard."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.programs import stop
from tests.window.screen import SYSTEM_PYTHON, Screen

PROJECT = Path(__file__).parents[2]
DRAG_SOURCE = Path(__file__).with_name("drag_source.py")
PATIENCE = 60.0  # seconds for what a window does at once on an office PC, on a machine that is busy
PAUSE = 0.12
SHOTS = os.environ.get("MAD_SHOTS", "")
BUTTONS = ("push button", "button", "toggle button")
FIELDS = ("text", "password text", "spin button")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Widget:
    path: tuple[int, ...]
    role: str
    name: str
    text: str
    label: str
    states: frozenset[str]
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def enabled(self) -> bool:
        return "ENABLED" in self.states


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    x: int
    y: int
    width: int
    height: int


class Clerk:
    """Every method waits until the window shows what it needs, and says what was seen if not."""

    def __init__(
        self, screen: Screen, office: Path, home: Path, printer: dict[str, str] | None = None
    ) -> None:
        self.screen, self.office, self.home = screen, office, home
        self._printer = printer or {}  # what the program needs to find one
        self.shots = Path(SHOTS) if SHOTS else None
        self._shot_no = 0
        self.log = home / "stderr.txt"
        home.mkdir(parents=True, exist_ok=True)
        self._reader = subprocess.Popen(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("spoken.py"))],
            env=screen.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.program = self.start_program()

    # The program

    def start_program(self) -> subprocess.Popen[bytes]:
        environment = {
            **self.screen.environment,
            **self._printer,
            "HOME": str(self.home),
            "PYTHONFAULTHANDLER": "1",
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
        }
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "desktop_app", "--office", str(self.office)],
                cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def restart(self) -> None:
        self.program = self.start_program()

    def close_window(self) -> int:
        """Close the main window as its ✕ does, and wait for the program's end."""
        self.screen.run("xdotool", "key", "alt+F4")
        return self.program.wait(timeout=PATIENCE)

    def leave(self) -> None:
        stop(self.program)
        stop(self._reader)

    # Eyes

    def widgets(self) -> list[Widget]:
        told = self._ask({"ask": "widgets", "pid": self.program.pid})
        if isinstance(told, dict):
            return []
        return [
            Widget(**{**w, "path": tuple(w["path"]), "states": frozenset(w["states"])})
            for w in told
        ]

    def front(self) -> list[Widget]:
        """The widgets of the window in front: a dialog, where one is open."""
        shown = self.widgets()
        tops = [w for w in shown if len(w.path) == 1]
        active = [w for w in tops if "ACTIVE" in w.states] or tops[-1:]
        return [w for w in shown if active and w.path[0] == active[-1].path[0]]

    def find(self, name: str, *roles: str) -> Widget | None:
        """A widget in front by the name it says, the whole name before a beginning."""
        shown = [w for w in self.front() if not roles or w.role in roles]
        whole = [w for w in shown if name in (w.name, w.label)]
        begins = [w for w in shown if w.name.startswith(name) or w.label.startswith(name)]
        return next(iter(whole + begins), None)

    def has_keys(self, title: str) -> Widget:
        """Wait until the keys go to the window with this title, or its beginning."""

        def look() -> Widget | None:
            active = [w for w in self.widgets() if len(w.path) == 1 and "ACTIVE" in w.states]
            return next((w for w in active if w.name.startswith(title)), None)

        return self.until(look, f"the window “{title}” to have the keys")

    def see(self, text: str, patience: float = PATIENCE) -> Widget:
        """Wait until a text stands somewhere in the window in front."""
        return self.until(lambda: self._reads(text), f"“{text}” to be shown", patience)

    def shows(self, text: str) -> bool:
        return self._reads(text) is not None

    def gone(self, text: str) -> None:
        self.until(lambda: self._reads(text) is None or None, f"“{text}” to go away")

    def text_of(self, name: str) -> str:
        return self.until(lambda: self.find(name, *FIELDS), f"the field “{name}”").text

    def rows(self, table: str, limit: int = 40) -> list[list[Cell]]:
        shown = self.until(lambda: self.find(table, "table", "tree table"), f"the table “{table}”")
        asked = {"ask": "cells", "pid": self.program.pid, "path": shown.path, "rows": limit}
        told = self._ask(asked)
        return [] if isinstance(told, dict) else [[Cell(**c) for c in row] for row in told]

    def row(self, table: str, text: str) -> list[Cell]:
        def look() -> list[Cell] | None:
            rows = self.rows(table)
            return next((r for r in rows if any(text in cell.name for cell in r)), None)

        return self.until(look, f"a row with “{text}” in “{table}”")

    def until(self, look: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
        until = time.monotonic() + patience
        while (found := look()) is None:
            assert self.program.poll() is None, (
                f"the program ended with {self.program.poll()}, waiting for {what}: {self.said()}"
            )
            if time.monotonic() > until:
                self.fail(f"waited {patience:.0f} s for {what}")
            time.sleep(PAUSE)
        return found

    def fail(self, what: str) -> None:
        picture = self.home / "failure.png"
        self.screen.picture(picture)
        seen = "\n".join(
            f"  {w.role}: {w.name} {w.text} {'' if w.enabled else '(off)'}"
            for w in self.front()
            if w.name or w.text
        )
        raise AssertionError(f"{what}; picture {picture}; shown were\n{seen}\n{self.said()}")

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")[-2000:]

    def shot(self, name: str) -> None:
        """Keep a picture for people, where MAD_SHOTS names a folder."""
        if self.shots is not None:
            self._shot_no += 1
            time.sleep(0.4)
            self.screen.picture(self.shots / f"{self._shot_no:02d}-{name}.png")

    # Hands

    def click(self, at: tuple[int, int], times: int = 1) -> None:
        x, y = (str(one) for one in at)
        self.screen.run("xdotool", "mousemove", x, y)
        self.screen.run("xdotool", "click", "--repeat", str(times), "--delay", "60", "1")

    def key(self, *keys: str) -> None:
        self.screen.run("xdotool", "key", "--delay", "30", *keys)

    def press(self, name: str, patience: float = PATIENCE) -> None:
        """Click a button by what it says, once it can be pressed."""

        def look() -> Widget | None:
            found = self.find(name, *BUTTONS)
            if found is None or not found.enabled:
                return None
            return found if self._in_view(found) else None

        self.click(self.until(look, f"the button “{name}”", patience).middle)

    def go(self, place: str) -> None:
        """Turn to a place of the rail."""
        self.click(self.until(lambda: self.find(place, "check box"), f"“{place}”").middle)

    def turn_to(self, tab: str) -> None:
        self.click(self.until(lambda: self.find(tab, "page tab"), f"the tab “{tab}”").middle)

    def take(self, text: str) -> None:
        """Choose a line of the one list that is shown."""
        self.click(self.see(text).middle)

    def tick(self, name: str) -> None:
        box = self.until(lambda: self.find(name, "check box"), f"the tick “{name}”")
        if "CHECKED" not in box.states:
            self._turn_tick(box)
            self.until(lambda: self._checked(name), f"“{name}” to be ticked")

    def untick(self, name: str) -> None:
        box = self.until(lambda: self.find(name, "check box"), f"the tick “{name}”")
        if "CHECKED" in box.states:
            self._turn_tick(box)
            self.until(lambda: not self._checked(name) or None, f"“{name}” to be no longer ticked")

    def _turn_tick(self, box: Widget) -> None:
        self.click((box.x + 10, box.middle[1]))

    def fill(self, field: str, text: str, secret: bool = False) -> None:
        """Put a text into a field instead of what stands in it."""
        self.enter_field(field)
        self.key("ctrl+a")
        self.write(text)
        if not secret:
            self.until(lambda: self.text_of(field) == text or None, f"“{text}” in “{field}”")

    def enter_field(self, field: str) -> None:
        shown = self.until(lambda: self.find(field, *FIELDS), f"the field “{field}”")
        self.click(shown.middle)

    def write(self, text: str) -> None:
        """Type what is on the keyboard; paste the rest."""
        if text.isascii():
            self.screen.run("xdotool", "type", "--delay", "8", text)
        else:
            self.copy(text.encode(), "UTF8_STRING")
            self.key("ctrl+v")

    def copy(self, data: bytes, kind: str) -> None:
        self.screen.copy(data, kind)

    def copied(self) -> str:
        """What another program would paste now."""
        return self.screen.run("xclip", "-selection", "clipboard", "-o")

    def choose(self, box: str, item: str) -> None:
        """Go through a list with the arrow keys until it stands at an item."""
        self.enter_list(box)
        last = ""
        while not (now := self._chosen(box)).startswith(item):
            if now == last:
                self.fail(f"“{box}” does not offer “{item}”")
            last = now
            self.key("Down")
            self.settle()

    def enter_list(self, box: str) -> None:
        """Go to a list and stand at its first item."""
        shown = self.until(lambda: self.find(box, "combo box"), f"the list “{box}”")
        self.click(shown.middle)
        self.key("Home", "Return")

    def _chosen(self, box: str) -> str:
        return self.until(lambda: self.find(box, "combo box"), f"the list “{box}”").name

    def settle(self) -> None:
        """What a key or click does is there within this time, or is waited for by name."""
        time.sleep(PAUSE)

    def pick(self, table: str, text: str, times: int = 1) -> None:
        """Click a row of a table."""
        cell = next(c for c in self.row(table, text) if text in c.name)
        shown = self.until(lambda: self.find(table, "table", "tree table"), f"the table “{table}”")
        if cell.y + cell.height > shown.y + shown.height:  # below what is seen: by the keys
            rows = self.rows(table)
            at = next(n for n, row in enumerate(rows) if any(text in c.name for c in row))
            self.click((rows[0][0].x + 60, rows[0][0].y + rows[0][0].height // 2))
            for _step in range(at):
                self.key("Down")
            cell = next(c for c in self.row(table, text) if text in c.name)
        self.click((cell.x + min(cell.width // 2, 60), cell.y + cell.height // 2), times)

    def enter_table(self, table: str) -> None:
        """Give the keys to a table, whether or not it has rows."""
        shown = self.until(lambda: self.find(table, "table", "tree table"), f"the table “{table}”")
        self.click((shown.middle[0], shown.y + shown.height - 12))

    def choose_file(self, title: str, path: Path) -> None:
        """Type a path into the file dialog that has opened."""
        self.until(lambda: self._window(title), f"the file dialog “{title}”")
        self.key("ctrl+a")
        self.write(str(path))
        time.sleep(0.3)  # the dialog completes the name as it is typed
        self.key("Return")
        self.until(lambda: self._window(title) is None or None, f"“{title}” to close")

    def drop(self, path: Path, onto: Widget | tuple[int, int]) -> None:
        """Drag a file from another program's window and let it fall."""
        x, y = onto if isinstance(onto, tuple) else onto.middle
        source = self.screen.start([sys.executable, str(DRAG_SOURCE), str(path)])
        found = ("xdotool", "search", "--onlyvisible", "--pid", str(source.pid))
        self.until(lambda: self.screen.run(*found).strip() or None, "the file to drag")
        time.sleep(0.3)
        self._move(20, 20)
        self.screen.run("xdotool", "mousedown", "1")
        for at in ((26, 26), (40, 40), (60, 60), (x - 12, y - 8), (x - 4, y - 2), (x, y)):
            self._move(*at)
        self._move(x + 1, y)
        self.screen.run("xdotool", "mouseup", "1")
        assert source.stdout is not None
        ready, _, _ = select.select([source.stdout], [], [], 8)
        if not ready or source.stdout.readline() != b"taken\n":
            self.fail(f"the window did not take {path.name}")

    def drop_in_field(self, title: str, path: Path) -> None:
        """Let a file fall on the field of a form that takes one."""
        self.drop(path, self.until(lambda: self.find(title, "panel"), f"the field “{title}”"))

    def _move(self, x: int, y: int) -> None:
        self.screen.run("xdotool", "mousemove", str(x), str(y))
        time.sleep(0.12)

    def _in_view(self, widget: Widget) -> bool:
        """Whether it can be clicked where it stands; if not, turn the wheel over its pane."""
        middle = widget.middle[1]
        around = (w for w in self.front() if widget.path[: len(w.path)] == w.path)
        cutting = [w for w in around if not w.y <= middle <= w.y + w.height]
        if not cutting:
            return True
        pane = cutting[-1]
        self._move(*pane.middle)
        self.screen.run("xdotool", "click", "4" if middle < pane.y else "5")
        return False

    def _reads(self, text: str) -> Widget | None:
        return next((w for w in self.front() if text in w.name or text in w.text), None)

    def _checked(self, name: str) -> bool | None:
        box = self.find(name, "check box")
        return True if box is not None and "CHECKED" in box.states else None

    def _window(self, title: str) -> Widget | None:
        tops = (w for w in self.widgets() if len(w.path) == 1)
        return next((w for w in tops if w.name == title), None)

    def _ask(self, question: dict[str, Any]) -> Any:
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(json.dumps(question).encode() + b"\n")
        self._reader.stdin.flush()
        return json.loads(self._reader.stdout.readline())
