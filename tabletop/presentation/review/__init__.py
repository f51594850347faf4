"""The review of a session, part by part, as plain values that a page, a paper or a script lays out."""
