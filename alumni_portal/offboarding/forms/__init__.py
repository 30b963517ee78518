"""What the pages of offboarding take in: shape only."""
