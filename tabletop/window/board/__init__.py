"""The parts of the table: gauges, calendar, map, event card, hand, log, and the two sides of a negotiation."""
