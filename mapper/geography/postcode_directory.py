"""Where a postcode is, which areas hold it, and why one could not be found."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from mapper.domain.place import Precision
from mapper.domain.postcode import COMPACT_SHAPE, OutwardCode, Postcode, PostcodeFault, SectorCode
from mapper.errors import InvalidValueError, SourceError
from mapper.geography.postcode_keys import pack_postcodes
from mapper.geography.postcode_place import PostcodePlace
from mapper.geography.postcode_table import read_postcode_table

if TYPE_CHECKING:
    from collections.abc import Sequence

SHIPPED: Final = Path(__file__).parents[2] / "data" / "postcodes" / "hips.parquet"

_FAULTS: Final = pd.Index([fault.value for fault in PostcodeFault])
_MALFORMED, _UNKNOWN = (list(PostcodeFault).index(fault) for fault in PostcodeFault)
_NO_FAULT: Final = -1
_RowsAndFaults = tuple[NDArray[np.int64], NDArray[np.int8]]
_ROWS_AT_ONCE: Final = 65_536  # what a processor's own memory holds


@dataclass(frozen=True, eq=False)
class PostcodeDirectory:
    """Every postcode of the area served, live and terminated, ready to be looked up.

    Parameters
    ----------
    table : one row a postcode, then one a district and one a sector, then one for what was not
        found, as `read_postcode_table` makes it.
    postcode_count : how many rows of the table are postcodes.
    """

    table: pd.DataFrame
    postcode_count: int

    @classmethod
    def load(cls, path: Path | None = None, loaded: pd.DataFrame | None = None) -> Self:
        """Read a directory, the shipped one unless told otherwise.

        Parameters
        ----------
        path : a Parquet file with the columns of data/postcodes/hips.parquet.
        loaded : later postcodes, which win, as `read_postcode_table` takes them.

        Raises
        ------
        SourceError
            If the file is missing, or is not such a file.
        """
        file = path or SHIPPED
        try:
            table, postcode_count = read_postcode_table(file, loaded)
        except (OSError, pa.ArrowException, KeyError) as cause:
            raise SourceError(
                f"The postcode directory {file.name} cannot be read: {cause}.",
                expected="A Parquet file with the columns of data/postcodes/hips.parquet.",
                action="Restore it from the repository, or run `make reference-data`.",
            ) from cause
        return cls(table, postcode_count)

    def __len__(self) -> int:
        return self.postcode_count

    def find(self, text: str) -> PostcodePlace:
        """Find one postcode, district or sector.

        Parameters
        ----------
        text : the postcode as a person writes it, full, outward only or a sector such as PO1 3.

        Returns
        -------
        Its place; with a `fault` where it is not a postcode, or is not in the directory.
        """
        row, fault = self._read(text)
        if fault is PostcodeFault.UNKNOWN:
            return PostcodePlace(postcode=_spelt(text), fault=fault)
        if fault is not None:
            return PostcodePlace(fault=fault)
        found = self.table.iloc[row]
        return PostcodePlace(
            postcode=found["postcode"],
            easting_m=float(found["easting_m"]),
            northing_m=float(found["northing_m"]),
            precision=Precision(found["precision"]),
            lsoa11_code=_text(found["lsoa11_code"]),
            msoa11_code=_text(found["msoa11_code"]),
            ward_code=_text(found["ward_code"]),
            lad_code=_text(found["lad_code"]),
            is_terminated=bool(found["is_terminated"]),
        )

    def find_many(self, texts: "Sequence[str | None] | pd.Series[str] | pa.Array") -> pd.DataFrame:
        """Find many postcodes, districts and sectors at once.

        Parameters
        ----------
        texts : postcodes as written; missing ones are malformed.

        Returns
        -------
        One row a text, in the same order and, for a Series, on its index: `postcode`,
        `easting_m`, `northing_m` (EPSG:27700, metres), `precision`, `lsoa11_code`,
        `msoa11_code`, `ward_code`, `lad_code`, `is_terminated`, `fault`. Text columns are
        categorical; all but `precision`, `is_terminated` and `fault` are missing where there
        is a fault, and `fault` where there is none.
        """
        index = texts.index if isinstance(texts, pd.Series) else pd.RangeIndex(len(texts))
        array = _as_array(texts)
        rows, faults = self._look_up(array)
        columns = {name: _taken(column, rows) for name, column in self.table.items()}
        columns["fault"] = pd.Categorical.from_codes(faults, _FAULTS)
        return pd.DataFrame(columns, index=index, copy=False)

    @property
    def _nothing(self) -> int:
        """The row of what is not found."""
        return len(self.table) - 1

    @cached_property
    def _keys(self) -> "pd.Index[int]":
        spelt = self.table["postcode"].iloc[: self.postcode_count]
        return pd.Index(pack_postcodes(_as_array(spelt.astype("str"))))

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {spelt: row for row, spelt in enumerate(self.table["postcode"].iloc[:-1])}

    def _look_up(self, array: pa.Array) -> _RowsAndFaults:
        """Match what is only spaced or cased oddly at once; read the rest one by one."""
        parts = [array.slice(at, _ROWS_AT_ONCE) for at in range(0, len(array), _ROWS_AT_ONCE)]
        with ThreadPoolExecutor() as threads:  # numpy and the look-up let go of Python's lock
            rows = np.concatenate([np.empty(0, np.int64), *threads.map(self._match, parts)])
        rows[rows < 0] = self._nothing
        faults = np.full(len(rows), _NO_FAULT, dtype=np.int8)
        missed = np.flatnonzero(rows == self._nothing)
        if missed.size:
            rows[missed], faults[missed] = self._read_missed(array.take(pa.array(missed)))
        return rows, faults

    def _match(self, texts: pa.Array) -> NDArray[np.int64]:
        return np.asarray(self._keys.get_indexer(pd.Index(pack_postcodes(texts))), np.int64)

    def _read_missed(self, texts: pa.Array) -> _RowsAndFaults:
        encoded = pc.dictionary_encode(texts)
        different = encoded.dictionary
        compact = pc.replace_substring(pc.ascii_upper(different), " ", "")
        is_right = pc.match_substring_regex(compact, COMPACT_SHAPE).to_numpy(zero_copy_only=False)
        rows = np.full(len(different), self._nothing, dtype=np.int64)
        faults = np.full(len(different), _UNKNOWN, dtype=np.int8)
        for at in np.flatnonzero(~is_right):
            rows[at], fault = self._read(different[at].as_py())
            faults[at] = _NO_FAULT if fault is None else list(PostcodeFault).index(fault)
        codes = encoded.indices.to_numpy(zero_copy_only=False)
        return rows[codes], faults[codes]

    def _read(self, text: str) -> tuple[int, PostcodeFault | None]:
        spelt = _spelt(text)
        if not spelt:
            return self._nothing, PostcodeFault.MALFORMED
        row = self._row_of.get(spelt)
        return (self._nothing, PostcodeFault.UNKNOWN) if row is None else (row, None)


def _spelt(text: str) -> str:
    """Spell a full postcode, a district or a sector right, empty where it is none of them."""
    for kind in (Postcode, OutwardCode, SectorCode):
        try:
            return str(kind.parse(text))
        except InvalidValueError:
            continue
    return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _taken(column: "pd.Series[str]", rows: NDArray[np.int64]) -> object:
    """Take rows of a column, a categorical one by its codes."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().take(rows)
        return cast("Any", pd.Categorical).from_codes(codes, dtype=column.dtype)
    return column.to_numpy().take(rows)


def _as_array(texts: "Sequence[str | None] | pd.Series[str] | pa.Array") -> pa.Array:
    array = texts if isinstance(texts, pa.Array) else pa.array(texts, from_pandas=True)
    flat = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return pc.fill_null(flat.cast(pa.large_string()), "")
