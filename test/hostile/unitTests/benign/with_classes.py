from dataclasses import dataclass
from typing import NamedTuple, Optional
import enum
class Sign(enum.IntEnum):
    PLUS = 1
@dataclass
class Pair:
    a: int
    b: Optional[int] = None
    def sum(self) -> int:
        return Sign.PLUS * (self.a + self.b)
class Result(NamedTuple):
    value: int
def add(a, b):
    return Result(Pair(a, b).sum()).value
