"""The second opinion on the coach's page: where the model contradicts, where it doubts, and why."""

from collections.abc import Sequence

import streamlit as st

from trainer.coaching import Coached
from trainer.core.assessment import Finding, Quote
from trainer.core.judgement import Answer, Exchange, Verdict
from trainer.core.rubric import Rubric
from trainer.errors import ConflictError, NotFoundError
from trainer.judging import Opinion, Standing
from trainer.store.calls import CallSummary
from trainer.ui import clock, services
from trainer.ui.checks import SYMBOLS
from trainer.ui.html import badge, esc, icon, notice
from trainer.ui.texts import Texts
from trainer.ui.transcript import quote_link

_LOOK_EVERY_S = 2


def quotes_of(standing: Standing) -> tuple[Quote, ...]:
    """Returns every quote of the second opinion, to be marked in the transcript."""
    if standing.opinion is None:
        return ()
    verdicts = standing.opinion.kept.judgement.verdicts
    return tuple(quote for verdict in verdicts for quote in verdict.quotes)


def draw_judgement(coached: Coached, standing: Standing, t: Texts) -> None:
    """Draws the opinion there is, how far a new one is, and the way to ask for one.

    Nothing where no judge is set up and none was.
    """
    model, opinion = services.judging().model, standing.opinion
    assessment = coached.review.call.assessment
    if (model is None and opinion is None) or assessment is None or not assessment.findings:
        return
    with st.container(key="panel-judgement", border=True):
        st.html(f"<h2>{esc(t('judge.title'))}</h2>")
        if standing.problem:
            notice(t("judge.failed"), tone="warn", details=standing.problem)
        if opinion is not None:
            _draw_opinion(opinion, services.practice().catalog.rubric_of(assessment), t)
        if standing.share is not None:
            _draw_running(coached.review.call.id, t)
        elif model is not None and (opinion is None or not opinion.settled):
            _draw_button(coached.review.call.id, model, t, again=opinion is not None)


def draw_ask_all(calls: Sequence[CallSummary], t: Texts) -> None:
    """Draws the button that asks about all calls of a list that have no second opinion yet."""
    if services.judging().model is None:
        return
    waiting = [call.id for call in calls if call.differing is None and call.total is not None]
    if waiting and st.button(
        t("judge.ask_all", count=len(waiting)),
        key="judge_all",
        icon=":material/compare_arrows:",
        help=t("judge.ask_all_help", model=services.judging().model),
    ):
        asked = services.judging().ask_all(services.actor(), waiting)
        st.toast(t("judge.asked_all", count=asked))


@st.fragment(run_every=_LOOK_EVERY_S)
def _draw_running(call_id: str, t: Texts) -> None:
    standing = services.judging().standing(services.actor(), call_id)
    if standing.share is None:
        st.rerun()
    st.progress(standing.share, text=t("judge.running"))


def _draw_button(call_id: str, model: str, t: Texts, *, again: bool) -> None:
    st.html(f'<p class="wh-small">{esc(t("judge.again_lead" if again else "judge.lead"))}</p>')
    st.html(f'<p class="wh-small">{esc(t("judge.goes_to", model=model))}</p>')
    if not st.button(
        t("judge.again" if again else "judge.ask"),
        key="ask_judge",
        icon=":material/compare_arrows:",
    ):
        return
    try:
        services.judging().ask(services.actor(), call_id)
    except (ConflictError, NotFoundError) as error:
        notice(t("judge.failed"), tone="warn", details=str(error))
        return
    st.rerun()


def _draw_opinion(opinion: Opinion, rubric: Rubric | None, t: Texts) -> None:
    found, judgement = opinion.comparison, opinion.kept.judgement
    answered = len(found.differing) + len(found.agreeing)
    if found.differing:
        head = t("judge.differs", differing=len(found.differing), all=answered)
    else:
        head = t("judge.agrees" if answered else "judge.nothing", all=answered)
    made = t("judge.made", model=judgement.versions["model"], date=clock.when(opinion.kept.at, t))
    st.html(
        f'<p><strong>{esc(head)}</strong></p><p class="wh-small">{esc(t("judge.meaning"))} '
        f"{esc(made)}</p>"
    )
    if found.differing:
        items = "".join(_pair(*pair, rubric, t) for pair in found.differing)
        st.html(f'<ul class="wh-checks">{items}</ul>')
    if found.unscored:
        with st.expander(t("judge.open", count=len(found.unscored))):
            items = "".join(_doubt(verdict, rubric, t) for verdict in found.unscored)
            st.html(f'<ul class="wh-checks">{items}</ul>')
    if found.agreeing:
        with st.expander(t("judge.agreeing", count=len(found.agreeing))):
            items = "".join(_pair(*pair, rubric, t) for pair in found.agreeing)
            st.html(f'<ul class="wh-checks">{items}</ul>')
    with st.expander(t("judge.exchange"), icon=":material/forum:"):
        _draw_exchanges(judgement.exchanges, t)


def _pair(finding: Finding, verdict: Verdict, rubric: Rubric | None, t: Texts) -> str:
    symbol, tone = SYMBOLS[finding.result]
    rules = "".join(f"<div>{quote_link(quote)}</div>" for quote in finding.quotes)
    model = "".join(f"<div>{quote_link(quote)}</div>" for quote in verdict.quotes)
    answer = verdict.answer or Answer.NO
    votes = t("judge.votes", most=verdict.votes.get(answer, 0), all=sum(verdict.votes.values()))
    return (
        f"<li>{icon(symbol, tone=tone)}<div><strong>{esc(_title(finding.id, rubric, t))}</strong>"
        f'<dl class="wh-steps"><dt>{esc(t("judge.rules"))}</dt>'
        f'<dd>{esc(t(f"review.checks.{finding.result}"))}<div class="wh-quotes">{rules}</div></dd>'
        f"<dt>{esc(t('judge.model'))}</dt><dd>{esc(_said(answer, finding.id, rubric, t))} "
        f'<span class="wh-small">· {esc(votes)}</span>'
        f'<div class="wh-small wh-text" lang="de">{esc(verdict.reason)}</div>'
        f'<div class="wh-quotes">{model}</div></dd></dl></div></li>'
    )


def _doubt(verdict: Verdict, rubric: Rubric | None, t: Texts) -> str:
    why = t(f"judge.doubt.{verdict.doubt}")
    return (
        f"<li>{icon('help')}<div><strong>{esc(_title(verdict.check, rubric, t))}</strong>"
        f'<div class="wh-small">{esc(why)}</div></div></li>'
    )


def _said(answer: Answer, check_id: str, rubric: Rubric | None, t: Texts) -> str:
    check = rubric.check(check_id) if rubric else None
    return t(f"judge.harm.{answer}" if check and check.harmful else f"judge.answer.{answer}")


def _title(check_id: str, rubric: Rubric | None, t: Texts) -> str:
    check = rubric.check(check_id) if rubric else None
    return t.of(check.title) if check else check_id


def _draw_exchanges(exchanges: Sequence[Exchange], t: Texts) -> None:
    if not exchanges:
        st.html(f"<p>{esc(t('judge.no_exchange'))}</p>")
    for exchange in exchanges:
        name = t(f"guide.principle.{exchange.principle or 'relationship'}")
        asked = "".join(_verbatim(message.content) for message in exchange.asked)
        replies = "".join(
            f'<div class="wh-label">{esc(t("judge.reply", number=number))} '
            f"{badge(sample.problem, tone='warn') if sample.problem else ''}</div>"
            f"{_verbatim(sample.text) if sample.text else ''}"
            for number, sample in enumerate(exchange.samples, start=1)
        )
        st.html(
            f"<details><summary><strong>{esc(name)}</strong></summary>"
            f'<div class="wh-label">{esc(t("judge.question"))}</div>{asked}{replies}</details>'
        )


def _verbatim(text: str) -> str:
    return f'<pre class="wh-verbatim">{esc(text)}</pre>'
