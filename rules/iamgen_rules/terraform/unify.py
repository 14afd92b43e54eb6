"""Which types convert into which, and the type that several have in common.

Source: "Types and Values" (Terraform documentation); the rules in detail are those of go-cty's package `convert`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from iamgen_rules.terraform.types import (
    DYNAMIC,
    Type,
    is_primitive,
    list_of,
    map_of,
    object_of,
    parts_of,
    tuple_of,
)  # fmt: skip

_SAFE = {("number", "string"), ("bool", "string")}
_UNSAFE = {("string", "number"), ("string", "bool")}
_SEQUENCES = {"list", "set"}


def convertible(source: Type, target: Type, *, unsafe: bool = True) -> bool:
    """Whether a value of one type may be converted to another; an unsafe conversion may fail for some values."""
    if target.kind == "dynamic" or source == target:
        return True
    if source.kind == "dynamic":
        return unsafe
    if is_primitive(source) and is_primitive(target):
        pair = (source.kind, target.kind)
        return source.kind == target.kind or pair in _SAFE or (unsafe and pair in _UNSAFE)
    between = _BETWEEN.get((source.kind, target.kind))
    return between is not None and between(source, target, partial(convertible, unsafe=unsafe), unsafe)


def element_type(source: Type, target: Type, *, unsafe: bool = True) -> Type | None:
    """The type of the elements once a tuple or object is the target, a collection; None where they have none."""
    if target.element is None or target.element.kind != "dynamic":
        return target.element
    parts = source.elements or tuple(part for _, part in source.attributes)
    return unify(parts, unsafe=unsafe) if parts else DYNAMIC


Convertible = Callable[[Type, Type], bool]


def _objects(source: Type, target: Type, each: Convertible, _unsafe: bool) -> bool:
    given = dict(source.attributes)
    return all(
        each(given[name], wanted) if name in given else name in target.optional or bool(source.open)
        for name, wanted in target.attributes
    )


def _tuples(source: Type, target: Type, each: Convertible, _unsafe: bool) -> bool:
    same = len(source.elements) == len(target.elements)
    return same and all(map(each, source.elements, target.elements))


def _collections(source: Type, target: Type, each: Convertible, unsafe: bool) -> bool:
    if (source.kind, target.kind) == ("list", "set") and not unsafe:
        return False
    return source.element is not None and target.element is not None and each(source.element, target.element)


def _structures(source: Type, target: Type, each: Convertible, unsafe: bool) -> bool:
    """From a tuple or object to a collection."""
    element = element_type(source, target, unsafe=unsafe)
    parts = source.elements or tuple(part for _, part in source.attributes)
    if element is not None and source.kind == "tuple" and any(_loses(part, element) for part in parts):
        return False  # nothing but `any` is left of them that they have in common
    return element is not None and all(each(part, element) for part in parts)


def _loses(part: Type, element: Type) -> bool:
    """Whether a type that is known would become `any`."""
    if element.kind == "dynamic":
        return part.kind != "dynamic"
    return element.element is not None and any(_loses(inner, element.element) for inner in parts_of(part))


def _map_to_object(source: Type, target: Type, each: Convertible, unsafe: bool) -> bool:
    element = source.element or DYNAMIC
    return unsafe and all(each(element, wanted) for _, wanted in target.attributes)


_BETWEEN: dict[tuple[str, str], Callable[[Type, Type, Convertible, bool], bool]] = {
    ("object", "object"): _objects,
    ("tuple", "tuple"): _tuples,
    ("list", "list"): _collections,
    ("set", "list"): _collections,
    ("list", "set"): _collections,
    ("set", "set"): _collections,
    ("map", "map"): _collections,
    ("tuple", "list"): _structures,
    ("tuple", "set"): _structures,
    ("object", "map"): _structures,
    ("map", "object"): _map_to_object,
}


def unify(types: Sequence[Type], *, unsafe: bool = True) -> Type | None:
    """The type that all of these convert to: arms of a condition, elements of a list. None where there is none."""
    kinds = {type_.kind for type_ in types}
    structural = kinds - {"dynamic"}
    if len(set(types)) == 1:
        return types[0]
    if structural in ({"map"}, {"list"}, {"set"}, {"object"}, {"tuple"}) and "dynamic" in kinds:
        return DYNAMIC
    if structural in ({"map"}, {"list"}, {"set"}):
        element = unify([type_.element or DYNAMIC for type_ in types], unsafe=unsafe)
        return element and Type(types[0].kind, element)
    if structural in ({"map", "object"}, {"list", "tuple"}):
        found = _as_collections(types, unsafe=unsafe)
        if found:
            return found
    if structural in ({"object"}, {"tuple"}):
        return _unified_structures(types, unsafe=unsafe)
    if {"object", "tuple"} <= kinds:
        return None
    return _preferred(types, unsafe=unsafe)


def _as_collections(types: Sequence[Type], *, unsafe: bool) -> Type | None:
    """Structures among collections of their kind, as the collections that they are in disguise."""
    common = _collected([type_ for type_ in types if type_.kind in {"object", "tuple"}], unsafe=unsafe)
    if common is None:
        return None
    found = unify([common if type_.kind in {"object", "tuple"} else type_ for type_ in types], unsafe=unsafe)
    return found if found and found.kind == common.kind else None


def _collected(structures: Sequence[Type], *, unsafe: bool) -> Type | None:
    """The map or list that objects or tuples have in common."""
    parts = [part for type_ in structures for part in (*type_.elements, *(part for _, part in type_.attributes))]
    element = unify(parts, unsafe=unsafe) if parts else None
    if element is None or any(type_.open for type_ in structures):
        return None
    found = map_of(element) if structures[0].kind == "object" else list_of(element)
    return found if all(convertible(type_, found, unsafe=unsafe) for type_ in structures) else None


def _unified_structures(types: Sequence[Type], *, unsafe: bool) -> Type | None:
    shapes = {(len(type_.elements), tuple(name for name, _ in type_.attributes)) for type_ in types}
    if len(shapes) > 1:
        return _collected(types, unsafe=unsafe)
    elements = [unify(across, unsafe=unsafe) for across in zip(*(type_.elements for type_ in types), strict=True)]
    across = zip(*(type_.attributes for type_ in types), strict=True)
    attributes = {parts[0][0]: unify([part for _, part in parts], unsafe=unsafe) for parts in across}
    known = {name: part for name, part in attributes.items() if part}
    kept = [element for element in elements if element]
    if len(kept) < len(elements) or len(known) < len(attributes):
        return None
    called = next((type_.open for type_ in types if type_.open), "")
    found = object_of(known, called=called) if types[0].kind == "object" else tuple_of(kept)
    if all(convertible(type_, found, unsafe=unsafe) for type_ in types):
        return found
    return _collected(types, unsafe=unsafe)


def _preferred(types: Sequence[Type], *, unsafe: bool) -> Type | None:
    """The first, from the most general, that the others convert to."""
    known = [type_ for type_ in types if type_.kind != "dynamic"]
    for wanted in (*_from_general(known), DYNAMIC) if len(known) < len(types) else _from_general(known):
        if all(convertible(type_, wanted, unsafe=unsafe) for type_ in types):
            return wanted
    return None


def _from_general(types: Sequence[Type]) -> list[Type]:
    """The types in an order that begins with the most general ones."""
    waiting = list(range(len(types)))
    found: list[Type] = []
    while waiting:
        ready = [one for one in waiting if not any(_compare(types[other], types[one]) < 0 for other in waiting)]
        ready = ready or waiting
        found += [types[one] for one in ready]
        waiting = [one for one in waiting if one not in ready]
    return found


def _compare(one: Type, other: Type) -> int:
    """Below zero where the first is the more general one, above zero where the second is, zero where neither is."""
    if "dynamic" in {one.kind, other.kind}:
        return (other.kind == "dynamic") - (one.kind == "dynamic")
    if is_primitive(one) and is_primitive(other):
        return (other.kind == "string") - (one.kind == "string")
    if one.kind == other.kind and one.element and other.element:
        return _compare(one.element, other.element)
    rank = {"list": 0, "tuple": 1, "set": 2}
    if one.kind in rank and other.kind in rank and one.kind != other.kind:
        return rank[one.kind] - rank[other.kind]
    if {one.kind, other.kind} == {"map", "object"}:
        return -1 if one.kind == "map" else 1
    return _compare_structures(one, other)


def _compare_structures(one: Type, other: Type) -> int:
    names = [name for name, _ in one.attributes] == [name for name, _ in other.attributes]
    if one.kind != other.kind or not names or len(one.elements) != len(other.elements):
        return 0
    mine = (*one.elements, *(part for _, part in one.attributes))
    theirs = (*other.elements, *(part for _, part in other.attributes))
    found = {(sign > 0) - (sign < 0) for sign in map(_compare, mine, theirs)} - {0}
    return found.pop() if len(found) == 1 else 0


def replaced(source: Type, target: Type) -> Type:
    """The target of a conversion of null or of what is unknown, its `any` filled in from the source."""
    if target.kind == "dynamic":
        return source
    if target.element:
        return Type(target.kind, _filled(source, target))
    if source.kind == target.kind == "tuple" and len(source.elements) == len(target.elements):
        return tuple_of(map(replaced, source.elements, target.elements))
    if source.kind == target.kind == "object":
        given = dict(source.attributes)
        return object_of({name: replaced(given.get(name, part), part) for name, part in target.attributes})
    return target


def _filled(source: Type, target: Type) -> Type:
    element = target.element or DYNAMIC
    if source.element:
        return replaced(source.element, element)
    if source.kind in {"tuple", "object"}:
        return element_type(source, target) or element
    return element
