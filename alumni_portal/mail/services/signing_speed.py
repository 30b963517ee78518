"""How long a signature takes on this machine, and whether OpenSSL could make it faster.

OpenSSL picks its arithmetic by what the processor says it can do. Where that is ADX and BMI2, it
takes those and not AVX2, which on some processors (AMD EPYC) costs a third to a half more for each
RSA-2048 signature. `OPENSSL_ia32cap` hides ADX from it (OPENSSL_ia32cap(3)). It is read once, when
a process begins, so each way is measured in processes of its own.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

VARIABLE = "OPENSSL_ia32cap"
#: Bit 19 of what CPUID leaf 7 says, left out; other processors than Intel's and AMD's ignore it.
WITHOUT_ADX = ":~0x80000"
#: Less than this is not worth a setting.
_GAIN = 0.9
_TURNS = 3
_SIGNS = """
from time import perf_counter
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
key, fastest = generate_private_key(65537, 2048), 1.0
for _ in range(5):
    start = perf_counter()
    for _ in range(20):
        key.sign(b"", PKCS1v15(), SHA256())
    fastest = min(fastest, (perf_counter() - start) / 20)
print(fastest * 1e6)
"""


@dataclass(frozen=True)
class SigningSpeed:
    """Microseconds that one RSA-2048 signature takes: in this environment, and without ADX."""

    as_it_is: float
    without_adx: float

    @property
    def is_faster_without(self) -> bool:
        """Say whether signed mail leaves noticeably faster without ADX."""
        return self.without_adx < self.as_it_is * _GAIN


def measured() -> SigningSpeed:
    """Measure both ways in turns, for a few seconds; the fastest of each counts."""
    without = {**os.environ, VARIABLE: WITHOUT_ADX}
    turns = [(_signed(os.environ), _signed(without)) for _ in range(_TURNS)]
    return SigningSpeed(*map(min, zip(*turns, strict=True)))


def _signed(environment: Mapping[str, str]) -> float:
    command = [sys.executable, "-c", _SIGNS]
    told = subprocess.run(  # noqa: S603 - this interpreter, and words that stand here
        command, env=environment, check=True, capture_output=True, text=True
    )
    return float(told.stdout)
