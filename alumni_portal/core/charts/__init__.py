"""Geometry of the drawn charts: plain values in, places on the paper out. Templates draw them."""
