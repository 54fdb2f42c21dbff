#!/usr/bin/env python3
"""A module
of two lines."""
import os
from sys import argv

@dataclass(frozen=True)
class Point(Base):
    x: int = 0x1f

    def norm(self, p=2.5):
        # of order p
        if p is None or not self.x:
            raise ValueError(f"no {p!r} in {self.x + 1:>{10}} {{x}}")
        return r'\d' + b"\x00" + 'a\n' + str(max(1_000, 3))
