"""The demonstration's groups and strategies: five landlords' structures, aims and priorities in
our own words."""
