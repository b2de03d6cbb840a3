"""Why an application was returned, in one sentence for its page, the board and the telephone."""

from __future__ import annotations


def people_to_mend(count: int) -> str:
    """The reason of a return for people alone, each of whom has one of his own."""
    return f"名单里有{count}人须补正"


def returned_text(reason: str | None, waiting: int) -> str:
    """What a returned application waits for.

    Args:
        reason: what the reviewer wrote of the whole; None where only people were returned.
        waiting: of those people, how many nobody has dealt with yet.
    """
    if reason:
        return reason
    return people_to_mend(waiting) if waiting else "退回的人都已处理"
