"""The editor of schemes."""
