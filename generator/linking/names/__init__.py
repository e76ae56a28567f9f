"""Names of people, organizations and places, found without a model in two passes.

`count` reads each seed once and gives what its capitals tell; `tabulate` makes of all these a
small table; `find` reads each seed again and gives its mentions. All three are pure.
"""

from generator.linking.names.counts import NameCounts, NameTable, count, tabulate
from generator.linking.names.finder import find

__all__ = ["NameCounts", "NameTable", "count", "find", "tabulate"]
