"""The values of a scheme file's text, and in Chinese what keeps a text from being TOML."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from desktop_app.domain.schemes.scheme_faults import Fault, SchemeError
from desktop_app.domain.toml.toml_edit import values_of
from desktop_app.domain.toml.toml_lines import key_lines

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_LONG_NUMBER = re.compile(r"[\d_]{400}|[eE][+-]?\d{6}")
_SAID = (
    ("Invalid statement", "这里应是一项的名字或 [段名]", "项的名字用英文字母、数字和连字符。"),
    ("Expected '=' after a key", "项的名字后面少了等号", '请写成 名字 = "…" 这样。'),
    ("Invalid initial character", "这里少了项的名字", "请在等号前或方括号里写上项的名字。"),
    ("Invalid value", "等号后面的值写得不对", "文字要用英文双引号,数字和日期不用引号。"),
    ("Invalid date", "没有这个日期或时刻", "请写成 2024-12-31 这样,并核对月份和天数。"),
    ("Unterminated string", "文字后面少了引号", "请在文字末尾补上英文双引号。"),
    ("Unclosed array", "一列值后面少了方括号,或两项之间少了逗号", "请补上 ] 或逗号。"),
    ("Unclosed inline table", "少了花括号 },或两项之间少了逗号", "请补上 } 或逗号。"),
    ("Expected \"'", "文字后面少了引号", "请在文字末尾补上引号;文字宜用英文双引号。"),
    ("Expected ']", "段名后面少了方括号", "请写成 [段名] 或 [[段名]]。"),
    ("Cannot declare", "同一段写了两次", "请合成一段;一列中的各段要写成 [[段名]]。"),
    ("Cannot overwrite", "同一项写了两次", "请删去其中一个。"),
    ("Duplicate inline table key", "同一项写了两次", "请删去其中一个。"),
    ("Cannot mutate", "这一段已经写完,不能再加", "请把这一项移到原来的那一段里。"),
    ("Cannot redefine", "这一段已经写完,不能再加", "请把这一项移到原来的那一段里。"),
    ("Expected newline", "一行里多写了内容", "请每项另起一行;行末说明要以 # 开头。"),
    ("Unescaped", "文字里的反斜杠写法不对", r"请把 \ 写成 \\。"),
    ("Invalid hex", r"文字里 \u 后面的代码不对", "请直接写出这个字。"),
    ("Escaped character", r"文字里 \u 后面的代码不对", "请直接写出这个字。"),
    ("Illegal character", "这里有不能用的字符", "请删去后重新输入这一行;换行不能写在引号里。"),
    ("Found invalid character", "这里有不能用的字符", "请删去后重新输入这一行。"),
)
_OTHER = ("写法不对", "请核对这一行的引号、括号、逗号和等号。")


def read_toml(text: str, file: str | None) -> tuple[dict[str, Any], dict[str, int]]:
    """The text's values, and the line of each key path.

    Raises:
        SchemeError: it is no TOML; with line and column.
    """
    try:
        return values_of(text), key_lines(text)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError((_syntax_fault(str(error), text, file),), file) from error
    except RecursionError as error:
        said, remedy = "括号或段名的层数太多", "请对照随程序提供的方案文件减少层数。"
        line = _longest_line(text)
        raise SchemeError((Fault("", line, said, remedy, file),), file) from error
    except (ValueError, ArithmeticError) as error:
        said, remedy = "有一个数太长,不能读取", "请按文件核对各项数字。"
        found = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise SchemeError((Fault("", line, said, remedy, file),), file) from error


def _longest_line(text: str) -> int:
    """Where too deep a nest stands."""
    lengths = [len(line) for line in text.split("\n")]
    return lengths.index(max(lengths)) + 1


def _syntax_fault(said: str, text: str, file: str | None) -> Fault:
    message, remedy = next((rest for start, *rest in _SAID if said.startswith(start)), _OTHER)
    place = _PLACE.search(said)
    line, column = (int(place[1]), int(place[2])) if place else _end(text)
    return Fault("", line, message, remedy, file, column)


def _end(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")
