"""Which test stands for which number of docs/security.md."""

import pytest


def covers(*numbers: str) -> pytest.MarkDecorator:
    """Mark a test as standing for these S-numbers."""
    return pytest.mark.covers(*numbers)
