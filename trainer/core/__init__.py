"""Values only: no I/O, no imports from the rest of the package but `errors`."""
