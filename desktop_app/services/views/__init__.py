"""The plain values that services hand out: what pages, the command line and tests see."""
