"""Look-ups that lean on one another: what is missing is said, and they may come together."""

import io

from mapper.store.session import Store
from mapper.store.sources import list_sources
from tests.factories import lsoa
from tests.integration.web.reader import Reader, settled
from tests.integration.web.test_loading import press, upload

EXACT = "exact fit.csv"
CLASS = "class.csv"


def exact_fit() -> str:
    """Every LSOA of the ground as it is called in 2021."""
    lines = (f"{lsoa(at)},{lsoa(at)},U" for at in range(8))
    return "\n".join(("LSOA11CD,LSOA21CD,CHGIND", *lines))


def classes() -> str:
    """A class for each of them, and for one outside HIPS."""
    lines = (f"{code},UN1,Urban" for code in (*map(lsoa, range(8)), "E01033708"))
    return "\n".join(("LSOA21CD,RUC21CD,RUC21NM", *lines))


def test_a_class_says_what_to_load_first_and_is_taken_once_that_is_there(
    loader: Reader, store: Store
) -> None:
    refused = settled(loader, upload(loader, classes(), CLASS, kind="lookups"))
    assert refused.heading == "This cannot be loaded"
    assert "mapper does not know the LSOAs of 2021 yet" in refused.text
    assert "Load first the boundaries of the LSOAs of 2021 (as Boundaries)" in refused.text
    assert "the look-up from LSOA 2011 to LSOA 2021 (as Look-ups)" in refused.text
    assert "Traceback" not in refused.html
    _load(loader, exact_fit(), EXACT)
    _load(loader, classes(), CLASS)

    assert _loaded(store) == {EXACT, CLASS}


def test_a_class_and_what_it_waits_for_are_taken_together_in_the_preview_too(
    loader: Reader, store: Store
) -> None:
    files = [(io.BytesIO(classes().encode()), CLASS), (io.BytesIO(exact_fit().encode()), EXACT)]
    fields = loader.get("/load").fields() | {"kind": "lookups", "files": files}
    preview = settled(loader, loader.send("/load", fields).location)

    assert preview.heading == "Check before loading"
    assert "does not know" not in preview.text
    assert _loaded(store) == set()
    settled(loader, press(loader, preview, "load"))
    assert _loaded(store) == {EXACT, CLASS}


def _load(loader: Reader, text: str, name: str) -> None:
    preview = settled(loader, upload(loader, text, name, kind="lookups"))
    assert preview.heading == "Check before loading"
    settled(loader, press(loader, preview, "load"))


def _loaded(store: Store) -> set[str]:
    with store.reading() as session:
        return {one.source.file_name for one in list_sources(session)} & {EXACT, CLASS}
