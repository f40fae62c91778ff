"""Charts: one set of figures, drawn for a wide page, a telephone, paper and large print.

A `Chart` is the finding and its figures. `chart_svg` draws it, `chart_table` writes the same
figures as a table, `chart_description` says them in a sentence. No styles are written into the
drawing, so a strict content security policy lets it through.
"""

from involvement.rendering.charts.data import Chart, Kind, Row, Unit
from involvement.rendering.charts.drawing import chart_svg
from involvement.rendering.charts.words import chart_description, chart_table

__all__ = ["Chart", "Kind", "Row", "Unit", "chart_description", "chart_svg", "chart_table"]
