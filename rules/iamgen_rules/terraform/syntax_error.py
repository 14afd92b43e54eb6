"""What Terraform's parser would refuse."""

from __future__ import annotations

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.syntax import Extent


class HclSyntaxError(EvaluationError):
    """A text that is no Terraform, or goes beyond our limits: `message`, and `place` in the text."""

    def __init__(self, message: str, place: Extent) -> None:
        """Take the message as people will read it."""
        super().__init__(message, place)
        self.place = place
