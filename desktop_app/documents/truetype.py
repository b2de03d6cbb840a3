"""Tables put together as a TrueType file, with their check sums (OpenType: 'sfnt')."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from struct import pack

_WORD = 0xFFFFFFFF
_WHOLE = 0xB1B0AFBA  # what all words of a font add up to
_ADJUSTMENT_AT = 8  # in the head table


def font_file(tables: Mapping[str, bytes], sums_of: Mapping[str, int]) -> bytes:
    """Return the file; `head` among the tables is given its adjustment.

    `sums_of` tells the check sums of tables whose parts were added up before: adding is slow.
    """
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = [
        pack(">LHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    ]
    offset, body, sums, head_at = 12 + 16 * count, [], 0, 0
    head = tables["head"]
    unadjusted = {"head": head[:_ADJUSTMENT_AT] + bytes(4) + head[_ADJUSTMENT_AT + 4 :]}
    for tag, table in sorted({**tables, **unadjusted}.items()):
        if tag == "head":
            head_at = offset
        padded = table + bytes(-len(table) % 4)
        total = sums_of[tag] & _WORD if tag in sums_of else check_sum(padded)
        header.append(tag.encode("ascii") + pack(">LLL", total, offset, len(table)))
        body.append(padded)
        offset += len(padded)
        sums += total
    directory = b"".join(header)
    adjustment = (_WHOLE - sums - check_sum(directory)) & _WORD
    file = directory + b"".join(body)
    at = head_at + _ADJUSTMENT_AT
    return file[:at] + pack(">L", adjustment) + file[at + 4 :]


def check_sum(data: bytes) -> int:
    """All words of the data added up; it is whole words long."""
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & _WORD
