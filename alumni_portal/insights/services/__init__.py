"""Making releases and acting on them."""

from alumni_portal.insights.services.releasing import forget, release_rows, release_series

__all__ = ["forget", "release_rows", "release_series"]
