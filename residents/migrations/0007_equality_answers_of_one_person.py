from importlib import import_module

from django.db import migrations

store = import_module("residents.migrations.0002_equality_store")

# Two rows found to be one person are counted as one. An answer keeps the pseudonyms it had, so that
# undoing the merge gives it back, however many merges came after one another.
MERGING = """
CREATE FUNCTION equality_merge(kept bigint, gone bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    before uuid := equality_mark(equality_key(), gone);
    after uuid := equality_mark(equality_key(), kept);
BEGIN
    UPDATE residents_equalityanswer
    SET pseudonym = after, given_under = array_append(given_under, before)
    WHERE landlord_id = ours AND pseudonym = before AND question NOT IN (
        SELECT question FROM residents_equalityanswer
        WHERE landlord_id = ours AND pseudonym = after);
END $$;

CREATE FUNCTION equality_unmerge(kept bigint, gone bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    before uuid := equality_mark(equality_key(), gone);
    after uuid := equality_mark(equality_key(), kept);
BEGIN
    UPDATE residents_equalityanswer
    SET pseudonym = before, given_under = nullif(trim_array(given_under, 1), '{}')
    WHERE landlord_id = ours AND pseudonym = after
        AND given_under[cardinality(given_under)] = before
        AND question NOT IN (
            SELECT question FROM residents_equalityanswer
            WHERE landlord_id = ours AND pseudonym = before);
END $$;
"""
# A person's own answers leave the store for whoever made an access request alone, and never without
# a line of history that stays: whether the request stands and the line is there belongs to the owner
# of the tables, whom the keeper asks; nobody else may.
ASKED = """
CREATE FUNCTION asked_for_own_answers(request bigint, at_moment timestamptz)
RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    asker bigint;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT a.person_id INTO asker FROM residents_accessrequest a
    WHERE a.landlord_id = ours AND a.id = request AND a.pack_id IS NOT NULL
        AND a.state IN ('READY', 'SENT')
        -- Or somebody joins two rows, reads, and parts them again
        AND NOT EXISTS (
            SELECT FROM residents_merge m
            WHERE m.landlord_id = ours AND m.kept_id = a.person_id AND m.undone_at IS NULL
                AND m.undo_until_on >= at_moment::date)
        AND EXISTS (
            SELECT FROM involvement_auditentry e
            WHERE e.landlord_id = ours AND e.record_kind = 'residents.person'
                AND e.record_id = a.person_id AND e.verb = 'equality.handed_over'
                AND e.at = at_moment);
    PERFORM set_config('app.migrating', '', true);
    IF asker IS NULL THEN
        RAISE EXCEPTION 'nobody asked for this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN asker;
END $$;
ALTER FUNCTION asked_for_own_answers(bigint, timestamptz)
    SET search_path = pg_catalog, public, pg_temp;
REVOKE ALL ON FUNCTION asked_for_own_answers(bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION asked_for_own_answers(bigint, timestamptz) TO involvement_equality;
"""
# A transaction that has written could take the request and the line of history back afterwards
OWN = """
CREATE FUNCTION equality_own(request bigint, at_moment timestamptz) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    asker bigint;
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RAISE EXCEPTION 'answers are handed over before anything is written'
            USING ERRCODE = 'active_sql_transaction';
    END IF;
    asker := asked_for_own_answers(request, at_moment);
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('version', version_id, 'question', question,
            'option', option, 'words', words, 'answered_on', answered_on) ORDER BY id), '[]')
        FROM residents_equalityanswer
        WHERE landlord_id = current_setting('app.landlord')::bigint
            AND pseudonym IN (SELECT equality_marks_of(asker)));
END $$;
"""
UNASKED = "DROP FUNCTION asked_for_own_answers(bigint, timestamptz)"
OPEN = [
    "equality_merge(bigint, bigint)",
    "equality_unmerge(bigint, bigint)",
    "equality_own(bigint, timestamptz)",
]


class Migration(migrations.Migration):
    dependencies = [("residents", "0006_feeds_number_ahead")]

    operations = [
        migrations.RunSQL(
            [MERGING, ASKED, OWN, *store.handed_over([], OPEN)],
            [*store.dropped(OPEN), UNASKED],
        )
    ]
