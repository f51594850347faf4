"""Adapters to other libraries: an environment for PettingZoo, a game for OpenSpiel."""
