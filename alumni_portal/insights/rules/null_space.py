"""Vectors that no published cell can tell anything about, modulo a prime.

A cell is a row of who is in it. A vector is blind to the cells when it sums to nothing over each of
them; a sum over some people can be worked out from the cells exactly when every blind vector sums
to nothing over those people, too. Instead of writing the cells' row space down, some random blind
vectors are carried along: more than there are cells to come, so that two are always left. A sum
that cannot be worked out looks open to both with a chance of 2^-62.

Each new cell uses up one vector: multiples of it are taken from the others, so that they are blind
to the cell. Cells known beforehand are taken in blocks, as products of matrices of whole numbers
below 2^53, which doubles hold exactly: the result is the same on every machine.
"""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: A Mersenne prime: what lies above 31 bits is added back instead of divided.
PRIME = 2**31 - 1
BITS = 31
_SEED = 20_260_928
#: So many cells are taken at once: 2^16 · 2^31 · 2^5 stays below 2^53.
_BLOCK = 32
_LOW = 16


def modulo(numbers: Whole) -> Whole:
    """Return numbers from 0 to 2^62 modulo the prime."""
    once = (numbers & PRIME) + (numbers >> BITS)
    twice = (once & PRIME) + (once >> BITS)
    return np.where(twice == PRIME, 0, twice)


def random_vectors(number: int, atoms: int) -> Whole:
    """Return so many vectors that know of no cell, the same each time."""
    draw = np.random.default_rng(_SEED)
    return draw.integers(1, PRIME, size=(number, atoms), dtype=np.int64)


def blind_to_row(vectors: Whole, row: Flags) -> Whole:
    """Return the vectors made blind to one more cell.

    One of them is used up, unless all are blind to it already: then it says nothing new.
    """
    sums = modulo(vectors[:, row].sum(axis=1))
    able = np.flatnonzero(sums)
    if not able.size:
        return vectors
    last = int(able[-1])
    factors = modulo(sums * pow(int(sums[last]), -1, PRIME))
    less = vectors - modulo(factors[:, None] * vectors[None, last])
    return np.delete(less + PRIME * (less < 0), last, axis=0)


def blind_to(vectors: Whole, rows: Flags) -> Whole:
    """Return the vectors made blind to many cells; each that says something new uses one up."""
    for start in range(0, len(rows), _BLOCK):
        vectors = _blind_to_block(vectors, rows[start : start + _BLOCK])
    return vectors


def _blind_to_block(vectors: Whole, rows: Flags) -> Whole:
    if len(vectors) <= len(rows):  # few are left: one by one
        for row in rows:
            vectors = blind_to_row(vectors, row)
        return vectors
    sums = (vectors.astype(np.float64) @ rows.T.astype(np.float64)).astype(np.int64) % PRIME
    ours = np.arange(len(vectors) - len(rows), len(vectors))
    new, used = _independent(sums[ours].T)
    if not new.size:
        return vectors
    pivots = ours[used]
    rest = np.delete(np.arange(len(vectors)), pivots)
    factors = _product(sums[np.ix_(rest, new)], _inverse(sums[np.ix_(pivots, new)]))
    less = vectors[rest] - _product(factors, vectors[pivots])
    return less + PRIME * (less < 0)


def _product(left: Whole, right: Whole) -> Whole:
    """Return the product of two matrices modulo the prime; at most a block lies between them."""
    doubles = right.astype(np.float64)
    low = (left & (2**_LOW - 1)).astype(np.float64) @ doubles
    high = (left >> _LOW).astype(np.float64) @ doubles
    return modulo((modulo(high.astype(np.int64)) << _LOW) + low.astype(np.int64))


def _independent(rows: Whole) -> tuple[Whole, Whole]:
    """Return which rows say something new, each in turn, and a column for each of them."""
    left = rows.copy()
    new: list[int] = []
    used: list[int] = []
    for at, row in enumerate(left):
        able = np.flatnonzero(row)
        if not able.size:
            continue
        column = int(able[-1])
        new.append(at)
        used.append(column)
        scaled = modulo(row * pow(int(row[column]), -1, PRIME))
        later = left[at + 1 :]
        left[at + 1 :] = (later - modulo(later[:, column, None] * scaled[None])) % PRIME
    return np.array(new, dtype=np.int64), np.array(used, dtype=np.int64)


def _inverse(square: Whole) -> Whole:
    """Return the inverse of a small matrix modulo the prime, by Gauss and Jordan."""
    size = len(square)
    both = np.hstack([square, np.eye(size, dtype=np.int64)])
    for at in range(size):
        pivot = at + int(np.flatnonzero(both[at:, at])[0])
        both[[at, pivot]] = both[[pivot, at]]
        both[at] = modulo(both[at] * pow(int(both[at, at]), -1, PRIME))
        others = np.arange(size) != at
        both[others] = (both[others] - modulo(both[others, at, None] * both[None, at])) % PRIME
    return both[:, size:]
