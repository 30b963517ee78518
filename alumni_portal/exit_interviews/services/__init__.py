"""Changes to exit interviews."""
