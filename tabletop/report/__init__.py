"""Pages that can be kept and shown: one file of HTML each, with nothing to load."""
