"""What serves only speed: the rules compiled through Numba and LLVM, and batches of games. Needs the extra `fast`."""
