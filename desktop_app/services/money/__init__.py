"""Money of the whole desk: what ties a drive together, the statements of its own account."""
