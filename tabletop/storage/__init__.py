"""Reads and writes files safely: untrusted input, atomic writes, and the cache on disk."""
