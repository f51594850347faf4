"""What a seat is told and may do, as plain values that every face lays out. It knows no session and no screen."""
