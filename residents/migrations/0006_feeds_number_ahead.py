from django.db import migrations

# A file's new people and homes are numbered before they are written, so that its rows can point at
# each other; the web role may otherwise only insert, which asks for a number by itself.
GRANT = """
GRANT USAGE ON SEQUENCE residents_person_id_seq, residents_home_id_seq, residents_tenancy_id_seq
    TO involvement_web
"""
REVOKE = """
REVOKE USAGE ON SEQUENCE residents_person_id_seq, residents_home_id_seq, residents_tenancy_id_seq
    FROM involvement_web
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0005_people_are_found_by_terms")]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
