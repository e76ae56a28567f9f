"""No rule about names is idle: each is needed by one of its own cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import pytest
import yaml

from generator.linking.names import candidates, classifier, short_forms, team_rules, trimming
from generator.linking.names.connectors import CONNECTORS
from generator.linking.names.context_rules import CONTEXT_RULES
from generator.linking.names.word_rules import WORD_RULES
from tests.linking.test_names import marked, names
from tests.support import CASES

Rules = Sequence[Any]


class Table(NamedTuple):
    """A table of rules, the file of its cases, and where it is read."""

    file: str
    room: ModuleType
    name: str
    rules: Rules
    used: Callable[[Rules], object] = tuple


TABLES = (
    Table("inside", classifier, "WORD_RULES", WORD_RULES),
    Table("around", classifier, "CONTEXT_RULES", CONTEXT_RULES),
    Table("cuts", trimming, "TRIM_RULES", trimming.TRIM_RULES),
    Table("kin", short_forms, "RULES", short_forms.RULES),
    Table("teams", team_rules, "TEAMS", team_rules.TEAMS),
    Table("connectors", candidates, "BY_TEXT", CONNECTORS, candidates.rules_by_gap),
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_every_rule_is_needed_by_one_of_its_cases(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the rule, one of the cases that bear its name fails."""
    shown = yaml.safe_load((CASES / "names" / f"{table.file}.yml").read_text("utf-8"))
    idle = []
    for rule in table.rules:
        others = [one for one in table.rules if one is not rule]
        monkeypatch.setattr(table.room, table.name, table.used(others))
        own = [case for case in shown if case["name"].partition(":")[0] == rule.name]
        if all(_holds(case, reasoned=table.file in {"inside", "around"}) for case in own):
            idle.append(rule.name)
    assert not idle


def _holds(case: dict[str, Any], *, reasoned: bool) -> bool:
    """Whether a case holds: its names, whom they mean, and where it is simple, the reason."""
    text, expected = marked(case["given"])
    mentions = names(text)
    fullest = {mention.text: mention.name for mention in mentions}
    reasons = {reason.partition(":")[0] for mention in mentions for reason in mention.reasons}
    return (
        [(mention.text, mention.kind) for mention in mentions] == expected
        and case.get("expect", {}).items() <= fullest.items()
        and (not reasoned or not expected or ":" in case["name"] or case["name"] in reasons)
    )
