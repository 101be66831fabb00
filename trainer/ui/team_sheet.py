"""The team's report on paper: who stands where, the trend, what is missed most."""

from collections.abc import Sequence
from datetime import UTC, datetime

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from trainer.core.digest import STEPS
from trainer.core.rubric import Principle
from trainer.teamwork import Share, TeamReport
from trainer.ui import clock
from trainer.ui.corrections import name_of
from trainer.ui.figures import decimal
from trainer.ui.sheet import LINE, MUTED, WIDTH_MM, Sheet
from trainer.ui.texts import Texts

_HEAD = FontFace(emphasis="B", color=MUTED)
_MOST_MISSED = 12


def team_pdf(report: TeamReport, t: Texts) -> bytes:
    """Returns the document; names and figures only, no word of any call."""
    sheet = Sheet(t("team.files.note"))
    sheet.set_title(t("team.title"))
    sheet.set_creator("Wiederhören")
    sheet.set_lang(t.language.value)
    sheet.add_page()
    sheet.style(20, face="serif")
    sheet.write_block(t("team.title"), height=9)
    sheet.style(9.5, MUTED)
    sheet.write_block(t("team.files.made", date=clock.when(datetime.now(UTC), t)))
    sheet.write_block(t("team.facts", calls=report.calls, minutes=f"{report.minutes:.0f}"))
    _people(sheet, report, t)
    _weeks(sheet, report, t)
    for title, shares in (("team.checks", report.checks), ("team.questions", report.questions)):
        _missed(sheet, t(title), shares, t)
    _objections(sheet, report, t)
    return bytes(sheet.output())


def _people(sheet: Sheet, report: TeamReport, t: Texts) -> None:
    heads = [
        t("account.name"),
        *(t(f"guide.principle.{one}") for one in Principle),
        t("review.head.total"),
        t("team.calls"),
        t("team.minutes"),
    ]
    rows = [
        [
            member.name,
            *(decimal(member.levels[one], 1, t) for one in Principle),
            decimal(member.total, 0, t),
            str(member.calls),
            f"{member.minutes:.0f}",
        ]
        for member in report.members
    ]
    _table(sheet, t("team.heat"), heads, rows, widths=(5, 3, 3, 3, 3, 2.4, 2.4, 2.4))


def _weeks(sheet: Sheet, report: TeamReport, t: Texts) -> None:
    heads = [t("team.week"), t("review.head.total"), t("team.calls")]
    rows = [
        [week.begins.strftime(t("assignments.day")), f"{week.total:.0f}", str(week.calls)]
        for week in report.weeks
    ]
    _table(sheet, t("team.trend"), heads, rows, widths=(4, 2, 2))


def _missed(sheet: Sheet, title: str, shares: Sequence[Share], t: Texts) -> None:
    heads = [t("team.what"), t("team.share"), t("team.calls")]
    rows = [
        [
            name_of(share.name, t),
            f"{100 * share.share:.0f} %",
            t("team.missed", missed=share.missed, due=share.due),
        ]
        for share in shares
        if share.missed
    ]
    _table(sheet, title, heads, rows[:_MOST_MISSED], widths=(6, 1.5, 3))


def _objections(sheet: Sheet, report: TeamReport, t: Texts) -> None:
    steps = [t(f"review.stories.{step}") for step in STEPS]
    heads = [t("team.objection"), t("review.stories.raised"), *steps]
    rows = [
        [
            t(f"guide.objection.{one.objection}"),
            str(one.raised),
            *(str(one.steps[step]) for step in STEPS),
        ]
        for one in report.objections
    ]
    _table(sheet, t("team.objections"), heads, rows, widths=(3, 2, 3, 2, 2, 3))


def _table(
    sheet: Sheet,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
) -> None:
    if not rows:
        return
    sheet.heading(title)
    sheet.style(9)
    sheet.set_draw_color(*LINE)
    with sheet.table(
        width=WIDTH_MM,
        col_widths=tuple(widths),
        text_align=("LEFT", *("RIGHT",) * (len(heads) - 1)),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=_HEAD,
        line_height=4.6,
        padding=(0.8, 1),
    ) as table:
        for cells in (heads, *rows):
            row = table.row()
            for cell in cells:
                row.cell(sheet.known(cell))
