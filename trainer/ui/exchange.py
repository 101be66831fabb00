"""What is said at the desk: the lines so far, the next one, the customer's answer to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import sleep

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trainer.core.acts import Speaker
from trainer.core.persona import Persona
from trainer.errors import CallEndedError, StoreError, TalkMovedOnError
from trainer.practice import Practice
from trainer.store.calls import CallRecord
from trainer.ui import state
from trainer.ui.bubbles import DOTS, bubble, column
from trainer.ui.html import Tone, esc, notice
from trainer.ui.state import Unsent
from trainer.ui.texts import Texts

SENTENCE_PAUSE_S = 0.4
"""Between two sentences of the customer, so that they can be read as they come."""

_HEIGHT_PX = 440  # the style sheet fits it to the window


@dataclass(frozen=True, slots=True)
class Exchange:
    """The talk of one call as the desk shows it.

    Attributes:
        seen: How many turns this window showed before this run; None where it showed none.
        fork: Index of the first turn that is this attempt's own; None for a call from the start.
    """

    practice: Practice
    person: str
    record: CallRecord
    persona: Persona
    t: Texts
    seen: int | None = None
    fork: int | None = None

    @property
    def _unanswered(self) -> bool:
        """Whether the customer is due: a crash or a reload cut an answer or the picking up off."""
        turns = self.record.turns
        return not turns or turns[-1].turn.speaker is Speaker.TRAINEE

    def draw(self) -> DeltaGenerator:
        """Draws the lines so far and returns the place for new ones under them."""
        lines = (
            self._line(kept.turn.speaker, esc(kept.turn.text)) + self._fork_after(kept.index)
            for kept in self.record.turns
        )
        with st.container(key="talk", height=_HEIGHT_PX, border=False, autoscroll=True):
            st.html(column("".join(lines), label=self.t("practice.desk.log")))
            return st.empty()

    def take_line(self, fresh: DeltaGenerator) -> None:
        """Draws the field for the trainee's next line and says what comes from it.

        Args:
            fresh: The place for new lines.
        """
        lost = None if self._unanswered else state.restore_unsent()
        warning = st.container()
        text = st.chat_input(
            self.t("practice.desk.say"), key=state.MESSAGE_KEY, submit_mode="disable"
        )
        if lost is not None:
            with warning:
                tone: Tone = "bad" if lost is Unsent.NOT_STORED else "warn"
                notice(self.t(f"practice.desk.{lost}"), tone=tone)
        if self._unanswered:
            state.forget_unsent()
            self._answer(fresh)
        elif text and text.strip():
            self._say(text, fresh)

    def _say(self, text: str, fresh: DeltaGenerator) -> None:
        if state.guided() and state.GAP in text:
            state.keep_unsent(text, Unsent.GAP)
            st.rerun()
        spoken = self._line(Speaker.TRAINEE, esc(text), new=True)
        self._show(fresh, spoken + self._waiting())
        try:
            sentences = self.practice.say(self.person, self.record.id, text, seen=self.seen)
        except StoreError:
            state.keep_unsent(text, Unsent.NOT_STORED)
            st.rerun()
        except TalkMovedOnError:
            state.keep_unsent(text, Unsent.MOVED_ON)
            st.rerun()
        except CallEndedError:  # hung up in another window
            st.rerun()
        self._stream(sentences, fresh, after=spoken)

    def _answer(self, fresh: DeltaGenerator) -> None:
        self._show(fresh, self._waiting())
        try:
            sentences = self.practice.answer(self.person, self.record.id)
        except CallEndedError:  # hung up in another window
            st.rerun()
        except StoreError:
            fresh.empty()
            notice(self.t("practice.desk.unanswered"), tone="bad")
            st.button(self.t("common.error.retry"), key="retry", icon=":material/refresh:")
            return
        self._stream(sentences, fresh, after="")

    def _stream(self, sentences: Iterator[str], fresh: DeltaGenerator, *, after: str) -> None:
        """Shows verified sentences one by one; Markdown would change them, so not write_stream."""
        said: list[str] = []
        for sentence in sentences:
            sleep(SENTENCE_PAUSE_S)
            said.append(sentence)
            line = self._line(Speaker.CUSTOMER, esc(" ".join(said)), new=len(said) == 1)
            self._show(fresh, after + line)
        sleep(SENTENCE_PAUSE_S)
        st.rerun()

    def _show(self, fresh: DeltaGenerator, lines: str) -> None:
        fresh.html(column(lines, label=self.t("practice.desk.log"), live=True))

    def _waiting(self) -> str:
        speaking = self.t("practice.desk.typing", name=self.persona.salutation)
        hidden = f'<span class="wh-hidden">{esc(speaking)}</span>'
        return self._line(Speaker.CUSTOMER, DOTS + hidden)

    def _fork_after(self, index: int) -> str:
        if self.fork is None or index + 1 != self.fork:
            return ""
        return f'<div class="wh-fork">{esc(self.t("attempts.desk.mark"))}</div>'

    def _line(self, speaker: Speaker, inner: str, *, new: bool = False) -> str:
        mine = speaker is Speaker.TRAINEE
        who = self.t("common.speaker.trainee") if mine else self.persona.salutation
        return bubble(speaker, who, inner, new=new)
