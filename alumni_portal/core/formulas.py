"""Cells of files that spreadsheets open: what they would work out is shown instead (S25)."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet shows as text; an import takes the guard off again."""
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before it was guarded; any other is as it was."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_STARTS) else cell
