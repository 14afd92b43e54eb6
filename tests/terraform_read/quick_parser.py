# ruff: noqa: C901, PLR0911, PLR0912, PLR0915 - a stand-in
"""A small parser of expressions for the tests, until `iamgen_rules.terraform.hcl` is here."""

from __future__ import annotations

import re

from iamgen_rules.terraform.syntax import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Constant,
    Each,
    Expression,
    Extent,
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
)  # fmt: skip

_LEVELS = (("||",), ("&&",), ("==", "!="), ("<=", ">=", "<", ">"), ("+", "-"), ("*", "/", "%"))
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_][\w-]*)|(?P<quote>\")"
    r"|(?P<mark>\.\.\.|=>|==|!=|<=|>=|&&|\|\||\[\*\]|\.\*|[][(){}.,:?!<>+*/%=-]))"
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def peek(self) -> tuple[str, str]:
        found = _TOKEN.match(self.text, self.at)
        if not found:
            return "end", self.text[self.at :].strip()
        return str(found.lastgroup), found[found.lastgroup or 0]

    def next(self) -> tuple[str, str]:
        found = _TOKEN.match(self.text, self.at)
        assert found, self.text[self.at :]
        self.at = found.end()
        return str(found.lastgroup), found[found.lastgroup or 0]

    def take(self, *marks: str) -> str:
        kind, text = self.peek()
        if kind in {"mark", "name"} and text in marks:
            self.next()
            return text
        return ""

    def need(self, mark: str) -> None:
        assert self.take(mark), (mark, self.text[self.at :])

    def extent(self, start: int) -> Extent:
        return Extent(start, self.at)

    def expression(self) -> Expression:
        start = self.at
        condition = self.binary(0)
        if not self.take("?"):
            return condition
        then = self.expression()
        self.need(":")
        otherwise = self.expression()
        return Conditional(condition, then, otherwise, self.extent(start))

    def binary(self, level: int) -> Expression:
        if level == len(_LEVELS):
            return self.unary()
        start = self.at
        left = self.binary(level + 1)
        while operator := self.take(*_LEVELS[level]):
            left = Binary(operator, left, self.binary(level + 1), self.extent(start))  # type: ignore[arg-type]
        return left

    def unary(self) -> Expression:
        start = self.at
        if operator := self.take("-", "!"):
            return Unary(operator, self.unary(), self.extent(start))  # type: ignore[arg-type]
        return self.postfix(self.primary())

    def postfix(self, node: Expression, *, only_attributes: bool = False) -> Expression:
        start = node.extent.start
        while True:
            before = self.at
            if self.take("."):
                kind, text = self.next()
                if kind == "number":
                    for part in text.split("."):
                        node = Index(node, Constant(part, self.extent(before)), self.extent(start))
                else:
                    node = Attribute(node, text, self.extent(start))
            elif self.take(".*"):
                each = self.postfix(Each(self.extent(before)), only_attributes=True)
                node = Splat(node, each, False, self.extent(start))
            elif not only_attributes and self.take("[*]"):
                each = self.postfix(Each(self.extent(before)))
                node = Splat(node, each, True, self.extent(start))
            elif not only_attributes and self.take("["):
                key = self.expression()
                self.need("]")
                node = Index(node, key, self.extent(start))
            else:
                return node

    def primary(self) -> Expression:
        start = self.at
        kind, text = self.next()
        if kind == "number":
            return Constant(text, self.extent(start))
        if kind == "quote":
            return Template(self.template('"'), self.extent(start))
        if kind == "name":
            if text in {"true", "false", "null"}:
                return Constant({"true": True, "false": False, "null": None}[text], self.extent(start))
            if self.take("("):
                return self.call(text, start)
            return Name(text, self.extent(start))
        if text == "(":
            inner = self.expression()
            self.need(")")
            return inner
        if text == "[":
            return self.bracket(start)
        assert text == "{", self.text[start:]
        return self.brace(start)

    def call(self, name: str, start: int) -> Expression:
        arguments: list[Expression] = []
        expand = False
        while not self.take(")"):
            arguments.append(self.expression())
            expand = bool(self.take("..."))
            if not self.take(","):
                self.need(")")
                break
        return Call(name, tuple(arguments), expand, self.extent(start))

    def bracket(self, start: int) -> Expression:
        if self.take("for"):
            key, value, collection = self.head()
            result = self.expression()
            condition = self.expression() if self.take("if") else None
            self.need("]")
            return ForTuple(key, value, collection, result, condition, self.extent(start))
        elements: list[Expression] = []
        while not self.take("]"):
            elements.append(self.expression())
            if not self.take(","):
                self.need("]")
                break
        return TupleOf(tuple(elements), self.extent(start))

    def head(self) -> tuple[str, str, Expression]:
        key, value = "", self.next()[1]
        if self.take(","):
            key, value = value, self.next()[1]
        self.need("in")
        collection = self.expression()
        self.need(":")
        return key, value, collection

    def brace(self, start: int) -> Expression:
        if self.take("for"):
            key, value, collection = self.head()
            result_key = self.expression()
            self.need("=>")
            result = self.expression()
            grouping = bool(self.take("..."))
            condition = self.expression() if self.take("if") else None
            self.need("}")
            return ForObject(key, value, collection, result_key, result, condition, grouping, self.extent(start))
        items: list[tuple[Expression, Expression]] = []
        while not self.take("}"):
            before = self.at
            plain = self.peek()[0] == "name"
            node = self.expression()
            if plain and isinstance(node, Name):
                node = Template((node.name,), self.extent(before))
            elif isinstance(node, Constant) and isinstance(node.value, bool | None) and plain:
                node = Template((self.text[before : self.at].strip(),), self.extent(before))
            if not self.take("="):
                self.need(":")
            items.append((node, self.expression()))
            if not self.take(",") and self.peek()[1] != "}":
                assert "\n" in self.text[before:], self.text
        return ObjectOf(tuple(items), self.extent(start))

    def template(self, end: str) -> tuple[TemplatePart, ...]:
        parts, _ = self.parts(end)
        return parts

    def parts(self, end: str) -> tuple[tuple[TemplatePart, ...], str]:
        """The parts up to the end, or to a directive that belongs to what is around them."""
        found: list[TemplatePart] = []
        text = ""
        while True:
            if end and self.text.startswith(end, self.at):
                self.at += len(end)
                return (*found, text) if text or not found else tuple(found), ""
            if not end and self.at == len(self.text):
                return (*found, text) if text or not found else tuple(found), ""
            letter = self.text[self.at]
            if self.text.startswith(("$${", "%%{"), self.at):
                text += self.text[self.at + 1 : self.at + 3]
                self.at += 3
            elif self.text.startswith(("${", "%{"), self.at):
                start = self.at
                self.at += 2
                if text:
                    found.append(text)
                    text = ""
                if letter == "$":
                    found.append(self.expression())
                    self.need("}")
                    continue
                word = self.next()[1]
                if word in {"else", "endif", "endfor"}:
                    self.need("}")
                    return tuple(found), word
                found.append(self.directive(word, end, start))
            elif letter == "\\" and end:
                escape = self.text[self.at + 1]
                length = {"u": 4, "U": 8}.get(escape, 0)
                code = self.text[self.at + 2 : self.at + 2 + length]
                text += chr(int(code, 16)) if length else _ESCAPES[escape]
                self.at += 2 + length
            else:
                text += letter
                self.at += 1

    def directive(self, word: str, end: str, start: int) -> TemplatePart:
        if word == "for":
            key, value = "", self.next()[1]
            if self.take(","):
                key, value = value, self.next()[1]
            self.need("in")
            collection = self.expression()
            self.need("}")
            body, _ = self.parts(end)
            return TemplateFor(key, value, collection, body, self.extent(start))
        condition = self.expression()
        self.need("}")
        then, last = self.parts(end)
        otherwise: tuple[TemplatePart, ...] = ()
        if last == "else":
            otherwise, _ = self.parts(end)
        return TemplateIf(condition, then, otherwise, self.extent(start))


def parse_expression(text: str) -> Expression:
    parser = Parser(text)
    found = parser.expression()
    assert parser.peek() == ("end", ""), text[parser.at :]
    return found


def parse_template(text: str) -> Template:
    return Template(Parser(text).template(""), Extent(0, len(text)))
