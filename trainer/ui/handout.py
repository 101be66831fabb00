"""A scored call on one to three pages: what came of it, what to work on, the talk."""

from dataclasses import dataclass
from datetime import datetime

from trainer.core.acts import Speaker
from trainer.core.assessment import Advice, Assessment, CheckResult, Finding
from trainer.core.rubric import Principle, Rubric
from trainer.practice import Review
from trainer.scoring.balance import balance_of
from trainer.store.attempts import AttemptRecord
from trainer.ui.counterpart import called, title_of
from trainer.ui.html import quoted
from trainer.ui.sheet import ACCENT, BAD, GOOD, INK, MARGIN_MM, MUTED, SOFT, WARN, WIDTH_MM, Sheet
from trainer.ui.texts import Texts

MOST_PAGES = 3
_COLOURS = {
    CheckResult.MET: GOOD,
    CheckResult.PARTLY: WARN,
    CheckResult.NOT_MET: BAD,
    CheckResult.NOT_OBSERVABLE: MUTED,
}
_FOOT_ROOM_MM = 14.0
_QUOTE, _LINE = 220, 900
"""Characters of a quote and of a line that fit on paper."""
_TITLE_MM, _RESULT_MM = 70.0, 24.0


@dataclass(frozen=True, slots=True)
class Handout:
    """What a printed review needs.

    Attributes:
        rubric: Names of the checks; None where its file is broken.
        hints: How many were asked for.
        began: When the call began, in the reader's time zone.
        lasted: How long it took, in words; empty where nobody knows.
    """

    review: Review
    rubric: Rubric | None
    taken: AttemptRecord
    hints: int
    began: datetime
    lasted: str
    t: Texts

    def pdf(self) -> bytes:
        """Returns the document."""
        sheet = Sheet(self.t("handout.foot", name=self.review.call.title))
        sheet.set_title(title_of(self.review, self.t))
        sheet.set_creator("Wiederhören")
        sheet.set_lang(self.t.language.value)
        sheet.add_page()
        self._head(sheet)
        assessment = self.review.call.assessment
        if assessment is not None and assessment.total is not None:
            self._levels(sheet, assessment)
            self._advice(sheet, assessment)
            self._checks(sheet, assessment)
            self._questions(sheet, assessment)
        else:
            self._unscored(sheet, assessment)
        self._talk(sheet)
        return bytes(sheet.output())

    def _head(self, sheet: Sheet) -> None:
        t, call = self.t, self.review.call
        top = sheet.y
        total = call.assessment.total if call.assessment else None
        sheet.style(9, ACCENT, weight="B")
        sheet.write_block("Wiederhören", height=5)
        sheet.style(20, face="serif")
        sheet.write_block(
            title_of(self.review, t),
            width=WIDTH_MM - 34,
            height=9,
        )
        sheet.style(9.5, MUTED)
        facts = [self.began.strftime(t("common.date")), self.lasted]
        if call.ending is not None:
            facts.append(t(f"guide.ending.{call.ending}"))
        sheet.write_block(" · ".join(filter(None, facts)), width=WIDTH_MM - 34)
        sheet.write_block(" · ".join(self._circumstances()), width=WIDTH_MM - 34)
        below = sheet.y
        if total is not None:
            sheet.set_xy(MARGIN_MM + WIDTH_MM - 34, top + 1)
            sheet.style(34, face="serif")
            sheet.cell(34, 13, f"{total:.0f}", align="R")
            sheet.set_xy(MARGIN_MM + WIDTH_MM - 34, top + 14)
            sheet.style(9, MUTED)
            passed = call.assessment is not None and call.assessment.passed
            outcome = t("review.head.passed" if passed else "review.head.failed")
            sheet.cell(34, 4.5, f"{t('review.head.of_100')}, {outcome}", align="R")
        sheet.set_xy(MARGIN_MM, max(below, top + 19))

    def _circumstances(self) -> list[str]:
        t = self.t
        balance = balance_of([kept.turn for kept in self.review.call.turns])
        facts = []
        if balance.talk_share is not None:
            facts.append(t("facts.share", percent=round(100 * balance.talk_share)))
        facts.append(t("facts.questions", count=balance.questions, turns=balance.trainee_turns))
        if self.taken.exam:
            facts.append(t("desk.exam.title"))
        elif self.review.persona is not None:
            facts.append(t("facts.hints", count=self.hints))
        if self.taken.turn is not None:
            facts.append(t("attempts.desk.title", number=self.taken.turn + 1))
        return facts

    def _unscored(self, sheet: Sheet, assessment: Assessment | None) -> None:
        sheet.ln(3)
        sheet.style(10.5)
        sheet.write_block(self.t("review.head.unscored"))
        if assessment is not None:
            reasons = dict.fromkeys(self.t.of(s.reason) for s in assessment.principles.values())
            for reason in reasons:
                sheet.write_block(reason)

    def _levels(self, sheet: Sheet, assessment: Assessment) -> None:
        sheet.heading(self.t("review.levels.title"))
        gap = 5.0
        width = (WIDTH_MM - 3 * gap) / 4
        top = bottom = sheet.y
        for number, principle in enumerate(Principle):
            score = assessment.principles[principle]
            x = MARGIN_MM + number * (width + gap)
            sheet.set_xy(x, top)
            sheet.style(10, weight="B")
            sheet.cell(width, 5, sheet.known(self.t(f"guide.principle.{principle}")))
            sheet.set_xy(x, top + 8.4)
            sheet.style(8.5, MUTED)
            if score.level is None or score.points is None:
                sheet.multi_cell(width, 3.9, sheet.known(self.t.of(score.reason)), align="L")
            else:
                sheet.bar(x, top + 5.8, width, level=score.level)
                part = self.rubric.principles.get(principle) if self.rubric else None
                anchor = part.anchors[score.level] if part else score.reason
                points = self.t("review.head.points", points=f"{score.points:.0f}")
                level = self.t("review.head.level", level=score.level)
                sheet.multi_cell(width, 3.9, sheet.known(f"{level} · {points}"), align="L")
                sheet.set_xy(x, sheet.y)
                sheet.multi_cell(width, 3.9, sheet.known(self.t.of(anchor)), align="L")
            bottom = max(bottom, sheet.y)
        sheet.set_xy(MARGIN_MM, bottom)

    def _advice(self, sheet: Sheet, assessment: Assessment) -> None:
        if assessment.advice:
            sheet.heading(self.t("review.advice.title"))
        for number, advice in enumerate(assessment.advice, start=1):
            self._point(sheet, number, advice)
        if assessment.strength is not None:
            sheet.style(10.5, GOOD, weight="B")
            sheet.write_block(self.t("review.strength.title"))
            sheet.style(10)
            sheet.write_block(self.t.of(assessment.strength.text))
            sheet.style(10, MUTED, weight="I")
            sheet.write_block(quoted(_short(assessment.strength.quote.text, _QUOTE)))

    def _point(self, sheet: Sheet, number: int, advice: Advice) -> None:
        check = self.rubric.check(advice.check) if self.rubric else None
        with sheet.unbreakable() as block:
            block.style(10.5, weight="B")
            block.write_block(f"{number}. {self.t.of(check.title) if check else advice.check}")
            block.style(10)
            block.write_block(f"{self.t.of(advice.happened)} {self.t.of(advice.why)}")
            if advice.quote is not None:
                block.style(10, MUTED, weight="I")
                block.write_block(
                    f"{self.t('handout.line', number=advice.quote.turn + 1)}: "
                    f"{quoted(_short(advice.quote.text, _QUOTE))}"
                )
            block.ln(0.8)
            block.set_fill_color(*SOFT)
            block.style(10.5, INK)
            block.multi_cell(
                0,
                5,
                block.known(f"{self.t('review.advice.better')}: {quoted(advice.better)}"),
                fill=True,
                align="L",
                padding=(1.5, 2.5),
                new_x="LMARGIN",
                new_y="NEXT",
            )
            block.ln(0.8)
            block.style(10, MUTED)
            block.write_block(f"{self.t('review.advice.next_time')}: {self.t.of(advice.next_time)}")
            block.ln(2)

    def _checks(self, sheet: Sheet, assessment: Assessment) -> None:
        sheet.heading(self.t("review.checks.title"))
        for principle in Principle:
            seen = [
                found
                for found in assessment.findings
                if found.principle is principle and found.result is not CheckResult.NOT_OBSERVABLE
            ]
            if not seen:
                continue
            if sheet.will_page_break(12):
                sheet.add_page()
            sheet.style(8.5, MUTED, weight="B")
            sheet.write_block(self.t(f"guide.principle.{principle}"), height=5)
            for found in seen:
                self._check(sheet, found)
            sheet.ln(1)

    def _check(self, sheet: Sheet, found: Finding) -> None:
        check = self.rubric.check(found.id) if self.rubric else None
        said = quoted(_short(found.quotes[0].text, _QUOTE)) if found.quotes else ""
        rest = WIDTH_MM - _TITLE_MM - _RESULT_MM
        sheet.style(9, weight="I")
        height = max(4.2, sheet.height_of(said, rest, 4.2) if said else 0)
        if sheet.will_page_break(height):
            sheet.add_page()
        y = sheet.y
        sheet.style(9)
        sheet.cell(_TITLE_MM, 4.2, sheet.known(self.t.of(check.title) if check else found.id))
        sheet.style(9, _COLOURS[found.result], weight="B")
        sheet.cell(_RESULT_MM, 4.2, self.t(f"review.checks.{found.result}"))
        sheet.style(9, MUTED, weight="I")
        if said:
            sheet.multi_cell(rest, 4.2, sheet.known(said), align="L")
        sheet.set_xy(MARGIN_MM, y + height + 0.4)

    def _questions(self, sheet: Sheet, assessment: Assessment) -> None:
        asked = [q for q in assessment.questions if q.quote is not None]
        missed = [q for q in assessment.questions if q.quote is None]
        sheet.heading(self.t("review.questions.title"))
        words = self.t("review.questions.asked"), self.t("review.questions.missed")
        for questions, word in zip((asked, missed), words, strict=True):
            if questions:
                names = [self.t(f"guide.question.{q.question}") for q in questions]
                sheet.style(9.5)
                sheet.write_block(f"{word}: {'; '.join(names)}")

    def _talk(self, sheet: Sheet) -> None:
        t = self.t
        names = {
            Speaker.TRAINEE: t("common.speaker.trainee"),
            Speaker.CUSTOMER: called(self.review, t),
        }
        sheet.heading(t("review.transcript.title"))
        for kept in self.review.call.turns:
            line = f"{names[kept.turn.speaker]}: {_short(kept.turn.text, _LINE)}"
            sheet.style(9)
            height = sheet.height_of(line, WIDTH_MM - 8, 4.2)
            room = sheet.page_break_trigger - sheet.y - _FOOT_ROOM_MM
            if sheet.page_no() >= MOST_PAGES and height > room:
                sheet.style(9, MUTED)
                sheet.write_block(t("handout.cut", number=kept.index + 1))
                return
            if sheet.will_page_break(min(height, 20)):
                sheet.add_page()
            mine = kept.turn.speaker is Speaker.TRAINEE
            sheet.style(8, MUTED)
            sheet.cell(8, 4.2, str(kept.index + 1))
            sheet.style(9, ACCENT if mine else INK)
            sheet.write_block(line, width=WIDTH_MM - 8, height=4.2)
            sheet.ln(0.7)


def _short(text: str, most: int) -> str:
    """Returns a text cut at a blank where it is longer than the paper has room for."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
