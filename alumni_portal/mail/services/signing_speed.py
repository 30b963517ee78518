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
from statistics import median

VARIABLE = "OPENSSL_ia32cap"
#: Bit 19 of what CPUID leaf 7 says, left out; other processors than Intel's and AMD's ignore it.
WITHOUT_ADX = ":~0x80000"
#: Less than this is not worth a setting.
_GAIN = 0.9
_TURNS = 7
#: Signs as a mailing does: in as many threads as there are processors, which share what they are.
_SIGNS = """
import os
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
key, threads, took = generate_private_key(65537, 2048), os.cpu_count() or 1, []
def sign(times):
    for _ in range(times):
        key.sign(b"", PKCS1v15(), SHA256())
with ThreadPoolExecutor(threads) as pool:
    for _ in range(7):
        start = perf_counter()
        list(pool.map(sign, [25] * threads))
        took.append((perf_counter() - start) / 25)
print(median(took) * 1e6)
"""


@dataclass(frozen=True)
class SigningSpeed:
    """Microseconds that one RSA-2048 signature takes while all processors sign.

    In this environment, and without ADX.
    """

    as_it_is: float
    without_adx: float

    @property
    def is_faster_without(self) -> bool:
        """Say whether signed mail leaves noticeably faster without ADX."""
        return self.without_adx < self.as_it_is * _GAIN


def measured() -> SigningSpeed:
    """Measure both ways in turns, for a few seconds; the median of each counts."""
    without = {**os.environ, VARIABLE: WITHOUT_ADX}
    turns = [(_signed(os.environ), _signed(without)) for _ in range(_TURNS)]
    return SigningSpeed(*map(median, zip(*turns, strict=True)))


def _signed(environment: Mapping[str, str]) -> float:
    command = [sys.executable, "-c", _SIGNS]
    told = subprocess.run(  # noqa: S603 - this interpreter, and words that stand here
        command, env=environment, check=True, capture_output=True, text=True
    )
    return float(told.stdout)
