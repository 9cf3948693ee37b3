"""The queue between who says "go look" and who does: the real one of an embedded site, worked off on demand."""

from __future__ import annotations

from config.celery import app


def work_off(queue: str = "analyze") -> list[str]:
    """Do in this process what lies in a queue, and what that asks for. The names of the tasks."""
    done: list[str] = []
    with app.connection_for_read() as connection, connection.SimpleQueue(queue) as messages:
        while True:
            try:
                message = messages.get_nowait()
            except messages.Empty:
                return done
            message.ack()
            args, kwargs, _ = message.payload
            done.append(message.headers["task"])
            app.tasks[done[-1]](*args, **kwargs)
