"""What a case's money is charged to (列支渠道), and what it may be charged to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One account; `fen` is 0 where nothing is charged to it."""

    payer: str
    key: str
    label: str
    note: str
    fen: int


@dataclass(frozen=True, slots=True)
class PayerPart:
    """What one payer bears, and the accounts it may be charged to."""

    payer: str
    label: str
    fen: int
    channels: tuple[ChannelLine, ...]
