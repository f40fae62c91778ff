from django.db import migrations

# The one place that may look across landlords: which of them has a user as an active member.
CREATE = """
CREATE FUNCTION landlords_of_user(wanted bigint) RETURNS TABLE (landlord_id bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
AS $$
BEGIN
    PERFORM pg_catalog.set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT m.landlord_id FROM public.involvement_membership m
        WHERE m.user_id = wanted AND m.is_active ORDER BY m.landlord_id;
    PERFORM pg_catalog.set_config('app.migrating', '', true);
END
$$;
ALTER FUNCTION landlords_of_user(bigint) SET search_path = pg_catalog;
REVOKE ALL ON FUNCTION landlords_of_user(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION landlords_of_user(bigint) TO involvement_web;
"""


class Migration(migrations.Migration):
    dependencies = [("involvement", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION landlords_of_user(bigint)")]
