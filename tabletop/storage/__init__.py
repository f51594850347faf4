"""Storage: reading and writing files safely: untrusted content, atomic writes, and the cache on disk."""
