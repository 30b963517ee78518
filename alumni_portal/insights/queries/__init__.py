"""The one reader of numbers."""
