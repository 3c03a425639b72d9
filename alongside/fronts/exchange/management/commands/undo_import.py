"""`alongside undo-import BATCH`: put back what a file changed."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from alongside.base.access.scope import all_schools, scope
from alongside.fronts.exchange import actions
from alongside.fronts.exchange.models import Batch
from alongside.kit import Refused, today


class Command(BaseCommand):
    help = "Undo a file: remove the pupils it brought and put back what it changed, unless somebody has worked on them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="its number, as `alongside import` has said it")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with scope(all_schools(), why="undo import") as by:
                batch = Batch.objects.filter(pk=options["batch"]).first()
                if batch is None:
                    raise Refused(f"There is no file with the number {options['batch']}.")
                undone = actions.undo(batch=batch, by=by, on=today())
        except Refused as refusal:
            self.stderr.write(refusal.reason)
            sys.exit(2)
        kept = [{"line": row.line, "upn": row.upn, "reason": reason} for row, reason in undone.kept]
        if options["json"]:
            self.stdout.write(json.dumps({"undone": len(undone.pupils), "kept": kept}, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(f"Undone for {len(undone.pupils):,} pupils; {len(kept):,} kept as they are.")
            for each in kept:
                self.stdout.write(f"Kept: line {each['line']}, {each['upn'] or 'no UPN'}: {each['reason']}")
        sys.exit(1 if kept else 0)
