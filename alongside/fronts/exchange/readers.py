"""One door to every reader: a file in, its header first, then its pupils and faults."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from alongside.fronts.exchange.ctf.format import read_ctf
from alongside.fronts.exchange.detect import Kind, table_of
from alongside.fronts.exchange.mis.arbor import read_arbor
from alongside.fronts.exchange.mis.assembly import read_assembly
from alongside.fronts.exchange.mis.bromcom import read_bromcom
from alongside.fronts.exchange.mis.wonde import read_wonde
from alongside.fronts.exchange.record import Item
from alongside.fronts.exchange.table.format import read_table


def read(
    path: Path,
    kind: Kind,
    *,
    name: str,
    on: date,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Item]:
    """Read a file whose kind is known. Raises Unreadable, at once or half-way, when it is not sound."""
    match kind:
        case Kind.CTF:
            return read_ctf(path, name=name, on=on)
        case Kind.WONDE:
            return read_wonde(path)
        case Kind.ASSEMBLY:
            return read_assembly(path)
        case Kind.ARBOR:
            return read_arbor(path)
        case Kind.BROMCOM:
            return read_bromcom(table_of(path, kind), on=on)
        case Kind.CSV | Kind.XLSX:
            return read_table(table_of(path, kind), on=on, columns=columns, kind=kind.value)
