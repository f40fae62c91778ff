from django.db import migrations

# History is insert-only for the web role, and so are other proofs. These two are the only ways round
# it, each for the landlord in scope alone: to take the name off a person who was erased, and to
# delete what was kept long enough.
CREATE = """
CREATE FUNCTION forget_in_history(kind text, records bigint[], words text[], pattern text, instead text)
RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := (pg_catalog.current_setting('app.landlord'))::bigint;
    word text;
    spelt text;
    touched integer := 0;
    lines integer;
    acted name;
BEGIN
    PERFORM pg_catalog.set_config('app.migrating', 'on', true);
    UPDATE public.involvement_auditentry SET
        record_name = instead,
        changes = COALESCE((
            SELECT pg_catalog.jsonb_agg(one || '{"old": "", "new": ""}'::jsonb)
            FROM pg_catalog.jsonb_array_elements(changes) AS one), '[]'::jsonb)
    WHERE landlord_id = ours AND record_kind = kind AND record_id = ANY (records);
    GET DIAGNOSTICS touched = ROW_COUNT;
    -- Whatever they did themselves, or somebody did for them, in every table that says who acted
    FOR acted IN
        SELECT c.relname FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        WHERE c.relkind = 'r' AND 5 = (
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND NOT a.attisdropped
              AND a.attname IN ('landlord_id', 'by_kind', 'by_key', 'by_name', 'by_behalf'))
    LOOP
        EXECUTE pg_catalog.format(
            $act$UPDATE public.%I SET by_name = $1 WHERE landlord_id = $2 AND by_kind = 'RESIDENT'
            AND by_name <> $1 AND (by_key = ANY ($3) OR by_name = ANY ($4))$act$, acted)
            USING instead, ours, records, words;
        EXECUTE pg_catalog.format(
            $act$UPDATE public.%I SET by_behalf = $1
            WHERE landlord_id = $2 AND by_behalf = ANY ($3)$act$, acted)
            USING instead, ours, words;
    END LOOP;
    FOREACH word IN ARRAY words LOOP
        CONTINUE WHEN pg_catalog.length(word) < 5;
        spelt := pg_catalog.btrim(pg_catalog.to_jsonb(word)::text, '"');
        UPDATE public.involvement_auditentry SET
            record_name = pg_catalog.replace(record_name, word, instead),
            sentence = pg_catalog.replace(sentence, word, instead),
            by_behalf = pg_catalog.replace(by_behalf, word, instead),
            changes = pg_catalog.replace(changes::text, spelt, instead)::jsonb
        WHERE landlord_id = ours AND (
            pg_catalog.strpos(record_name, word) > 0 OR pg_catalog.strpos(sentence, word) > 0
            OR pg_catalog.strpos(by_behalf, word) > 0
            OR pg_catalog.strpos(changes::text, spelt) > 0);
        GET DIAGNOSTICS lines = ROW_COUNT;
        touched := touched + lines;
        UPDATE public.involvement_viewlogentry SET
            page = pg_catalog.replace(page, word, instead),
            purpose = pg_catalog.replace(purpose, word, instead)
        WHERE landlord_id = ours
            AND (pg_catalog.strpos(page, word) > 0 OR pg_catalog.strpos(purpose, word) > 0);
    END LOOP;
    IF pattern <> '' THEN
        UPDATE public.involvement_auditentry SET
            record_name = pg_catalog.regexp_replace(record_name, pattern, instead, 'gi'),
            sentence = pg_catalog.regexp_replace(sentence, pattern, instead, 'gi'),
            changes = pg_catalog.regexp_replace(changes::text, pattern, instead, 'gi')::jsonb
        WHERE landlord_id = ours AND (record_name ~* pattern OR sentence ~* pattern
            OR changes::text ~* pattern);
        GET DIAGNOSTICS lines = ROW_COUNT;
        touched := touched + lines;
    END IF;
    PERFORM pg_catalog.set_config('app.migrating', '', true);
    RETURN touched;
END
$$;
ALTER FUNCTION forget_in_history(text, bigint[], text[], text, text) SET search_path = pg_catalog;
REVOKE ALL ON FUNCTION forget_in_history(text, bigint[], text[], text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_in_history(text, bigint[], text[], text, text) TO involvement_web;

CREATE FUNCTION tidy_history(what text, before timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := (pg_catalog.current_setting('app.landlord'))::bigint;
    gone integer;
BEGIN
    IF before > pg_catalog.now() - interval '1 year' THEN
        RAISE EXCEPTION 'History is kept for a year at least.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'history_is_kept_for_a_year';
    END IF;
    PERFORM pg_catalog.set_config('app.migrating', 'on', true);
    IF what = 'looks' THEN
        DELETE FROM public.involvement_viewlogentry WHERE landlord_id = ours AND at < before;
    ELSE
        DELETE FROM public.involvement_auditentry WHERE landlord_id = ours AND at < before;
    END IF;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM pg_catalog.set_config('app.migrating', '', true);
    RETURN gone;
END
$$;
ALTER FUNCTION tidy_history(text, timestamptz) SET search_path = pg_catalog;
REVOKE ALL ON FUNCTION tidy_history(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tidy_history(text, timestamptz) TO involvement_web;
"""
DROP = """
DROP FUNCTION tidy_history(text, timestamptz);
DROP FUNCTION forget_in_history(text, bigint[], text[], text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("involvement", "0002_landlords_of_user")]

    operations = [migrations.RunSQL(CREATE, DROP)]
