"""Every rule about names is needed: without it, one of its own cases fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from generator.linking.names import (
    candidates,
    classifier,
    short_forms,
    surnames,
    team_rules,
    trimming,
)
from generator.linking.names.connectors import GAP_RULES
from generator.linking.names.context_rules import CONTEXT_RULES
from generator.linking.names.rule_index import index_rules
from generator.linking.names.ship_rules import SHIP_RULES
from generator.linking.names.surnames import SURNAME_RULES
from generator.linking.names.word_rules import WORD_RULES
from tests.linking.test_names import mark_names, names, rule_of
from tests.support import load_cases

Rules = Sequence[Any]


class RuleTable(NamedTuple):
    """A table of rules, the file of its cases, and the variable that the program reads it from."""

    file: str
    module: ModuleType
    variable: str
    rules: Rules
    prepare: Callable[[Rules], object] = tuple
    has_reasons: bool = False
    """Whether the mentions show the names of its rules as reasons."""


TABLES = (
    RuleTable("word_rules", classifier, "WORD_RULES", WORD_RULES, has_reasons=True),
    RuleTable(
        "context_rules",
        classifier,
        "find_context_rules",
        CONTEXT_RULES,
        index_rules,
        has_reasons=True,
    ),
    RuleTable("ship_rules", classifier, "SHIP_RULES", SHIP_RULES),
    RuleTable("trimming", trimming, "TRIM_RULES", trimming.TRIM_RULES),
    RuleTable("short_forms", short_forms, "SHORT_FORM_RULES", short_forms.SHORT_FORM_RULES),
    RuleTable("team_rules", team_rules, "TEAM_RULES", team_rules.TEAM_RULES),
    RuleTable("connectors", candidates, "RULES_BY_GAP", GAP_RULES, candidates.rules_by_gap),
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_every_rule_is_needed_by_one_of_its_cases(
    table: RuleTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the rule, one of the cases with its name fails."""
    cases = load_cases(f"names/{table.file}")
    unneeded = []
    for rule in table.rules:
        others = [other for other in table.rules if other is not rule]
        monkeypatch.setattr(table.module, table.variable, table.prepare(others))
        own_cases = [case for case in cases if rule_of(case["name"]) == rule.name]
        if all(_passes(case, has_reasons=table.has_reasons) for case in own_cases):
            unneeded.append(rule.name)
    assert not unneeded


def test_every_rule_about_surnames_is_needed_by_its_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, the surname stands for the full name."""
    cases = load_cases("names/titled")
    by_name = {case["name"]: case for case in cases}
    for rule in SURNAME_RULES:
        others = tuple(other for other in SURNAME_RULES if other is not rule)
        monkeypatch.setattr(surnames, "SURNAME_RULES", others)
        document, _ = mark_names(by_name[rule.name]["given"])
        full_names = [mention.name for mention in names(document)]
        assert full_names != by_name[rule.name]["expect"]


def _passes(case: dict[str, Any], *, has_reasons: bool) -> bool:
    """Whether the names of a case are found, with their full names and, if simple, the reason."""
    document, expected = mark_names(case["given"])
    mentions = names(document)
    full_names = {mention.text: mention.name for mention in mentions}
    reasons = {rule_of(reason) for mention in mentions for reason in mention.reasons}
    is_simple = has_reasons and expected and ":" not in case["name"]
    return (
        [(mention.text, mention.kind) for mention in mentions] == expected
        and case.get("expect", {}).items() <= full_names.items()
        and (not is_simple or case["name"] in reasons)
    )
