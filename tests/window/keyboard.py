"""The same clerk without a mouse: Tab and keys alone; a click is a failure."""

from __future__ import annotations

from pathlib import Path

from tests.window.clerk import BUTTONS, FIELDS, PATIENCE, Clerk, Widget

PLACES = ("工作台", "办理", "申领", "查询", "报表", "更多")  # as on the rail: Ctrl+1 to Ctrl+6
NEXT = "下一步:"
FAR = 150  # presses of Tab within which everything on a page comes by
TABLES = ("table", "tree table")


class KeyboardClerk(Clerk):
    def click(self, at: tuple[int, int], times: int = 1) -> None:
        raise AssertionError(f"a click at {at} ({times}): this clerk has no mouse")

    def go(self, place: str) -> None:
        self.key(f"ctrl+{PLACES.index(place) + 1}")

    def turn_to(self, tab: str) -> None:
        """Ctrl+Tab turns the tabs once the keys are anywhere in them; until then Tab goes on.

        Tabs inside a page are turned by the arrow keys, once Tab has come to them.
        """
        for step in range(FAR):
            shown = self.find(tab, "page tab")
            if shown is not None and "SELECTED" in shown.states:
                return
            bars = [w for w in self.front() if w.role == "page tab list"]
            within = shown is not None and len(shown.path) > 1 + min(len(w.path) for w in bars)
            here = [w for w in bars if within and shown and w.path == shown.path[:-1]]
            if any("FOCUSED" in w.states for w in here):
                self.key("Right" if step % 8 < 4 else "Left")
            else:
                self.key("Tab" if within or step % 2 else "ctrl+Tab")
            self.settle()
        self.fail(f"no tab “{tab}” by Ctrl+Tab or the arrow keys")

    def focus(self, name: str, *roles: str) -> Widget:
        """Press Tab until the keys go to it."""
        seen: list[str] = []
        for _step in range(FAR):
            now = self._focused()
            if now is not None and _is(now, name, roles):
                return now
            seen.append(f"{now.role} {now.name}" if now is not None else "-")
            self.key("Tab")
        self.fail(f"“{name}” is not reached by Tab, which goes over {seen[-20:]}")
        raise AssertionError

    def _focused(self) -> Widget | None:
        """A current line or tab says that it is in focus though the keys went elsewhere."""
        held = [w for w in self.front() if "FOCUSED" in w.states]
        others = [w for w in held if w.role not in ("list item", "page tab")]
        return next(iter(others + held), None)

    def press(self, name: str, patience: float = PATIENCE) -> None:
        def there() -> Widget | None:
            found = self.find(name, *BUTTONS)
            return found if found is not None and found.enabled else None

        shown = self.until(there, f"the button “{name}”", patience)
        if shown.name.startswith(NEXT) and self.find("单位资料") is not None:
            self.key("ctrl+Return")
            return
        self.focus(name, *BUTTONS)
        self.key("space")

    def take(self, text: str) -> None:
        self.see(text)
        self.focus("", "list")
        self.key("Home")
        for _step in range(20):
            self.settle()
            found = self._reads(text)
            if found is not None and "SELECTED" in found.states:
                return
            self.key("Down")
        self.fail(f"no line “{text}” by the arrow keys")

    def _turn_tick(self, box: Widget) -> None:
        self.focus(box.name, "check box")
        self.key("space")

    def enter_field(self, field: str) -> None:
        self.until(lambda: self.find(field, *FIELDS), f"the field “{field}”")
        self.focus(field, *FIELDS)

    def enter_list(self, box: str) -> None:
        self.until(lambda: self.find(box, "combo box"), f"the list “{box}”")
        self.focus(box, "combo box")
        self.key("Home")
        self.settle()

    def pick(self, table: str, text: str, times: int = 1) -> None:
        self.row(table, text)
        self.focus(table, *TABLES)
        rows = self.rows(table)
        at = next(n for n, row in enumerate(rows) if any(text in cell.name for cell in row))
        self.key("ctrl+Home", *(["Down"] * at))
        if times > 1:
            self.key("Return")

    def drop(self, path: Path, onto: Widget | tuple[int, int]) -> None:
        """Copied in the file manager, pasted here; where it goes is the page's to say."""
        self.copy(f"{path.as_uri()}\r\n".encode(), "text/uri-list")
        self.key("ctrl+v")

    def enter_table(self, table: str) -> None:
        self.focus(table, *TABLES)

    def drop_in_field(self, title: str, path: Path) -> None:
        self.focus(title, "panel")
        self.drop(path, (0, 0))


def _is(widget: Widget, name: str, roles: tuple[str, ...]) -> bool:
    if roles and widget.role not in roles:
        return False
    return widget.name.startswith(name) or widget.label.startswith(name)
