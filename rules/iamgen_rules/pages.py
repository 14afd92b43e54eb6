"""The rules' pages: from the docstring of each to Markdown, for docs/rules and for `iamgen rule`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from iamgen_rules.rule import Rule

HEADINGS = ("Why", "Fails", "Passes", "Fix", "References")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_EXAMPLE = re.compile(r"^```hcl\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"# ! (?=IAM[0-9]{3})")
_REFERENCE = re.compile(r"^- \[([^\]\n]+)\]\((https://[^)\s]+)\)(.*)$", re.MULTILINE)


class Reference(NamedTuple):
    """A document by its title, and where it is."""

    title: str
    link: str


class Page(NamedTuple):
    """A docstring in its parts: the summary, and the text under each heading, in their order."""

    summary: str
    sections: Mapping[str, str]

    def examples(self, heading: str) -> tuple[str, ...]:
        """The Terraform under a heading, each block a root module."""
        return tuple(_EXAMPLE.findall(f"{self.sections.get(heading, '')}\n"))

    @property
    def references(self) -> tuple[Reference, ...]:
        """The sources."""
        found = _REFERENCE.findall(self.sections.get("References", ""))
        return tuple(Reference(title, link) for title, link, _ in found)


def parts(rule: Rule) -> Page:
    """The page of a rule, taken apart."""
    summary, *rest = _HEADING.split(rule.page)
    sections = dict(zip(rest[::2], (text.strip() for text in rest[1::2]), strict=True))
    return Page(summary.strip(), sections)


def page(rule: Rule) -> str:
    """A rule's page, in Markdown: `# IAM004 mfa-condition-misses-sessions`, its severity, its docstring.

    In the examples `# IAM004` stands on the line of the finding.
    """
    return f"# {rule.code} {rule.name}\n\nSeverity: {rule.severity}\n\n{_MARK.sub('# ', rule.page.strip())}\n"


def catalogue(rules: Mapping[str, Rule]) -> str:
    """One line for each rule: code, name and severity."""
    width = max((len(rule.name) for rule in rules.values()), default=0)
    lines = (f"{rule.code}  {rule.name:<{width}}  {rule.severity}\n" for rule in rules.values())
    return "".join(lines)


def index(rules: Mapping[str, Rule]) -> str:
    """The page that leads to the others: docs/rules/README.md."""
    rows = (
        f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.severity} | {_flat(parts(rule).summary)} |\n"
        for rule in rules.values()
    )
    head = "# Rules\n\nWhat `iamgen lint` finds; `iamgen rule CODE` prints a page.\n\n"
    return f"{head}| code | name | severity | finds |\n|---|---|---|---|\n{''.join(rows)}"


def files(rules: Mapping[str, Rule]) -> Mapping[str, str]:
    """All pages of docs/rules, by the names of their files."""
    return {"README.md": index(rules)} | {f"{rule.name}.md": page(rule) for rule in rules.values()}


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
