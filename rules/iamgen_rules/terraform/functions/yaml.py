"""`yamldecode` and `yamlencode`; PyYAML is imported once one of them is called."""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.terraform.functions.arguments import string, text
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value


def _yamldecode(arguments: Sequence[Value], context: Context) -> Value:
    from iamgen_rules.terraform import yaml_reading

    return yaml_reading.read(text(arguments[0]), context.meter)


def _yamlencode(arguments: Sequence[Value], context: Context) -> Value:
    from iamgen_rules.terraform import yaml_writing

    return string(yaml_writing.written(arguments[0], context.meter), context)


FUNCTIONS = {
    "yamldecode": Function(_yamldecode, (Parameter("src", STRING),)),
    "yamlencode": Function(_yamlencode, (Parameter("value", null=True),), result=STRING),
}
