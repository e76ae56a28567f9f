"""What earlier runs found out, how folders lay there then, and which program looked at them."""

from generator.cache.database import (
    Cache,
    DamagedError,
    discard,
    glance,
    looked_into,
    opened,
    repaired,
)
from generator.cache.trees import (
    UNSEEN,
    Mark,
    Signature,
    Tree,
    mark,
    signature,
    tree,
    walk,
)
from generator.cache.version import program

__all__ = [
    "UNSEEN",
    "Cache",
    "DamagedError",
    "Mark",
    "Signature",
    "Tree",
    "discard",
    "glance",
    "looked_into",
    "mark",
    "opened",
    "program",
    "repaired",
    "signature",
    "tree",
    "walk",
]
