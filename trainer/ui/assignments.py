"""Assignments: what a trainee has to do, and for coaches how far everybody is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from trainer.assignments import MOST_ATTEMPTS, Customer, Overview, Task
from trainer.core.person import Role
from trainer.errors import InputError
from trainer.store.assignments import Assignment, NewAssignment
from trainer.ui import clock, links, services, state
from trainer.ui.html import badge, esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def render() -> None:
    """Draws one's own assignments, and for a coach those of the teams."""
    t = state.texts()
    if services.actor().role is Role.COACH:
        _draw_for_coach(t)
        return
    heading(t("assignments.mine"), lead=t("assignments.mine_lead"))
    tasks = services.assignments().mine(services.own())
    if not tasks:
        notice(t("assignments.none"))
    for task in tasks:
        _draw_task(task, t)


def _draw_task(task: Task, t: Texts) -> None:
    one = task.assignment
    with st.container(key=f"panel-task-{one.id}", border=True):
        st.html(
            f"<h2>{esc(one.what.title)}</h2>"
            f'<div class="wh-badges">{badges(task, t)}</div>'
            f'<p class="wh-small">{esc(_terms(one, t))}</p>'
        )
        for customer in task.customers:
            _draw_customer(task, customer, t)


def _draw_customer(task: Task, customer: Customer, t: Texts) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        mark = badge(t("assignments.done"), tone="good", symbol="check") if customer.done else ""
        st.html(
            f'<div><div class="wh-name">{esc(_name(customer.persona_id))} {mark}</div>'
            f'<div class="wh-small">{esc(made(customer, t))}</div></div>'
        )
        key = f"begin-{task.assignment.id}-{customer.persona_id}"
        if st.button(
            t("practice.choose.open"),
            key=key,
            icon=":material/arrow_forward:",
            disabled=not is_open(task, customer),
        ):
            links.go(Place.PRACTICE, persona=customer.persona_id, assignment=task.assignment.id)


def made(customer: Customer, t: Texts) -> str:
    """Returns how many calls were made and how many are left."""
    return t(
        "assignments.attempts", made=customer.attempts, left=customer.left, best=_best(customer)
    )


def _best(customer: Customer) -> str:
    return "–" if customer.best is None else f"{customer.best:.0f}"


def is_open(task: Task, customer: Customer) -> bool:
    """Tells whether a customer may still be called for an assignment."""
    return customer.left > 0 and not task.overdue


def badges(task: Task, t: Texts) -> str:
    """Returns the date, and whether it is an exam."""
    due = task.assignment.what.due_at
    shown = []
    if task.done:
        shown.append(badge(t("assignments.done"), tone="good", symbol="check"))
    elif due is not None:
        text = t("assignments.due", date=_last_day(due, t))
        shown.append(badge(text, tone="bad" if task.overdue else "warn", symbol="event"))
    if task.assignment.what.exam:
        shown.append(badge(t("assignments.exam"), symbol="school"))
    return "".join(shown)


def _terms(one: Assignment, t: Texts) -> str:
    mark = one.what.pass_mark
    goal = t("assignments.goal_any") if mark is None else t("assignments.goal", mark=f"{mark:.0f}")
    return f"{goal} {t('assignments.by', coach=one.author_name)} {t('assignments.privacy')}"


def _last_day(due: datetime, t: Texts) -> str:
    """Returns the last day on which something can be done; it ends at midnight."""
    return clock.local(due - timedelta(seconds=1)).strftime(t("assignments.day"))


def _name(persona_id: str) -> str:
    persona = services.practice().catalog.find(persona_id)
    return persona.full_name if persona else persona_id


def _draw_for_coach(t: Texts) -> None:
    heading(t("assignments.title"), lead=t("assignments.lead"))
    overviews = services.assignments().overview(services.actor())
    if not overviews:
        notice(t("assignments.none_set"))
    for overview in overviews:
        _draw_overview(overview, t)
    _draw_new(t)


def _draw_overview(overview: Overview, t: Texts) -> None:
    one = overview.assignment
    done = sum(task.done for task in overview.tasks)
    with st.container(key=f"panel-set-{one.id}", border=True):
        count = t("assignments.progress", done=done, all=len(overview.tasks))
        due = one.what.due_at
        when = t("assignments.due", date=_last_day(due, t)) if due else t("assignments.no_due")
        st.html(
            f"<h2>{esc(one.what.title)}</h2>"
            f'<p class="wh-small">{esc(count)} · {esc(when)} · '
            f"{esc(t('assignments.by', coach=one.author_name))}</p>"
        )
        st.progress(done / len(overview.tasks))
        st.dataframe(_table(overview.tasks, t), hide_index=True)
        if st.button(t("assignments.withdraw"), key=f"withdraw-{one.id}"):
            services.assignments().withdraw(services.actor(), one.id)
            st.rerun()


def _table(tasks: Sequence[Task], t: Texts) -> pd.DataFrame:
    """One line a trainee, one column a customer: best result, attempts, done or not."""
    rows = []
    for task in tasks:
        row = {t("account.name"): task.name}
        for customer in task.customers:
            row[_name(customer.persona_id)] = (
                t("assignments.cell", best=_best(customer), made=customer.attempts)
                if customer.attempts
                else ""
            )
        state_of = "done" if task.done else "late" if task.overdue else "open"
        row[t("people.state")] = t(f"assignments.state.{state_of}")
        rows.append(row)
    return pd.DataFrame(rows)


def _draw_new(t: Texts) -> None:
    actor = services.actor()
    choice = services.assignments().choice(actor, services.accounts().teams(actor))
    catalog = services.practice().catalog
    names = {**choice.teams, **choice.people}
    with st.form("panel-new-assignment"):
        st.html(f"<h2>{esc(t('assignments.new'))}</h2>")
        title = st.text_input(t("assignments.field.title"), key="set_title", max_chars=200)
        chosen = st.multiselect(
            t("assignments.field.personas"),
            list(catalog.personas),
            key="set_personas",
            format_func=_name,
            placeholder=t("assignments.field.choose"),
        )
        whom = st.multiselect(
            t("assignments.field.whom"),
            list(names),
            key="set_whom",
            format_func=lambda one: names[one],
            placeholder=t("assignments.field.choose"),
        )
        left, middle, right = st.columns(3)
        attempts = left.number_input(
            t("assignments.field.attempts"), 1, MOST_ATTEMPTS, 3, key="set_attempts"
        )
        mark = middle.number_input(
            t("assignments.field.mark"), 0, 100, 0, key="set_mark", help=t("assignments.field.any")
        )
        due = right.date_input(
            t("assignments.field.due"), value=None, key="set_due", format="DD.MM.YYYY"
        )
        rubrics = list(catalog.rubrics)
        rubric = st.selectbox(
            t("assignments.field.rubric"),
            rubrics,
            index=rubrics.index(catalog.rubric_in_use) if catalog.rubric_in_use in rubrics else 0,
            key="set_rubric",
            format_func=lambda one: t.of(catalog.rubrics[one].title),
        )
        exam = st.checkbox(t("assignments.field.exam"), key="set_exam")
        sent = st.form_submit_button(t("assignments.field.send"), type="primary")
    if sent:
        new = NewAssignment(
            title=title.strip(),
            personas=tuple(chosen),
            rubric=rubric or catalog.rubric_in_use,
            attempts=int(attempts),
            pass_mark=float(mark) or None,
            due_at=clock.midnight(due) + timedelta(days=1) if due else None,
            exam=exam,
            teams=tuple(one for one in whom if one in choice.teams),
            people=tuple(one for one in whom if one in choice.people),
        )
        _set(new, t)
    if state.take_note() == "assigned":
        notice(t("assignments.saved"), tone="good")


def _set(new: NewAssignment, t: Texts) -> None:
    try:
        services.assignments().set(services.actor(), new)
    except InputError as error:
        notice(t(f"assignments.problem.{error.problem}"), tone="warn")
        return
    state.leave_note("assigned")
    st.rerun()
