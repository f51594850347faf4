"""The print-and-play kit: a pack or a session as pages of paper, by Typst as PDF or as an HTML page."""
