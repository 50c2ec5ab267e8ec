"""Work beside the keys: it is what Textual can run, and where it fails the work in hand goes on."""

import ast
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

import tui_crm
from tests.builders import a_session
from tests.screen import screen_text
from tui_crm.app import CrmApp
from tui_crm.config import Places
from tui_crm.domain.messages import Problem
from tui_crm.screens.working import aside


def test_nothing_but_coroutines_and_threads_is_run_beside_the_keys() -> None:
    """Textual finds out about anything else only as it runs, and ends the program."""
    texts = {file: file.read_text(encoding="utf-8") for file in Path(tui_crm.__file__).parent.rglob("*.py")}
    trees = {file: ast.parse(text) for file, text in texts.items() if "run_worker" in text}
    nodes = [(file, node) for file, tree in trees.items() for node in ast.walk(tree)]
    coroutines = {node.name for _file, node in nodes if isinstance(node, ast.AsyncFunctionDef)}
    calls = [
        (file, node) for file, node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    runs = [(file, call) for file, call in calls if call.func.attr == "run_worker"]
    assert runs
    for file, run in runs:
        named = {node.attr for node in ast.walk(run.args[0]) if isinstance(node, ast.Attribute)}
        named |= {node.id for node in ast.walk(run.args[0]) if isinstance(node, ast.Name)}
        is_run = named & coroutines and isinstance(run.args[0], ast.Call)
        assert is_run or any(each.arg == "thread" for each in run.keywords), f"{file}:{run.lineno}"


async def test_work_beside_the_keys_that_fails_is_told_and_the_program_goes_on(tmp_path: Path) -> None:
    def fail() -> None:
        raise KeyError("Acme")

    async def refuse() -> None:
        raise Problem("No such thing")

    app = CrmApp(a_session(tmp_path), Places(tmp_path, tmp_path))
    with pytest.raises(WorkerFailed):  # for tests; a user reads it
        async with app.run_test(size=(120, 36)) as pilot:
            aside(app.first_screen(), "Long work", fail, lambda _nothing: None)
            app.run_worker(refuse())
            await pilot.pause(0.3)
            assert "Stopped: nothing was changed" in screen_text(app)
            assert "Something beside your work failed" in screen_text(app)
            assert "No such thing" in screen_text(app)
            app.exit()
            app.run_worker(refuse())  # too late to be told
    assert app.failure is None
    assert not app.return_code
    (report,) = tmp_path.glob("crash-*.log")
    assert "Acme" not in report.read_text(encoding="utf-8")
