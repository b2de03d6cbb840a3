"""The office itself: its beginning, calendar, backups, audit."""
