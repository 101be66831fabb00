"""Alembic's entry: runs the revisions on the connection that `trainer.store.schema` passes in.

Logging stays as it is; the app's own configuration decides.
"""

from alembic import context

from trainer.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
