"""Records written as files: a CSV for each kind of them, and all of them as JSON; the files are gone when they are closed.

A CSV is opened by spreadsheets, which take some words for formulas and compute them; those get a `'` in front. The JSON has
everything as it is. https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from handlers.files import File

IN_MEMORY = 1 << 20  # bytes of a file; more of it lies on the disk until it is sent
Record = Mapping[str, Any]
# Formulas begin with these, the wide ones in East Asian settings. What a cell begins with can stand behind a separator, a quote
# or a line's end as well, where a spreadsheet splits at another character than we do; what is not seen may stand between.
_ENDS, _UNSEEN = r",;|\t\r\n\"'", r"\s\x00-\x1f\u200b-\u200d\u2060\ufeff"
_MARKS = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")
# It begins only where such a run begins, so that the longest of them costs no more than its length.
_FORMULA = re.compile(
    rf"(\A[{_ENDS}{_UNSEEN}]*+|(?<![{_ENDS}{_UNSEEN}])(?:(?![{_ENDS}])[{_UNSEEN}])*+[{_ENDS}][{_ENDS}{_UNSEEN}]*+)"
    rf"({_MARKS.pattern})"
)
_CONTROL = ("\t", "\r", "\n")  # a cell that begins so is dangerous by itself


class Sheets:
    """What is written so far. `about` stands first in the JSON, whose file has this name and title."""

    def __init__(self, name: str, title: str, about: Record) -> None:
        self._json = _opened("utf-8")
        self._json.write(json.dumps({"about": about}, ensure_ascii=False, indent=1)[:-2])
        self._files = [(name, title, self._json)]

    def add(self, part: str, name: str, title: str, records: Iterable[Record]) -> int:
        """Writes the records of one part and returns how many they are; where there is none there is no CSV."""
        self._json.write(f",\n {json.dumps(part)}: [")
        sheet, count = None, 0
        for count, record in enumerate(records, start=1):
            self._json.write(f"{',' if count > 1 else ''}\n  {json.dumps(record, ensure_ascii=False)}")
            rows = list(_rows(record))
            if sheet is None:
                self._files.append((name, title, _opened("utf-8-sig")))  # the mark tells spreadsheets that it is UTF-8
                sheet = csv.writer(self._files[-1][2], quoting=csv.QUOTE_ALL)
                sheet.writerow(rows[0])
            sheet.writerows([_cell(value) for value in row.values()] for row in rows)
        self._json.write("]")
        return count

    def files(self) -> list[File]:
        """Returns the files, the JSON as the last."""
        self._json.write("\n}\n")
        return [File(name, title, _content(file)) for name, title, file in (*self._files[1:], self._files[0])]

    def close(self) -> None:
        """Lets go of all that was written."""
        for _, _, file in self._files:
            file.close()


def guarded(words: str) -> str:
    """Returns words with a `'` before whatever in them a spreadsheet could take for the beginning of a formula."""
    kept = _FORMULA.sub(r"\1'\2", words) if _MARKS.search(words) else words
    return f"'{kept}" if kept.startswith(_CONTROL) else kept


def _rows(record: Record) -> Iterator[Record]:
    """Yields the lines of a sheet that a record makes: one, or one for each of the records within it."""
    within = [value for value in record.values() if isinstance(value, list) and value and isinstance(value[0], Mapping)]
    plain = {key: value for key, value in record.items() if value not in within}
    yield from ({**plain, **inner} for inner in within[0]) if within else (plain,)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return guarded("; ".join(map(str, value)))
    return guarded("" if value is None else str(value))


def _opened(encoding: str) -> TextIOWrapper:
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever sends it
    return TextIOWrapper(cast(IO[bytes], file), encoding=encoding, newline="")


def _content(file: TextIOWrapper) -> IO[bytes]:
    file.flush()
    return file.detach()  # type: ignore[return-value]  # what was put into it
