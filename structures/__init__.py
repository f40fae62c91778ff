"""WHERE: the strategy, and the bodies through which residents take part."""
