import tomllib

from tests.test_architecture import PROJECT


def test_no_run_goes_through_all_objects_of_the_process() -> None:
    """With Streamlit's default fifty desks wait 15 s for an answer (`benchmarks/load.py`)."""
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False
