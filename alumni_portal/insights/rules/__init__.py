"""What may be published, and how it is worked out.

Where each of the rules is:

- A1 a person once: `population.counted`, and `exit_interviews.queries.release_rows`
- A2 frozen releases only: `services.releasing.check`, `jobs.ask_for_release`
- A3 fixed dimensions, two at most: `population.TABLES`
- A4 fewer than k have no number: `draft`, `measures`, `rounding.count`
- A5 joint audit: `joint_audit` with `null_space` and `open_groups`; of comments `exact_audit`
- A6 over time: the same with `draft.Past`; the figure that stands, `queries.cells.last_shown`
- A7 not all alike: `homogeneity` in a cell, `rests` in what two of them leave over
- A8 rounding: `rounding`, and what it does to intervals, `effects.half_step`
- A9 texts: `texts`, `telltales`, `services.publishing`
- A10 managers: `manager_view`, `queries.own_unit`, `population.counted`
- A11 erasure: `erasure`, `services.releasing.forget`
- A12 one gate: `queries.cells.cell`, `tests/house/test_one_gate.py`
- A13 ledger: `models.releases`, `fingerprint`; views are audited where figures are read
- A14 noise: not taken (ADR 0023)
"""
