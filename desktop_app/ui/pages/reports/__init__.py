"""报表: how the drive stands, and whether its money agrees."""
