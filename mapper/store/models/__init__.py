"""The tables. Nothing outside `mapper.store` may import them."""

from mapper.store.models.accounts import UserRow
from mapper.store.models.base import Base
from mapper.store.models.directory import (
    ContactRow,
    OrganisationAreaRow,
    OrganisationIdentifierRow,
    OrganisationRow,
    OrganisationTagRow,
    SiteRow,
)
from mapper.store.models.geography import AreaRow, PlaceAreaRow, PlaceRow
from mapper.store.models.grants import GrantAreaRow, GrantRow
from mapper.store.models.history import (
    ActivityChangeRow,
    OrganisationChangeRow,
    OrganisationStatusRow,
)
from mapper.store.models.loads import LoadRow, SourceMappingRow
from mapper.store.models.lookups import AreaLinkRow, DeprivationRow, PostcodeRow
from mapper.store.models.matching import OrganisationMatchRow, OrganisationMergeRow
from mapper.store.models.needs import CohortCountRow, PriorityAreaRow, ViolenceAreaRow
from mapper.store.models.register import (
    ActivityAreaRow,
    ActivityRow,
    ActivityTagRow,
    ParticipationRow,
)
from mapper.store.models.runs import (
    RunAreaRow,
    RunFindingRow,
    RunLinkRow,
    RunMeetingRow,
    RunNetworkRow,
    RunOrderRow,
    RunOrganisationRow,
    RunProviderRow,
    RunPublicationRow,
    RunRow,
)
from mapper.store.models.searches import DuplicateSearchRow
from mapper.store.models.sources import PopulationSetRow, ResidentRow, SourceRow, ViolenceRow
from mapper.store.models.ties import DeclaredLinkRow
from mapper.store.models.verification import VerificationRequestRow

__all__ = [
    "ActivityAreaRow",
    "ActivityChangeRow",
    "ActivityRow",
    "ActivityTagRow",
    "AreaLinkRow",
    "AreaRow",
    "Base",
    "CohortCountRow",
    "ContactRow",
    "DeclaredLinkRow",
    "DeprivationRow",
    "DuplicateSearchRow",
    "GrantAreaRow",
    "GrantRow",
    "LoadRow",
    "OrganisationAreaRow",
    "OrganisationChangeRow",
    "OrganisationIdentifierRow",
    "OrganisationMatchRow",
    "OrganisationMergeRow",
    "OrganisationRow",
    "OrganisationStatusRow",
    "OrganisationTagRow",
    "ParticipationRow",
    "PlaceAreaRow",
    "PlaceRow",
    "PopulationSetRow",
    "PostcodeRow",
    "PriorityAreaRow",
    "ResidentRow",
    "RunAreaRow",
    "RunFindingRow",
    "RunLinkRow",
    "RunMeetingRow",
    "RunNetworkRow",
    "RunOrderRow",
    "RunOrganisationRow",
    "RunProviderRow",
    "RunPublicationRow",
    "RunRow",
    "SiteRow",
    "SourceMappingRow",
    "SourceRow",
    "UserRow",
    "VerificationRequestRow",
    "ViolenceAreaRow",
    "ViolenceRow",
]
