"""Lets torchvision be imported beside a CPU build of torch, for the tests that need open_clip.

torchvision's compiled part does not load next to a torch built without CUDA, and then its Python
part stops at the first operator it cannot find. open_clip uses none of these operators, so it is
enough that their names are known.
"""

import importlib
import importlib.util
import re
import sys
import warnings
from pathlib import Path

_NAMED = re.compile(r'register_meta\("(\w+)"|register_fake\("torchvision::(\w+)"')
_kept: list[object] = []  # a library's operators vanish with it


def mend() -> None:
    """Import torchvision, naming its operators to torch first if they are missing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of foreign packages, at import
        try:
            importlib.import_module("torchvision")
        except RuntimeError as error:
            if "torchvision::" not in str(error):
                raise
            _name_operators()
            importlib.import_module("torchvision")


def _name_operators() -> None:
    torch = importlib.import_module("torch")
    for module in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[module]
    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("torchvision")
    source = Path(spec.origin).with_name("_meta_registrations.py").read_text(encoding="utf-8")
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in sorted({meta or fake for meta, fake in _NAMED.findall(source)}):
        library.define(f"{name}(Tensor x) -> Tensor")
    _kept.append(library)
