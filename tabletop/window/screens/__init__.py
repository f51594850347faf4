"""The screens of the window, a file each; every one registers itself in its ENTRIES."""
