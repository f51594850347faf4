"""The game in a terminal. It draws what the engine tells it and holds no rule."""
