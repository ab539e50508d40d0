"""`khoithong manage ...`: the administration commands of Django (migrate, dumpdata, shell) on this office."""

from __future__ import annotations

import argparse

from khoithong.commands import office


def configure(parser: argparse.ArgumentParser) -> None:
    """Everything after the name of the command belongs to Django."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="LỆNH", help="lệnh của Django và đối số của nó")


def run(args: argparse.Namespace) -> int:
    """Run one command of Django; its own exit code where it gives one, else 0."""
    office.start()
    from django.core.management import ManagementUtility

    utility = ManagementUtility(["khoithong manage", *args.arguments])
    utility.prog_name = "khoithong manage"
    utility.execute()
    return 0
