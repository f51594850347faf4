"""Optional speed: the rules compiled with Numba and LLVM, and batches of games. Needs the extra `fast`."""
