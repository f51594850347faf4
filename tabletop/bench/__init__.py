"""Benchmarks: the project's own speed on this machine, beside games by other authors. It may import any package."""
