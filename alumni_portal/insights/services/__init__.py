"""Making releases."""
