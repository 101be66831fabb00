"""Both languages say the same things, and say everything the pages need."""

import re
from pathlib import Path
from string import Formatter

import pytest

from trainer import dialogue
from trainer.core import persona, rubric
from trainer.core.acts import GUIDE_QUESTIONS, TraineeAct
from trainer.core.advice import Advice
from trainer.core.assessment import CheckResult
from trainer.core.judgement import Answer, Doubt
from trainer.core.person import Role
from trainer.core.persona import (
    ChurnReason,
    CustomerType,
    Difficulty,
    Economics,
    Gender,
    ObjectionKind,
)
from trainer.core.plan import Benefit, Ending, Fact, Mood, Objection, Source, Style
from trainer.core.preparation import Analysis, Opening, Verdict
from trainer.core.rubric import Principle
from trainer.core.text import Language
from trainer.guided import Stage
from trainer.measured import Basis
from trainer.speech.recording import Missing
from trainer.store.content import Kind
from trainer.ui import content_persona, content_rubric, texts
from trainer.ui.links import Place
from trainer.ui.state import Unsent
from trainer.ui.texts import Texts, load_texts
from trainer.watch import SignIn

UI = Path(texts.__file__).parent
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(UI.glob("*.py")))
FILES = "|".join(sorted(path.stem for path in UI.glob("texts/*.yaml")))
LITERAL = set(re.findall(rf"""["']((?:{FILES})\.[a-z_0-9.]+)["']""", SOURCE))
CUSTOMER = "".join(p.read_text("utf-8") for p in Path(dialogue.__file__).parent.glob("*.py"))
HABITS = set(re.findall(r'"([a-z_]+)", -?WEIGHTS', CUSTOMER))
ACCOUNT_PROBLEMS = (
    *("name", "login", "role", "login_taken", "name_taken"),
    *("file_large", "file_columns", "file_long", "file_text"),
)
ENTRANCE_PROBLEMS = ("wrong", "locked", "link", "form", "store", "again", "short", "long", "easy")
UNREAD = (
    *("kind", "large", "many", "total", "zip", "locked", "empty", "long", "form", "text", "json"),
    *("csv", "columns", "speakers", "known"),
)
STATUSES = ("shipped", "draft", "released", "newer", "archived")
CONTENT_GROUPS = {*content_persona.GROUPS, *content_rubric.GROUPS, "yaml", "versions"}
SCHEMA = "".join(Path(part.__file__).read_text("utf-8") for part in (persona, rubric))
PROBLEMS = {
    *re.findall(r'refusal\(\s*"([a-z_]+)"', SCHEMA),
    *("missing", "extra_forbidden", "string_too_short", "string_too_long", "string_type"),
    *("too_short", "too_long", "enum", "literal_error", "int_parsing", "float_parsing"),
    *("greater_than", "greater_than_equal", "less_than", "less_than_equal"),
}
FORM = "".join((UI / f"content_{kind}.py").read_text("utf-8") for kind in ("persona", "rubric"))
FIELDS = re.findall(r'fields\.\w+\(\s*f?"(?:\{path\}\.|facts\.\{fact\}\.)?([a-z_.]+[a-z])"', FORM)
FORM_FIELDS = {
    *(path.replace(".", "_") for path in FIELDS),
    *(f"economics_{name}" for name in Economics.model_fields),
}
BUILT = {
    *(f"agreement.basis.{basis}{more}" for basis in Basis for more in ("", "_lead")),
    *(f"agreement.{part}" for part in ("principles", "checks")),
    *(
        f"agreement.column.{name}"
        for name in ("subject", "pairs", "kappa", "exact", "within_one", "left_out")
    ),
    *(f"acts.{cause}" for cause in (*TraineeAct, *HABITS)),
    *(f"guide.question.{question}" for question in GUIDE_QUESTIONS),
    *(f"guide.objection.{objection}" for objection in (*Objection, "reason")),
    *(f"guide.customer_type.{kind}" for kind in CustomerType),
    *(f"guide.difficulty.{difficulty}" for difficulty in Difficulty),
    *(f"guide.churn_reason.{reason}" for reason in ChurnReason),
    *(f"guide.principle.{principle}" for principle in (*Principle, "relationship")),
    *(f"guide.ending.{ending}" for ending in Ending),
    *(f"practice.ended.{ending}" for ending in Ending),
    *(f"review.checks.{result}" for result in CheckResult),
    *(f"review.stories.{step}" for step in ("acknowledged", "isolated", "answered", "checked")),
    *(f"review.trust.{column}" for column in ("said", "change", "why", "trust")),
    *(f"coach.comment.{outcome}" for outcome in ("saved", "empty", "failed")),
    *(
        f"coach.filter.{name}"
        for name in ("person", "persona", "ending", "passed", "weak", "yes", "no")
    ),
    "coach.filter.done",
    *(f"health.source.{source}" for source in (*Source, "mixed")),
    *(f"health.sign_in.{outcome}" for outcome in SignIn),
    "health.errors_none",
    "health.sign_ins_none",
    "coach.filter.real",
    "coach.filter.differing",
    *(f"judge.answer.{answer}" for answer in Answer),
    *(f"judge.harm.{answer}" for answer in Answer),
    *(f"judge.doubt.{doubt}" for doubt in Doubt),
    *(f"real.problem.{problem}" for problem in UNREAD),
    *(f"real.columns.{part}" for part in ("who", "what")),
    *(f"account.data.{file}" for file in ("save", "xapi")),
    *(f"team.span.{span}" for span in ("month", "quarter", "year", "all")),
    *(f"team.files.{file}" for file in ("csv", "json", "pdf")),
    "team.checks",
    "team.questions",
    *(f"account.looks.{what}" for what in ("review", "blind", "example", "read_in")),
    *(f"assignments.state.{state}" for state in ("done", "late", "open")),
    *(
        f"assignments.problem.{problem}"
        for problem in ("title", "personas", "attempts", "pass_mark", "whom")
    ),
    *(f"coach.problem.{problem}" for problem in ("empty", "long", "value")),
    *(f"coach.example.{answer}" for answer in ("yes", "no", "open")),
    *(f"coach.consent.{answer}" for answer in ("asked", "agreed", "refused", "allow", "forbid")),
    *(f"voice.missing.{what}" for what in Missing),
    *(f"practice.desk.{why}" for why in Unsent),
    *(f"choose.kind.{kind}" for kind in ("private", "business")),
    *(f"choose.finder.{name}" for name in ("industry", "type", "difficulty", "objection")),
    *(f"choose.before.{before}" for before in ("won", "passed", "tried")),
    *(f"guide.benefit.{benefit}" for benefit in Benefit),
    *(f"prepare.step.{s}" for s in ("analysis", "worth", "benefits", "answers", "opening")),
    *(f"prepare.analysis.{question}" for question in Analysis),
    *(f"prepare.verdict.{verdict}" for verdict in Verdict),
    *(f"prepare.worth.{figure}" for figure in Economics.model_fields),
    *(f"prepare.answers.{objection}" for objection in Objection),
    *(f"prepare.opening.{opening}{part}" for opening in Opening for part in ("", "_hint")),
    *(f"prepare.review.fit_{fit}" for fit in ("good", "half", "poor")),
    *(f"guided.{part}.{one}" for part in ("title", "why", "sample") for one in Stage),
    *(f"progress.figure.{name}" for name in ("calls", "won", "passed", "streak")),
    *(f"start.welcome.{name}" for name in ("call", "hints", "review")),
    *(f"common.page.{place}" for place in Place),
    *(f"common.sidebar.{role}" for role in (Role.TRAINEE, Role.COACH)),
    *(f"common.language.of_{language}" for language in Language),
    *(f"account.role.{role}" for role in Role),
    *(f"people.state_of.{state}" for state in ("active", "waiting", "disabled")),
    *(f"people.problem.{problem}" for problem in ACCOUNT_PROBLEMS),
    *(f"entrance.problem.{problem}" for problem in ENTRANCE_PROBLEMS),
    *(f"content.{place}.{kind}" for place in ("kind", "new") for kind in Kind),
    *(f"content.new.{kind}_lead" for kind in Kind),
    *(f"content.status.{status}" for status in STATUSES),
    *(f"content.group.{name}" for name in CONTENT_GROUPS - set(Principle) - {"relationship"}),
    *(f"content.about.{name}" for name in CONTENT_GROUPS - set(Principle)),
    "content.about.principle",
    *(f"content.advice.{advice}" for advice in Advice),
    *(f"content.fact.{fact}" for fact in Fact),
    *(f"content.mood.{mood}" for mood in (*Mood, "any")),
    *(f"content.objection_kind.{kind}" for kind in ObjectionKind),
    *(f"content.style.{style}" for style in Style),
    *(f"content.gender.{gender}" for gender in Gender),
    *(f"content.best.{best}" for best in ("accepted", "next_step")),
    *(f"content.benefit.{benefit}" for benefit in Benefit),
    *(f"content.switched.{state}" for state in ("true", "false")),
    *(f"content.versions.{which}" for which in ("which", "against")),
    *(f"content.field.{part}" for part in ("offers", "takes", "temperament", "economics")),
    *(f"content.field.{name}" for name in FORM_FIELDS),
    *(f"content.problem.{kind}" for kind in PROBLEMS),
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(load_texts()))
def test_both_languages_fill_the_same_placeholders(key: str) -> None:
    text = load_texts()[key]
    assert placeholders(text.de) == placeholders(text.en)


def test_every_key_the_pages_ask_for_exists() -> None:
    assert (LITERAL | BUILT) - set(load_texts()) == set()


def test_no_text_lies_about_unused() -> None:
    assert set(load_texts()) - LITERAL - BUILT == set()


def test_german_uses_umlauts_and_german_quotes() -> None:
    for key, text in load_texts().items():
        assert '"' not in text.de, key
        assert text.de.count("„") == text.de.count("“"), key
        assert not re.search(r"\b(fuer|ueber|koenn|moech|naech|zurueck)", text.de.lower()), key


def test_a_text_is_filled_in_the_chosen_language() -> None:
    assert Texts(Language.GERMAN)("practice.card.years", age=44) == "44 Jahre"
    assert Texts(Language.ENGLISH)("practice.card.years", age=44) == "44 years"


def test_a_missing_placeholder_is_an_error_and_no_gap() -> None:
    with pytest.raises(KeyError):
        Texts(Language.GERMAN)("practice.card.years", name="x")
