from django.db import migrations

# What was published stays as it was: only its state may move on, with the reason.
CREATE = """
CREATE FUNCTION reporting_report_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    was jsonb := to_jsonb(OLD) - ARRAY['state', 'withdrawn_at', 'withdrawn_because'];
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A published report stays.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF was <> to_jsonb(NEW) - ARRAY['state', 'withdrawn_at', 'withdrawn_because']
        OR (NEW.state <> OLD.state
            AND NOT (OLD.state = 'PUBLISHED' AND NEW.state IN ('WITHDRAWN', 'REPLACED'))) THEN
        RAISE EXCEPTION 'A published report is not changed; write a new version.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER report_stays_once_published BEFORE UPDATE OR DELETE ON reporting_report
    FOR EACH ROW EXECUTE FUNCTION reporting_report_stays();

CREATE FUNCTION reporting_part_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    part record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM public.reporting_report r
        WHERE r.landlord_id = part.landlord_id AND r.published_at IS NOT NULL
          AND (r.id = part.report_id OR (TG_OP = 'UPDATE' AND r.id = OLD.report_id))
    ) THEN
        RAISE EXCEPTION 'A published report is not changed; write a new version.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN part;
END
$$;
CREATE TRIGGER report_wording_stays BEFORE INSERT OR UPDATE OR DELETE ON reporting_wording
    FOR EACH ROW EXECUTE FUNCTION reporting_part_stays();
CREATE TRIGGER report_file_stays BEFORE INSERT OR UPDATE OR DELETE ON reporting_reportfile
    FOR EACH ROW EXECUTE FUNCTION reporting_part_stays();
"""
DROP = """
DROP TRIGGER report_file_stays ON reporting_reportfile;
DROP TRIGGER report_wording_stays ON reporting_wording;
DROP FUNCTION reporting_part_stays();
DROP TRIGGER report_stays_once_published ON reporting_report;
DROP FUNCTION reporting_report_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
