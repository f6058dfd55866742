"""The entity diagram: which form refers to which by what number, drawn from the contracts."""

from dataclasses import dataclass
from html import escape

from expectations.contract import Column, Contract, contracts

WIDTH, LINE, GAP_X, GAP_Y, MARGIN = 210, 18, 110, 22, 24
FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """`column` of `form` holds the number of a matter of `owner`."""

    form: str
    owner: str
    column: str
    label: str


def references() -> list[Reference]:
    """Every reference between forms.

    The owner of a number is the form whose key is that number, or begins with it and with a
    person; a column whose name ends like an owner's number refers to it.
    """
    owners = {c.key[0]: c.form for c in contracts().values() if _owns(c)}
    return [
        Reference(form=contract.form, owner=owner, column=column.name, label=column.label)
        for contract in contracts().values()
        for column in contract.columns
        for number, owner in owners.items()
        if _refers(column, number) and (contract.form, column.name) != (owner, number)
    ]


def _owns(contract: Contract) -> bool:
    first = contract.column(contract.key[0])
    registers = contract.form == "lead_register"  # lists the leads that their units hold
    return first.type == "id" and contract.key[1:] in ((), ("person_no",)) and not registers


def _refers(column: Column, number: str) -> bool:
    return column.type == "id" and (column.name == number or column.name.endswith(f"_{number}"))


def _levels(found: list[Reference]) -> dict[str, int]:
    """How many references a form is away from one that refers to none.

    Of two forms that refer to each other the later one stands first.
    """
    order = list(contracts())
    pairs = {(r.form, r.owner) for r in found if r.form != r.owner}
    later = {p for p in pairs if p[::-1] in pairs and order.index(p[0]) > order.index(p[1])}
    levels = dict.fromkeys(order, 0)
    for _ in order:
        for form, owner in pairs - later:
            levels[form] = max(levels[form], levels[owner] + 1)
    return levels


def svg() -> str:
    """The diagram as one SVG element without any outside part."""
    found = references()
    levels = _levels(found)
    tied = {r.form for r in found} | {r.owner for r in found}
    columns: dict[int, list[str]] = {}
    for form in contracts():
        place = levels[form] if form in tied else max(levels.values()) + 1
        columns.setdefault(place, []).append(form)
    places: dict[str, tuple[int, int]] = {}
    for place, forms in sorted(columns.items()):
        y = MARGIN
        for form in forms:
            places[form] = (MARGIN + place * (WIDTH + GAP_X), y)
            y += _height(form) + GAP_Y
    width = MARGIN + (max(columns) + 1) * (WIDTH + GAP_X)
    height = max(y + _height(f) for f, (_, y) in places.items()) + MARGIN
    lines = [_line(r, places) for r in found if r.form != r.owner]
    boxes = [_box(form, at, found) for form, at in places.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="报表之间的引用关系" font-family="{FONT}">\n'
        + "\n".join([*lines, *boxes])
        + "\n</svg>"
    )


def _texts(form: str) -> list[str]:
    contract = contracts()[form]
    key = [contract.column(n).label for n in contract.key]
    return [f"主键：{'＋'.join(key)}"]


def _height(form: str) -> int:
    own = [r for r in references() if r.form == form]
    return LINE * (2 + len(_texts(form)) + len(own)) + 8


def _box(form: str, at: tuple[int, int], found: list[Reference]) -> str:
    x, y = at
    titles = {f: c.title for f, c in contracts().items()}
    texts = [form, *_texts(form)]
    texts += [f"{r.label} → {titles[r.owner]}" for r in found if r.form == form]
    rows = [f'<tspan x="{x + 8}" dy="{LINE}">{escape(t)}</tspan>' for t in texts]
    return (
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{_height(form)}" rx="4" fill="#fff" '
        f'stroke="#8a1c1c"/>\n<text x="{x + 8}" y="{y + LINE}" font-size="11" fill="#333">'
        f'<tspan font-size="13" font-weight="bold" fill="#000">{escape(titles[form])}</tspan>'
        f"{''.join(rows)}</text>"
    )


def _line(one: Reference, places: dict[str, tuple[int, int]]) -> str:
    (x1, y1), (x2, y2) = places[one.form], places[one.owner]
    start, end = (x1, y1 + LINE), (x2 + WIDTH, y2 + LINE)
    if x1 <= x2:  # the owner stands to the right or in the same column
        start, end = (x1 + WIDTH, y1 + LINE), (x2, y2 + LINE)
    middle = (start[0] + end[0]) // 2
    return (
        f'<path d="M{start[0]},{start[1]} C{middle},{start[1]} {middle},{end[1]} '
        f'{end[0]},{end[1]}" fill="none" stroke="#999"/>'
        f'<circle cx="{end[0]}" cy="{end[1]}" r="3" fill="#8a1c1c"/>'
    )
