"""Archives: many papers read by many processes or machines into one columnar file, whatever happens on the way.

`documents` streams the papers in batches, `work` reads one batch wherever it runs, `local` and `cluster` are the hands
that do so, `store` keeps what is done, `run` leads, `columns` is the shape of the output. Needs the extra `archive`
(pyarrow), for a cluster also the extra `cluster` (Dask).
"""

from __future__ import annotations


class CannotRead(Exception):
    """The archive cannot be read, or not on; a Vietnamese line that names the way out."""
