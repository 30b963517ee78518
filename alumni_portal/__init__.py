import os

#: Matrices here are small: more threads only wait for each other (docs/performance.md).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 - before numpy is loaded
