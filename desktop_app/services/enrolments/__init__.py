"""A unit's application of a year: begun, quoted, moved on, covered, mended."""
