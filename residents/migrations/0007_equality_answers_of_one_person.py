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
# A person's own answers leave the store for whoever made an access request alone. Whether that
# stands, and the line of history, belong to the owner of the tables, whom the keeper asks; nobody
# else may.
ASKED = """
CREATE FUNCTION handed_over_in_history(request bigint, by_whom jsonb, at_moment timestamptz)
RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    asker record;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT p.id, p.name INTO asker FROM residents_accessrequest a
    JOIN residents_person p ON p.landlord_id = ours AND p.id = a.person_id
    WHERE a.landlord_id = ours AND a.id = request AND a.pack_id IS NOT NULL
        AND a.state IN ('READY', 'SENT')
        -- Or somebody joins two rows, reads, and parts them again
        AND NOT EXISTS (
            SELECT FROM residents_merge m
            WHERE m.landlord_id = ours AND m.kept_id = a.person_id AND m.undone_at IS NULL
                AND m.undo_until_on >= at_moment::date);
    IF asker.id IS NOT NULL THEN
        INSERT INTO involvement_auditentry (landlord_id, by_kind, by_key, by_name, by_behalf,
            by_channel, by_clerk, at, verb, record_kind, record_id, record_name, sentence, changes)
        VALUES (ours, by_whom ->> 'by_kind', (by_whom ->> 'by_key')::bigint,
            by_whom ->> 'by_name', by_whom ->> 'by_behalf', by_whom ->> 'by_channel',
            by_whom ->> 'by_clerk', at_moment, 'equality.handed_over', 'residents.person', asker.id,
            left(asker.name, 200),
            'looked at their own equality answers, if there are any, as they had asked to', '[]');
    END IF;
    PERFORM set_config('app.migrating', '', true);
    IF asker.id IS NULL THEN
        RAISE EXCEPTION 'nobody asked for this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN asker.id;
END $$;
ALTER FUNCTION handed_over_in_history(bigint, jsonb, timestamptz)
    SET search_path = pg_catalog, public, pg_temp;
REVOKE ALL ON FUNCTION handed_over_in_history(bigint, jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handed_over_in_history(bigint, jsonb, timestamptz) TO involvement_equality;
"""
OWN = """
CREATE FUNCTION equality_own(request bigint, by_whom jsonb, at_moment timestamptz) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    asker bigint := handed_over_in_history(request, by_whom, at_moment);
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('version', version_id, 'question', question,
            'option', option, 'words', words, 'answered_on', answered_on) ORDER BY id), '[]')
        FROM residents_equalityanswer
        WHERE landlord_id = current_setting('app.landlord')::bigint
            AND pseudonym IN (SELECT equality_marks_of(asker)));
END $$;
"""
UNASKED = "DROP FUNCTION handed_over_in_history(bigint, jsonb, timestamptz)"
OPEN = [
    "equality_merge(bigint, bigint)",
    "equality_unmerge(bigint, bigint)",
    "equality_own(bigint, jsonb, timestamptz)",
]


class Migration(migrations.Migration):
    dependencies = [("residents", "0006_feeds_number_ahead")]

    operations = [
        migrations.RunSQL(
            [MERGING, ASKED, OWN, *store.handed_over([], OPEN)],
            [*store.dropped(OPEN), UNASKED],
        )
    ]
