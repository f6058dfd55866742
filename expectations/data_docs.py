"""Data Docs: what the suites said, as static pages for the data team, in counts only.

Great Expectations renders them from results that hold numbers of rows and nothing of a row.
Its pages fetch scripts, styles and pictures from other hosts; these are taken out, so that a
page asks nobody for anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from great_expectations.expectations import Expectation

REMOTE = re.compile(
    r"<script\b.*?</script>"
    r"|<(?:link|img|iframe)\b[^>]*https?:[^>]*>"
    r"|\bhref=\"https?:[^\"]*\""
    r"|@import[^;]*https?:[^;]*;"
    r"|url\(\W?https?:[^)]*\)",
    re.DOTALL | re.IGNORECASE,
)
STYLE = """<style>
body { font-family: sans-serif; margin: 2em auto; max-width: 72em; color: #222; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
td, th { border: 1px solid #ccc; padding: 4px 8px; text-align: left; vertical-align: top; }
nav, .modal, .btn, button, footer { display: none; }
</style>"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How often one expectation was not met; counts only."""

    expectation: "Expectation"
    row_count: int
    unexpected_count: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """One suite of one period.

    Attributes:
        name: form id, or the name of the suite of reconciliations.
        title: Chinese title.
        outcomes: one per expectation, in the order of the suite.
    """

    name: str
    title: str
    outcomes: Sequence[Outcome]

    @property
    def unmet_count(self) -> int:
        """Expectations that some row did not meet."""
        return sum(o.unexpected_count > 0 for o in self.outcomes)


def write_docs(folder: Path, period: str, known_at: datetime, pages: Sequence[Page]) -> Path:
    """Write one page per suite and an index; the path of the index."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        text = _rendered(page, period, known_at)
        (folder / f"{page.name}.html").write_text(text, encoding="utf-8")
    rows = "".join(
        f'<tr><td><a href="{p.name}.html">{escape(p.title)}</a></td>'
        f"<td>{len(p.outcomes)}</td><td>{p.unmet_count}</td></tr>"
        for p in pages
    )
    index = folder / "index.html"
    index.write_text(
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>数据质量 {period}</title>'
        f"{STYLE}<h1>数据质量 {period}</h1><p>数据认知时点 {known_at:%Y-%m-%d %H:%M:%S}。"
        "只列件数，不含任何单元格的值。</p><table><tr><th>检查套件</th><th>检查项</th>"
        f"<th>有不符的检查项</th></tr>{rows}</table></html>\n",
        encoding="utf-8",
    )
    return index


def _rendered(page: Page, period: str, known_at: datetime) -> str:
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView

    view: Any = DefaultJinjaPageView()
    document = ValidationResultsPageRenderer().render(_result(page, period, known_at))
    html: str = REMOTE.sub("", view.render(document))
    return html.replace("</head>", f"{STYLE}</head>", 1)


def _result(page: Page, period: str, known_at: datetime) -> Any:
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.run_identifier import RunIdentifier

    results = [_counted(o) for o in page.outcomes]
    met = len(results) - page.unmet_count
    return ExpectationSuiteValidationResult(
        success=page.unmet_count == 0,
        results=results,
        suite_name=f"{page.title} {period}",
        statistics={
            "evaluated_expectations": len(results),
            "successful_expectations": met,
            "unsuccessful_expectations": page.unmet_count,
            "success_percent": 100 * met / len(results) if results else None,
        },
        meta={
            "run_id": RunIdentifier(run_name=period, run_time=known_at.replace(tzinfo=UTC)),
            "batch_spec": {},
            "active_batch_definition": {},
        },
    )


def _counted(outcome: Outcome) -> Any:
    from great_expectations.core import ExpectationValidationResult

    share = 100 * outcome.unexpected_count / outcome.row_count if outcome.row_count else 0.0
    return ExpectationValidationResult(
        success=outcome.unexpected_count == 0,
        expectation_config=outcome.expectation.configuration,
        result={
            "element_count": outcome.row_count,
            "unexpected_count": outcome.unexpected_count,
            "unexpected_percent": share,
        },
        exception_info={
            "raised_exception": False,
            "exception_traceback": None,
            "exception_message": None,
        },
        meta={},
    )
