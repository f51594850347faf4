"""Playouts by the thousand, and what they show."""
