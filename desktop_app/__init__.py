"""The desk of a county union office; what must be set before any library is loaded."""

import os

# pyHanko brings lxml along; openpyxl would take it instead of defusedxml, and write other bytes.
os.environ.setdefault("OPENPYXL_LXML", "False")
