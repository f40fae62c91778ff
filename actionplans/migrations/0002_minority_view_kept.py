from django.db import migrations

KEEP = """
CREATE FUNCTION keep_minority_view() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What those who disagreed wrote is kept as they wrote it.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'minority_view_is_kept_as_written';
END
$$;
CREATE TRIGGER minority_view_is_kept_as_written
    BEFORE UPDATE OF minority_view ON actionplans_decision
    FOR EACH ROW
    WHEN (OLD.minority_view <> '' AND NEW.minority_view IS DISTINCT FROM OLD.minority_view)
    EXECUTE FUNCTION keep_minority_view();
"""
FORGET = """
DROP TRIGGER minority_view_is_kept_as_written ON actionplans_decision;
DROP FUNCTION keep_minority_view();
"""


class Migration(migrations.Migration):
    """Residents' own words cannot be edited by staff, whatever the code above tries."""

    dependencies = [("actionplans", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
