"""open_clip's own loader gives what the manifest promises, and a model learns from it."""

import gc
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from torchvision_shim import mend
from world import mixed, run

if any(find_spec(name) is None for name in ("torch", "torchvision", "open_clip_train")):
    pytest.skip("needs open_clip and a CPU torch (CONTRIBUTING.md)", allow_module_level=True)

from curator.errors import CuratorError
from curator.train import check, train

pytestmark = [
    pytest.mark.train,
    # webdataset leaves the closing of shards to the garbage collector
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
MENDED = Path(__file__).with_name("mended.py")
DEADLINE = 240  # s; the command takes 15 on two idle cores, and what goes wrong in it is silence


@pytest.fixture(scope="module", autouse=True)
def _open_clip():
    """No network, threads that wait without spinning, and no open file left to other tests."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("OMP_NUM_THREADS", "2")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    mend()
    yield
    gc.collect()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A dozen pairs in two shards, in a folder whose name a shell and braces would read."""
    root = tmp_path_factory.mktemp("train")
    world = mixed(root / "world", extra=4)
    world.settings = "shards: {samples: 8}\n"
    edition = root / "it's a {set} $1" / "tiny-2026.1"
    built = run("build", world.write(), "--out", edition, "--workers", 1)
    assert built.exit_code == 0, built.output
    return edition


def manifest(edition):
    table = pq.read_table(edition / "manifest" / "part-00000.parquet", columns=["key", "shard"])
    return table.to_pylist()


@pytest.mark.parametrize("which", ["small", "starter"])
def test_the_loader_gives_every_pair_of_the_manifest(which, request):
    edition = (
        request.getfixturevalue("small")
        if which == "small"
        else request.getfixturevalue("starter_edition")[0]
    )
    result = run("train-check", edition, "--json")
    said = json.loads(result.stdout)
    assert result.exit_code == 0, result.output
    assert said["ok"]
    assert said["loaded"] == said["pairs"] == len(manifest(edition))
    sizes = json.loads((edition / "shards" / "sizes.json").read_bytes())
    assert {f"{name}.tar": count for name, count in said["shards"].items()} == sizes
    assert said["legal"][0] == {"workers": 1, "batch": said["pairs"]}
    assert said["said"] == []


def rewritten(edition, copy, change):
    """A copy of the edition in which `change` made other members of those of its largest shard."""
    shutil.copytree(edition, copy)
    path = max((copy / "shards").glob("*.tar"), key=lambda path: path.stat().st_size)
    with tarfile.open(path) as tar:
        members = [(member.name, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(path, "w") as tar:
        for name, body in change(members):
            member = tarfile.TarInfo(name)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return copy


TRAPS = (
    (".jpg", lambda key, body: (f"{key}.gif", body)),  # an extension that is filtered out
    (".jpg", lambda key, body: (f"{key}.1.jpg", body)),  # the key ends at the first dot
    (".txt", lambda key, _: (f"{key}.txt", "café".encode("latin-1"))),
    (".jpg", lambda key, body: (f"{key}.jpg", body[: len(body) // 2])),
)


def spoiled(members):
    """One trap in each of the first samples: the loader drops them all, most without a word."""
    keys = sorted({name.split(".")[0] for name, _ in members})
    for name, body in members:
        key, suffix = name.split(".")
        number = keys.index(key)
        if number < len(TRAPS) and TRAPS[number][0] == f".{suffix}":
            yield TRAPS[number][1](key, body)
        else:
            yield name, body


def test_pairs_that_the_loader_drops_are_named(small, tmp_path):
    copy = rewritten(small, tmp_path / "copy", spoiled)
    checked = check(copy)
    assert len(checked.missing) == len(TRAPS)
    assert checked.loaded == checked.pairs - len(TRAPS) == len(manifest(small)) - len(TRAPS)
    assert len(checked.sizes) == 1  # a trainer would count the lost ones
    result = run("train-check", copy, "--steps", 1)
    assert result.exit_code == 1
    assert all(f"does not load: {key}" in result.stdout for key in checked.missing)
    assert "steps of" not in result.stdout
    (shard,) = {row["shard"] for row in manifest(copy) if row["key"] in checked.missing}
    dropped = [row["key"] for row in manifest(copy) if row["shard"] == shard][: len(TRAPS)]
    assert list(checked.missing) == dropped


def test_pairs_that_the_manifest_does_not_name_are_named(small, tmp_path):
    def doubled(members):
        strange = [(f"strange.{name.split('.')[1]}", body) for name, body in members[:3]]
        return [*members, *members[:3], *strange]

    copy = rewritten(small, tmp_path / "copy", doubled)
    checked = check(copy)
    assert checked.missing == ()
    assert len(checked.extra) == 2
    assert "strange" in checked.extra
    assert checked.loaded == checked.pairs + 2


def test_an_edition_without_sizes_is_a_finding(small, tmp_path):
    copy = rewritten(small, tmp_path / "copy", lambda members: members)
    (copy / "shards" / "sizes.json").unlink()
    result = run("train-check", copy)
    assert result.exit_code == 1
    assert "sizes.json is missing" in result.stdout


def test_a_path_that_the_loader_takes_apart_is_refused(small, tmp_path):
    copy = rewritten(small, tmp_path / "a::b", lambda members: members)
    result = run("train-check", copy)
    assert result.exit_code == 1
    assert "Move the edition" in result.stderr


def test_the_printed_command_trains_one_epoch(small, tmp_path):
    """Through a shell, as it stands; only its checkpoint of 100 MB is left out."""
    (printed,) = [
        line for line in run("train-check", small).stdout.splitlines() if line[:7] == "python "
    ]
    mended = printed.replace("python", f"exec '{sys.executable}' '{MENDED}'", 1)
    process = subprocess.Popen(
        ["/bin/sh", "-c", f"{mended} --logs none"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=DEADLINE)
    finally:
        if process.poll() is None:  # its loader workers too
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, output[-2000:]
    assert "Train Epoch: 0 [" in output
    assert "(100%)" in output


def test_a_tiny_model_learns(small):
    """The batch is the whole edition, so that each step sees the same twelve pairs again.

    A model that knows nothing stands near ln(batch): with six seeds it began within 0.15 of it,
    and the mean of the last five of 20 steps was 2.3 or more below. The bounds leave room for
    other versions of torch and open_clip.
    """
    result = run("train-check", small, "--steps", 20, "--json")
    assert result.exit_code == 0, result.output
    training = json.loads(result.stdout)["training"]
    losses, chance = training["losses"], training["chance"]
    assert len(losses) == 20
    assert abs(losses[0] - chance) < 0.5
    assert sum(losses[-5:]) / 5 < chance - 1
    assert list(train(small, 2).losses) == losses[:2]


def test_training_on_less_than_a_batch_is_an_error_and_no_endless_wait(small, tmp_path):
    copy = rewritten(small, tmp_path / "copy", spoiled)
    with pytest.raises(CuratorError, match="less than one batch"):
        train(copy, 1)
