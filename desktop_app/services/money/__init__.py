"""Money of the whole desk: what ties a drive together."""
