"""The tables of exit interviews."""
