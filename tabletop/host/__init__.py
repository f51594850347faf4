"""The classroom server: rooms that people join from their phones, where teams vote on what a session's seats do."""
