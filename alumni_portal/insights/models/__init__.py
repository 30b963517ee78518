"""Releases and what is done about them."""
