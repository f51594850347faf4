"""The engine as other people's tools know games: an environment of PettingZoo, a game of OpenSpiel."""
