"""Streams of an OLE compound file (.xls, .et), as far as a second look at them needs."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

_END = 0xFFFFFFFA  # from here on a sector number means something else
_ENTRY = 128


class OleFile:
    """A compound file ([MS-CFB]) in memory.

    Raises:
        ValueError: sectors point nowhere or in circles.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise ValueError("short header")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._table = self._allocation()
        directory, self._mini_limit = (
            struct.unpack_from("<I", data, 48)[0],
            struct.unpack_from("<I", data, 56)[0],
        )
        self._entries = dict(self._read_entries(self._chain(directory)))
        mini_table = struct.unpack_from("<I", data, 60)[0]
        self._mini_table = _numbers(self._chain(mini_table)) if mini_table < _END else array("I")

    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of one stream; KeyError where there is none."""
        start, size = self._entries[name]
        if size >= self._mini_limit:
            return self._chain(start)[:size]
        if "Root Entry" not in self._entries:
            raise ValueError("no root")
        root, root_size = self._entries["Root Entry"]
        store = self._chain(root)[:root_size] if root < _END else b""
        step = self._mini_size
        parts = [store[n * step : n * step + step] for n in _follow(start, self._mini_table)]
        return b"".join(parts)[:size]

    def _allocation(self) -> array[int]:
        sectors = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _END]
        following = struct.unpack_from("<I", self._data, 68)[0]
        seen = 0
        while following < _END:
            block = _numbers(self._sector(following))
            sectors += [n for n in block[:-1] if n < _END]
            following, seen = block[-1], seen + 1
            if seen > len(self._data) // self._size:
                raise ValueError("circle")
        return _numbers(b"".join(self._sector(n) for n in sectors))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise ValueError("sector beyond the end")
        return sector.ljust(self._size, b"\0")

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(start, self._table))

    def _read_entries(self, directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            if kind in (2, 5) and 2 <= length <= 64:
                name = directory[place : place + length - 2].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", directory, place + 116)
                yield name, (start, size)


def _numbers(block: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))


def _follow(start: int, table: array[int]) -> Iterator[int]:
    seen = 0
    while start < _END:
        if start >= len(table) or seen > len(table):
            raise ValueError("chain beyond the table")
        yield start
        start, seen = table[start], seen + 1
