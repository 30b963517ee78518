"""What the pages about coming back take in: shape only."""
