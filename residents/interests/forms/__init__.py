"""Forms of interests, expressions of interest, visits, groups to reach and paper cards."""
