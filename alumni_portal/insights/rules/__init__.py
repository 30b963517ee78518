"""What may be published, and how it is worked out: each module is a few of the rules A1 to A13."""
