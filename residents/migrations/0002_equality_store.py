from django.db import migrations

# The way into the equality store, and what its totals are counted with. Everything here belongs to
# involvement_equality, so that row-level security holds inside it for the landlord in scope.
# A person is known here by a keyed hash; the key never leaves the store.
INSIDE = """
CREATE FUNCTION equality_key() RETURNS bytea LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    found bytea;
BEGIN
    SELECT key INTO found FROM residents_equalitysecret WHERE landlord_id = ours;
    IF found IS NULL THEN
        INSERT INTO residents_equalitysecret (landlord_id, key)
        VALUES (ours, decode(replace(gen_random_uuid()::text || gen_random_uuid(), '-', ''), 'hex'))
        ON CONFLICT DO NOTHING;
        SELECT key INTO found FROM residents_equalitysecret WHERE landlord_id = ours;
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION equality_mark(key bytea, person bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(substring(sha256(key || int8send(person) || key) FOR 16), 'hex')::uuid
$$;

-- A person's own, and those of every row that was merged into theirs
CREATE FUNCTION equality_marks_of(person bigint) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
    WITH RECURSIVE theirs AS (
        SELECT person AS id
        UNION
        SELECT p.id FROM theirs
        JOIN residents_person p ON p.landlord_id = current_setting('app.landlord')::bigint
            AND p.merged_into_id = theirs.id
    )
    SELECT equality_mark(equality_key(), id) FROM theirs
$$;

CREATE FUNCTION equality_forget_marks(who uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
    UPDATE residents_equalitytable t
    SET marks = ARRAY(
        SELECT mark FROM unnest(t.marks) mark
        WHERE mark <> ALL (ARRAY(SELECT hashtextextended(who::text, n) FROM generate_series(1, 99) n)))
    WHERE landlord_id = current_setting('app.landlord')::bigint
$$;
"""
DOORS = """
CREATE FUNCTION equality_record(person bigint, version bigint, given jsonb, on_day date)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    who uuid;
BEGIN
    IF NOT EXISTS (SELECT FROM residents_person WHERE landlord_id = ours AND id = person) THEN
        RAISE EXCEPTION 'nobody of this number' USING ERRCODE = 'no_data_found';
    END IF;
    who := equality_mark(equality_key(), person);
    DELETE FROM residents_equalityanswer
    WHERE landlord_id = ours AND pseudonym = who AND question IN (SELECT jsonb_object_keys(given));
    -- The month alone is kept: the day a card came in could tell whose it was
    INSERT INTO residents_equalityanswer
        (landlord_id, pseudonym, version_id, question, option, words, answered_on)
    SELECT ours, who, version, q.key, coalesce(o.code, ''),
        CASE WHEN coalesce(o.place, 1) = 1 THEN coalesce(q.value ->> 'words', '') ELSE '' END,
        date_trunc('month', on_day)::date
    FROM jsonb_each(given) q
    LEFT JOIN LATERAL jsonb_array_elements_text(q.value -> 'options')
        WITH ORDINALITY o (code, place) ON true
    WHERE o.code IS NOT NULL OR coalesce(q.value ->> 'words', '') <> '';
END $$;

CREATE FUNCTION equality_record_many(
    people bigint[], version bigint, asked text, options text[], on_day date)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    secret bytea := equality_key();
BEGIN
    INSERT INTO residents_equalityanswer
        (landlord_id, pseudonym, version_id, question, option, words, answered_on)
    SELECT ours, equality_mark(secret, given.person), version, asked, given.code, '',
        date_trunc('month', on_day)::date
    FROM unnest(people, options) given (person, code)
    JOIN residents_person p ON p.landlord_id = ours AND p.id = given.person
    ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION equality_erase(person bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    who uuid;
BEGIN
    FOR who IN SELECT equality_marks_of(person) LOOP
        DELETE FROM residents_equalityanswer
        WHERE landlord_id = current_setting('app.landlord')::bigint AND pseudonym = who;
        PERFORM equality_forget_marks(who);
    END LOOP;
END $$;
"""
INTERNAL = [
    "equality_key()",
    "equality_mark(bytea, bigint)",
    "equality_marks_of(bigint)",
    "equality_forget_marks(uuid)",
]
OPEN = [
    "equality_record(bigint, bigint, jsonb, date)",
    "equality_record_many(bigint[], bigint, text, text[], date)",
    "equality_erase(bigint)",
]


def handed_over(internal: list[str], doors: list[str]) -> list[str]:
    """The functions become the keeper's, on a path of their own, closed to all but their callers."""
    statements = ["GRANT CREATE ON SCHEMA public TO involvement_equality"]
    for function in internal + doors:
        statements += [
            f"ALTER FUNCTION {function} SET search_path = pg_catalog, public, pg_temp",
            f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC",
        ]
    statements += [f"GRANT EXECUTE ON FUNCTION {door} TO involvement_web" for door in doors]
    statements += [
        f"ALTER FUNCTION {function} OWNER TO involvement_equality" for function in internal + doors
    ]
    return [*statements, "REVOKE CREATE ON SCHEMA public FROM involvement_equality"]


def dropped(functions: list[str]) -> list[str]:
    return [f"DROP FUNCTION {function}" for function in reversed(functions)]


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial")]

    operations = [
        migrations.RunSQL([INSIDE, DOORS, *handed_over(INTERNAL, OPEN)], dropped(INTERNAL + OPEN))
    ]
