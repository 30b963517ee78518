"""Reads about cases, leavers, requests to join, and imports."""
