"""Playouts by the thousand and their statistics: simulation, balance report, experiments."""
