"""`templatestring`.

Source: "templatestring Function" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.functions.arguments import text
from iamgen_rules.terraform.functions.filesystem import rendered
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value


def _templatestring(arguments: Sequence[Value], context: Context) -> Value:
    template, variables = arguments
    return convert(rendered(text(template), variables, "the template", context), STRING)


FUNCTIONS = {
    "templatestring": Function(
        _templatestring,
        (Parameter("template", STRING, reference=True), Parameter("vars", unknown=True)),
        result=STRING,
    ),
}
