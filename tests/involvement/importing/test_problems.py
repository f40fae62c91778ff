from involvement.importing.problems import Preview, RowProblem, Severity, in_order


def test_a_problem_says_where_it_is() -> None:
    assert str(RowProblem(12, "When by?", "No date.")) == "Row 12, “When by?”: No date."
    assert str(RowProblem(None, "", "No column.")) == "No column."
    assert str(RowProblem(None, "When", "Twice.")) == "“When”: Twice."


def test_errors_keep_an_import_from_being_confirmed_and_warnings_do_not() -> None:
    warning = RowProblem(3, "", "Look at this.", Severity.WARNING)
    error = RowProblem(2, "", "Put this right.")
    assert Preview(rows_read=2, created=2, problems=(warning,)).confirmable
    preview = Preview(rows_read=26, created=20, unchanged=6, problems=(warning, error))
    assert not preview.confirmable
    assert (preview.errors, preview.warnings) == ((error,), (warning,))
    assert preview.sentence == "26 rows read: 20 new, 6 unchanged. 1 problem to put right."


def test_a_preview_of_nothing_says_so() -> None:
    assert Preview(rows_read=0).sentence == "0 rows read."


def test_problems_stand_in_the_order_of_the_file() -> None:
    whole, second, third = (RowProblem(n, "", "x") for n in (None, 2, 3))
    assert in_order([third, whole, second]) == (whole, second, third)
