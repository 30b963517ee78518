from alumni_portal.core.permissions import current_actor


def layout() -> str:
    """Return the shell of this reader."""
    return "layouts/staff.html" if current_actor().is_staff else "layouts/alumni.html"
