"""What exit interviews ask, in whose words, and what a release may count of them."""

from alumni_portal.exit_interviews.rules.release_row import ReleaseRow

__all__ = ["ReleaseRow"]
