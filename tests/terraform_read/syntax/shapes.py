"""Trees as short text, so that a table can say what a text means; and as HCL again."""

from __future__ import annotations

from iamgen_rules.terraform.syntax import (
    Attribute,
    Binary,
    Body,
    Call,
    Conditional,
    Constant,
    Each,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Name,
    ObjectOf,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    TupleOf,
    Unary,
)


def shape(node: TemplatePart) -> str:  # noqa: C901, PLR0911, PLR0912 - a case a node
    """A node, every operation in parentheses; `@` is the element of a splat."""
    match node:
        case str():
            return repr(node)
        case Constant(value):
            return value if isinstance(value, str) else {None: "null", True: "true", False: "false"}[value]
        case Template(parts):
            return f"<{' '.join(map(shape, parts))}>"
        case TemplateIf(condition, then, otherwise):
            return f"(if {shape(condition)} [{_all(then)}] [{_all(otherwise)}])"
        case TemplateFor(key, value, collection, body):
            return f"(for {key},{value} in {shape(collection)} [{_all(body)}])"
        case Name(name):
            return name
        case Each():
            return "@"
        case Attribute(inner, name):
            return f"{shape(inner)}.{name}"
        case Index(collection, key):
            return f"{shape(collection)}[{shape(key)}]"
        case Splat(source, each, full):
            return f"({shape(source)} {'[*]' if full else '.*'} {shape(each)})"
        case Call(function, arguments, expand):
            return f"{function}({', '.join(map(shape, arguments))}{'...' if expand else ''})"
        case Unary(operator, operand):
            return f"({operator} {shape(operand)})"
        case Binary(operator, left, right):
            return f"({shape(left)} {operator} {shape(right)})"
        case Conditional(condition, yes, no):
            return f"({shape(condition)} ? {shape(yes)} : {shape(no)})"
        case TupleOf(elements):
            return f"[{', '.join(map(shape, elements))}]"
        case ObjectOf(items):
            return f"{{{', '.join(f'{shape(key)}={shape(value)}' for key, value in items)}}}"
        case ForTuple(key, value, collection, result, condition):
            return f"[for {key},{value} in {shape(collection)}: {shape(result)}{_if(condition)}]"
        case ForObject(key, value, collection, name, result, condition, grouping):
            element = f"{shape(name)} => {shape(result)}{'...' if grouping else ''}{_if(condition)}"
            return f"{{for {key},{value} in {shape(collection)}: {element}}}"


def _all(parts: tuple[TemplatePart, ...]) -> str:
    return " ".join(map(shape, parts))


def _if(condition: Expression | None) -> str:
    return "" if condition is None else f" if {shape(condition)}"


def outline(body: Body) -> str:
    """A body: its arguments, then its blocks."""
    arguments = [f"{name} = {shape(one.value)}" for name, one in body.arguments.items()]
    blocks = [f"{' '.join([block.type, *map(repr, block.labels)])} {{{outline(block.body)}}}" for block in body.blocks]
    return "; ".join([*arguments, *blocks])
