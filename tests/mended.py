"""Starts a module as `python -m` does, after torchvision was made to import beside a CPU torch.

python tests/mended.py -m open_clip_train.main --model …
python tests/mended.py -m curator train-check …
"""

import runpy
import sys

from torchvision_shim import mend

mend()
_, _, module, *arguments = sys.argv
sys.argv = [module, *arguments]
runpy.run_module(module, run_name="__main__", alter_sys=True)
