"""PDFium, which reads and draws PDF files, serves one thread at a time.

Whoever calls it holds ``TURN``, for as short as can be: the screen's thread may be next.
"""

from __future__ import annotations

from threading import RLock

TURN = RLock()
