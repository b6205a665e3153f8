"""Everything that is checked before the service starts or is told to reload."""

from collections.abc import Mapping
from dataclasses import dataclass
<<@if VARIANT == multi-env>>

from config_tools.config import Config, Documents, build_config
from config_tools.environments import Environment, read_merged
<<@else>>
from pathlib import Path

from config_tools.config import Config, Documents, build_config, read_documents
<<@end>>
from config_tools.faults import Fault
from config_tools.references import check_references
<<@if VARIANT == multi-env>>
from config_tools.variables import check_placeholders, check_variables
<<@else>>
from config_tools.variables import LOCAL, check_placeholders, check_variables
<<@end>>

# What is checked and served
<<@if VARIANT == multi-env>>
type Source = Environment
<<@else>>
type Source = Path
<<@end>>


@dataclass(frozen=True)
class Checked:
    """What was read, and either the configuration or what is wrong with it."""

    documents: Documents
    config: Config | None
    faults: list[Fault]


def check(source: Source, variables: Mapping[str, str] | None) -> Checked:
    """Checks a configuration, and that the given variables are those that it needs."""
<<@if VARIANT == multi-env>>
    documents, faults = read_merged(source)
<<@else>>
    documents, faults = read_documents(source)
<<@end>>
    config = None
    if not faults:
<<@if VARIANT == multi-env>>
        config, faults = build_config(source.directory, documents)
<<@else>>
        config, faults = build_config(source, documents)
<<@end>>
    if config is not None:
        faults = check_references(config)
    if variables is not None:
        faults += check_variables(documents, variables)
<<@if VARIANT == multi-env>>
        if not source.is_local:
            faults += check_placeholders(documents, variables)
<<@else>>
        if variables.get("ENVIRONMENT") != LOCAL:
            faults += check_placeholders(documents, variables)
<<@end>>
    return Checked(documents, None if faults else config, sorted(faults))
