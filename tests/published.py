"""Runs that are made and published at once, as most tests want them."""

from mapper.reports.choices import AnalysisChoices
from mapper.reports.publishing import publish_as
from mapper.reports.run import analyse
from mapper.store.session import Store


def analyse_and_publish(store: Store, choices: AnalysisChoices) -> int:
    """Run the analysis, publish the run, and return its id."""
    run_id = analyse(store, choices)
    with store.writing() as session:
        publish_as(session, run_id, "", "analyst@example.org")
    return run_id
