"""What a password must be: one rule for every place that asks for a new one."""

from __future__ import annotations

LEAST_LENGTH = 10


def password_problem(whose: str, password: str) -> str:
    """One sentence where the password will not do; empty where it will."""
    if len(password) < LEAST_LENGTH:
        return f"{whose}的密码不足 {LEAST_LENGTH} 位。"
    return ""
