"""Union-find: groups of items that grow by joining two of them."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def find_root(parents: dict[T, T], item: T) -> T:
    """Return the item that represents the group of `item`; one without a parent is alone.

    Each call shortens the path that it follows, so that long chains stay cheap.
    """
    while (parent := parents.get(item, item)) != item:
        parents[item] = item = parents.get(parent, parent)
    return item
