"""The bench: the project's own speed on this machine, beside games that others wrote. It may measure any part."""
