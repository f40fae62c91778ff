"""The demonstration: invented people and records at landlords modelled on five real strategies.

Each package keeps its own part in a folder `demo` and names its loader in
`settings.DEMO_LOADERS`, in the order of the floors. A loader is
`load(landlord, *, full: bool) -> str`: it fills the landlord in scope, says in a clause what it
made, and finds nothing to do when asked again. Sources are TOML and CSV files in which
`{this}`, `{next}`, `{after}` and `{last}` stand for years counted from the financial year of the
day they are read, so that the plan's year is always this one.
"""
