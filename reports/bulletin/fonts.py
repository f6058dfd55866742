"""Which Chinese font the PDF and the pictures are set in (reports §3)."""

from dataclasses import dataclass
from pathlib import Path

import typst

REPORTS = Path(__file__).parents[1]
PACKAGED = REPORTS / "node_modules" / "@expo-google-fonts" / "noto-serif-sc"
# The official one, its free likeness, the Song that ships in a package, then whatever the
# system has: Song before Hei. Traditional and Kai fonts are left out, they mix glyphs.
FAMILIES = (
    "FangSong",
    "FandolFang R",
    "Noto Serif SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "STFangsong",
    "SimSun",
    "STSong",
    "Songti SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)
# The other fonts of an official document, where they are there.
TITLES = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05")
HEADINGS = ("SimHei", "FandolHei")
KAIS = ("KaiTi", "FandolKai")


@dataclass(frozen=True, kw_only=True)
class Font:
    """A font of this machine, and those that stand beside it: itself where there are none.

    Attributes:
        family: its name.
        title: of the title.
        heading: of headings 一、.
        kai: of headings （一）.
        path: the file of its regular weight.
        folders: where the typesetter must look besides the system's folders.
    """

    family: str
    title: str
    heading: str
    kai: str
    path: Path
    folders: tuple[Path, ...] = ()


def chinese_font(packaged: Path = PACKAGED, *, with_system: bool = True) -> Font | None:
    """The first of the families that is there; None if there is no Chinese font at all."""
    folders = (packaged,) if packaged.is_dir() else ()
    found = typst.Fonts(
        include_system_fonts=with_system,
        include_embedded_fonts=False,
        font_paths=[str(f) for f in folders],
    ).fonts()
    regular = {
        f.family: Path(f.path)
        for f in sorted(found, key=lambda f: (abs(f.weight - 400), f.path or ""), reverse=True)
        if f.path and f.style == "normal"
    }
    family = next((name for name in FAMILIES if name in regular), None)
    if family is None:
        return None
    title, heading, kai = (
        next((name for name in names if name in regular), family)
        for names in (TITLES, HEADINGS, KAIS)
    )
    return Font(
        family=family,
        title=title,
        heading=heading,
        kai=kai,
        path=regular[family],
        folders=folders,
    )
