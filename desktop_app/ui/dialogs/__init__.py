"""The window's dialogs: plain values in, saved through the task runner, refusals shown inline."""
