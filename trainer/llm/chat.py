"""Shapes messages so that every common chat template accepts them.

Some templates demand strict alternation that begins with the user, some know no system role. Here
the customer, who is the assistant, speaks first: somebody has to make the telephone ring.
"""

from collections.abc import Sequence

from trainer.llm.base import Message

RINGING = "(Telefon klingelt)"


def alternating(messages: Sequence[Message]) -> list[Message]:
    """Returns at most one system message, then user and assistant in turn, the user first.

    Neighbours of one role are joined by a line break.
    """
    system = "\n".join(message.content for message in messages if message.role == "system")
    talk: list[Message] = [Message("system", system)] if system else []
    for message in messages:
        if message.role == "system":
            continue
        if message.role == "assistant" and not (talk and talk[-1].role != "system"):
            talk.append(Message("user", RINGING))
        if talk and talk[-1].role == message.role:
            talk[-1] = Message(message.role, f"{talk[-1].content}\n{message.content}")
        else:
            talk.append(message)
    return talk


def without_system(messages: Sequence[Message]) -> list[Message]:
    """Returns alternating messages with the system's words in front of the first user's."""
    if not messages or messages[0].role != "system":
        return list(messages)
    system, *talk = messages
    first = talk[0].content if talk else ""
    return [Message("user", f"{system.content}\n\n{first}".strip()), *talk[1:]]
