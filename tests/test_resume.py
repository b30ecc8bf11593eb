"""Killed at any moment and run again: the same bytes; two runs at once: one waits its turn."""

import fcntl
import os
import signal
import subprocess
import sys
import time

import pytest
from world import mixed, run, tree

KILLS = 8  # the long proof, with 20 and more on the starter, is bench/kill.py


def command(recipe, *options):
    return [sys.executable, "-m", "curator", "build", str(recipe), *map(str, options)]


@pytest.fixture
def environment():
    return os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}


def test_kills_at_random_moments_leave_nothing_wrong(tmp_path, environment):
    whole = mixed(tmp_path / "whole", extra=40)
    began = time.monotonic()
    subprocess.run(command(whole.write()), env=environment, check=True, capture_output=True)
    duration = time.monotonic() - began
    wanted = tree(whole.root / "editions")
    broken = mixed(tmp_path / "broken", extra=40)
    recipe = broken.write()
    for number in range(KILLS):
        build = subprocess.Popen(
            command(recipe, "--workers", 2), env=environment, stdout=subprocess.DEVNULL
        )
        time.sleep(duration * (number + 0.5) / KILLS)
        build.send_signal(signal.SIGKILL)
        build.wait()
    subprocess.run(command(recipe), env=environment, check=True, capture_output=True)
    assert tree(broken.root / "editions") == wanted


def test_a_second_run_in_the_same_work_folder_is_told_to_wait(tmp_path):
    recipe = mixed(tmp_path).write()
    (tmp_path / ".curator").mkdir()
    with (tmp_path / ".curator" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = run("build", recipe)
    assert result.exit_code == 4
    assert "--work" in result.stderr
    assert run("build", recipe).exit_code == 0


def test_an_interrupted_run_says_how_to_go_on(tmp_path, environment):
    recipe = mixed(tmp_path, extra=200).write()
    build = subprocess.Popen(
        command(recipe, "--workers", 1), env=environment, stderr=subprocess.PIPE, text=True
    )
    while build.poll() is None and not (tmp_path / ".curator" / "gather").exists():
        time.sleep(0.01)
    build.send_signal(signal.SIGINT)
    _, words = build.communicate(timeout=30)
    if build.returncode != 0:  # it may have been quicker
        assert build.returncode == 130
        assert "run again" in words
        assert "Traceback" not in words


def test_a_folder_that_may_not_be_written_is_exit_5(tmp_path):
    recipe = mixed(tmp_path).write()
    (tmp_path / "file").write_text("in the way")
    result = run("build", recipe, "--work", tmp_path / "file" / "work")
    assert result.exit_code == 5
    assert "--work" in result.stderr
