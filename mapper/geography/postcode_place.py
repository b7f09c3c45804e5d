"""What the postcode directory answers."""

from dataclasses import dataclass
from typing import Final

from mapper.domain.place import Place, Precision
from mapper.domain.postcode import PostcodeFault

METHOD: Final = "postcode directory"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodePlace:
    """What the directory says of one postcode, or why it says nothing.

    Parameters
    ----------
    postcode : spelt right; empty where malformed.
    easting_m, northing_m : on the National Grid (EPSG:27700); None where there is a fault. For
        a district or a sector, the mean of its live postcodes in the directory.
    precision : unit postcode, sector, district, or unknown.
    lsoa11_code, msoa11_code, ward_code, lad_code : the areas; empty where not known. A district
        gives its local authority where all of its live postcodes are in one, a sector its ward
        too; neither gives anything else.
    is_terminated : whether the postcode is no longer in use.
    fault : None where it was found.
    """

    postcode: str = ""
    easting_m: float | None = None
    northing_m: float | None = None
    precision: Precision = Precision.UNKNOWN
    lsoa11_code: str = ""
    msoa11_code: str = ""
    ward_code: str = ""
    lad_code: str = ""
    is_terminated: bool = False
    fault: PostcodeFault | None = None

    @property
    def place(self) -> Place | None:
        """The place as a record keeps it, None where there is a fault."""
        if self.easting_m is None or self.northing_m is None:
            return None
        return Place(
            easting_m=self.easting_m,
            northing_m=self.northing_m,
            precision=self.precision,
            method=METHOD,
            postcode=self.postcode,
            lad_code=self.lad_code,
            ward_code=self.ward_code,
            lsoa11_code=self.lsoa11_code,
            is_terminated=self.is_terminated,
        )
