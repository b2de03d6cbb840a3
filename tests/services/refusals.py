"""What a refusal must be: a code, a sentence, what to do about it, and nothing stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop_app.errors import UserError
from tests.services.desks import Staff


@contextmanager
def refused(staff: Staff, code: str) -> Iterator[pytest.ExceptionInfo[UserError]]:
    """Expect a refusal that leaves every table as it was; changed fields would stand in its log."""
    before = staff.counts()
    with pytest.raises(UserError) as caught:
        yield caught
    assert caught.value.code == code
    assert caught.value.message
    assert caught.value.remedy
    assert staff.counts() == before
