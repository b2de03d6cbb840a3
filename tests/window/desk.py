"""The sample county's desk in the real window: who sits there, and how a unit is found."""

from __future__ import annotations

from tests.window.clerk import Clerk

Who = tuple[str, str]  # name and password
CLERK: Who = ("王丽", "yanshi-wangli-1")
REVIEWER: Who = ("张敏", "yanshi-zhangmin-2")
HEAD: Who = ("陈国华", "yanshi-chenguo-3")


def sign_in(clerk: Clerk, who: Who) -> None:
    name, password = who
    clerk.see("用户(U)", patience=90)
    clerk.choose("用户(U)", name)
    clerk.fill("密码", password, secret=True)
    clerk.key("Return")
    clerk.see(f"换人登录,现在是{name}", patience=90)


def change_to(clerk: Clerk, who: Who) -> None:
    clerk.press("换人登录")
    sign_in(clerk, who)


def to_list(clerk: Clerk) -> None:
    """The list of units, from wherever one is."""
    clerk.go("办理")

    def look() -> bool | None:
        if clerk.find("单位", "table") is not None:
            return True
        if clerk.find("返回列表", "push button") is not None:
            clerk.key("alt+b")
        return None

    clerk.until(look, "the list of units")


def find_unit(clerk: Clerk, name: str) -> None:
    """From the list; the place leads back to the unit one was at, where there is one."""
    clerk.go("办理")
    clerk.until(lambda: clerk.find("单位", "table") or clerk.find("单位资料"), "units or one unit")
    if not (clerk.find("单位资料") is not None and clerk.shows(name)):
        to_list(clerk)
        clerk.pick("单位", name)
        clerk.key("Return")
    clerk.until(lambda: clerk.find("单位资料"), "the unit's page")
    clerk.see(name)


def wait_ready(clerk: Clerk, button: str) -> None:
    """Until the blue button of a dialog can be pressed."""

    def ready() -> bool | None:
        found = clerk.find(button, "push button")
        return True if found is not None and found.enabled else None

    clerk.until(ready, f"the button “{button}” to be ready")


def answer(clerk: Clerk, title: str, **fields: str) -> None:
    """Fill the dialog with this title and press its blue button by Enter."""
    clerk.has_keys(title)
    for field, text in fields.items():
        clerk.fill(field, text)
    clerk.key("Return")
