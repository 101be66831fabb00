"""A trainee's browser without a browser: speaks Streamlit's own protocol over its socket."""

from dataclasses import dataclass
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_MOST_BYTES = 2**26
_MESSAGE = "-message"
"""The field for the next line: the end of its id is its key in the app."""


@dataclass
class Desk:
    """One page with one call, as the app draws it.

    Attributes:
        query: What stands in the address after the question mark.
        field: Id of the field for the next line; None once the call is over.
        page: Hash of the page's script.
    """

    socket: ClientConnection
    query: str
    field: str | None = None
    page: str = ""

    async def load(self) -> float:
        """Asks for the page and returns after how many seconds it stood there wholly."""
        began = perf_counter()
        await self._send(BackMsg(rerun_script={"query_string": self.query}))
        await self._drawn()
        return perf_counter() - began

    async def say(self, text: str) -> tuple[float, float]:
        """Sends a line.

        Returns:
            Seconds until the customer's first sentence is there, and until the page rests again.
        """
        back = BackMsg()
        back.rerun_script.query_string = self.query
        back.rerun_script.page_script_hash = self.page
        state = back.rerun_script.widget_states.widgets.add()
        state.id = str(self.field)
        state.chat_input_value.data = text
        began = perf_counter()
        self.field = None
        await self._send(back)
        first = await self._drawn(answer=True)
        return first - began, perf_counter() - began

    async def _send(self, back: BackMsg) -> None:
        await self.socket.send(back.SerializeToString())

    async def _drawn(self, *, answer: bool = False) -> float:
        """Reads until the script rests; returns when the first sentence came, or when it rested.

        A run that ends with `st.rerun` is followed by another one. A busy server leaves out what
        that one replaces at once: then the sentence comes with the page itself.
        """
        first: float | None = None
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.page = message.new_session.page_script_hash
            elif kind == "delta":
                if answer and first is None and _is_answer(message):
                    first = perf_counter()
                self._note_field(message)
            elif kind == "script_finished" and _succeeded(message):
                return first or perf_counter()

    def _note_field(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.WhichOneof("type") == "chat_input" and element.chat_input.id.endswith(_MESSAGE):
            self.field = element.chat_input.id


def _succeeded(message: ForwardMsg) -> bool:
    return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def _is_answer(message: ForwardMsg) -> bool:
    body = message.delta.new_element.html.body
    return "wh-new" in body and "wh-dots" not in body


async def open_desk(address: str, call: str) -> tuple[Desk, float]:
    """Opens a call's page; returns it and how many seconds that took.

    Args:
        address: `127.0.0.1:8501`.
        call: Id of a call that goes on.
    """
    socket = await connect(
        f"ws://{address}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=_MOST_BYTES,
        open_timeout=None,  # a busy machine answers late, and that is what is measured
        ping_interval=None,
    )
    desk = Desk(socket, f"call={call}")
    return desk, await desk.load()
