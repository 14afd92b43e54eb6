"""Texts as people count them: in grapheme clusters.

Source: Unicode Standard Annex #29 as Terraform follows it: Unicode 15, in which conjuncts do not hold together yet.
"""

from __future__ import annotations

from collections.abc import Sequence

# Where regex, as of Unicode 15.1, goes on: at a letter behind a mark, other than the two vowels that hold to the left.
_CONJUNCT = r"(?V1)(?<=[\p{M}\u200D])(?=[\p{Lo}--[\u0E33\u0EB3]])"


def clusters(text: str) -> Sequence[str]:
    """The grapheme clusters of a text."""
    if text.isascii() and "\r\n" not in text:
        return text
    import regex

    found: list[str] = regex.findall(r"\X", text)
    return [part for cluster in found for part in (regex.split(_CONJUNCT, cluster) if len(cluster) > 1 else (cluster,))]
