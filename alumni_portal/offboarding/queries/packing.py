"""Packed JSON, for rows between the upload and the answer."""

import json
import zlib
from typing import Any


def packed(value: object) -> bytes:
    """Return a value as packed JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - JSON
    """Return the value of `packed`."""
    return json.loads(zlib.decompress(content))
