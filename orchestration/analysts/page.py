"""A page of the release's docs: Markdown in, one HTML file that asks nothing of any server."""

import re

STYLE = """\
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.7; color: #1a1a1a;
  font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1, h2 { line-height: 1.3; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #ddd; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { background: #f3f3f3; } tr:nth-child(even) td { background: #fafafa; }
code { font-family: Consolas, Menlo, monospace; font-size: .92em; overflow-wrap: anywhere; }
pre { background: #f6f6f6; padding: .8rem; overflow-x: auto; } a { color: #8a1c1c; }
svg { max-width: 100%; height: auto; }
@media print { a { color: inherit; } pre { white-space: pre-wrap; } }"""
ROOMS = re.compile(r'(href="[^":]*)\.md(?=["#])')
HEADING = re.compile(r"<h2>(.*?)</h2>")


def page(text: str, above: str = "index.html") -> str:
    """The page in HTML.

    Args:
        text: Markdown that begins with the title; its second headings can be linked by their text.
        above: where the link back to the contents leads.
    """
    from markdown_it import MarkdownIt  # here: most verbs of the command line write no page

    body = MarkdownIt("commonmark").enable("table").render(text)
    body = HEADING.sub(lambda m: f'<h2 id="{m[1]}">{m[1]}</h2>', ROOMS.sub(r"\1.html", body))
    title = re.sub(r"[`#]", "", text.partition("\n")[0]).strip()
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
        f'<p><a href="{above}">目录</a></p>\n{body}</body>\n</html>\n'
    )
