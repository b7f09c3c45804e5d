"""mapper: where violence is felt, who is already working there, and where nobody is.

Sources become validated records (`ingest`, `domain`), are kept (`store`), analysed
(`network`, `analysis`), published through one gate (`reports`) and drawn (`maps`, `web`).
"""

# The order matters: once mod_spatialite is loaded, importing these libraries for the first
# time ends the process, because each brings its own copy of GEOS and PROJ.
import pyogrio  # noqa: F401  (imported for its libraries, before mod_spatialite)
import pyproj  # noqa: F401  (for its libraries)
import shapely  # noqa: F401  (for its libraries)

from mapper.version import VERSION

__version__ = VERSION
__all__ = ["__version__"]
