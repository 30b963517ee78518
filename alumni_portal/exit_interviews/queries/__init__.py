"""Reads about exit interviews."""
