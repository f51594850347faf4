"""A game on paper: the rules, cards and board of a pack as plain values, worded for a table without a screen."""
