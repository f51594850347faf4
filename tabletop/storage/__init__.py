"""Storage: how files are read and written so that neither a kill nor a power cut nor what lies there does harm."""
