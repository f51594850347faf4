"""What the pages of a room show, as plain values that the templates lay out."""
