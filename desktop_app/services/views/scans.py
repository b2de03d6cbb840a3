"""A kept file as the viewer lists it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanLine:
    attachment_id: int
    key: str  # of the paper it is; bank-slip of a payment
    label: str
    file_name: str
    kind: str  # pdf, png, jpeg or tiff
    pages: int
