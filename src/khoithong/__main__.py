"""`python -m khoithong` is `khoithong`."""

import sys

from khoithong.cli import main

sys.exit(main())
