from django.db import migrations

# Folds as `residents.people.queries.search.fold` does; a test compares the two.
FOLD = r"""
CREATE FUNCTION resident_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(
        lower(translate(
            CASE WHEN octet_length(words) = length(words) THEN words
                ELSE regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g') END,
            'ŁØĐÞÐÆŒłøđßıþðæœ', 'LODTDAOlodsitdao'
        )),
        '''’ʼ`', ''
    )
$$;
-- A word that begins another from the same place is left out: whoever asks for it finds the longer
-- one. So it is with the first part of a reference, and of a postcode once its gap is closed.
CREATE FUNCTION resident_terms(name text, reference text, phone text, email text, address text)
RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT DISTINCT left(term, 80) FROM (
        SELECT regexp_split_to_table(
            regexp_replace(
                resident_fold(
                    name || ' ' || address
                    || coalesce(' ' || substring(reference FROM '[\s,.;:/()"&_-](.*)'), '')
                    || CASE WHEN name ~ '[''’ʼ]' THEN ' ' || translate(name, '''’ʼ', '   ') ELSE '' END
                ),
                '\m([a-z]{1,2}[0-9][a-z0-9]?) ([0-9][a-z]{2})\M', '\1\2 \2', 'g'
            ),
            '[\s,.;:/()"&_-]+'
        ) AS term
        UNION ALL
        SELECT resident_fold(reference)
        UNION ALL
        SELECT lower(email)
        UNION ALL
        SELECT unnest(ARRAY['#' || national, '~' || reverse(national)]) FROM (
            SELECT CASE WHEN digits ~ '^(0044|44)[0-9]{3}'
                THEN '0' || regexp_replace(digits, '^(0044|44)0?', '') ELSE digits END AS national
            FROM (SELECT regexp_replace(phone, '\D', '', 'g') AS digits) AS dialled
        ) AS number
    ) AS terms
    WHERE length(term) >= 3 AND term <> 'demo'
$$;
"""
UNFOLD = """
DROP FUNCTION resident_terms(text, text, text, text, text);
DROP FUNCTION resident_fold(text);
"""

# Who was merged away finds whoever they were found to be; nobody finds who was erased.
KEEP = """
CREATE FUNCTION person_terms_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO residents_personterm (landlord_id, person_id, merged_from_id, term)
    SELECT come.landlord_id, coalesce(come.merged_into_id, come.id),
        CASE WHEN come.merged_into_id IS NOT NULL THEN come.id END, term
    FROM come, resident_terms(come.name, come.reference, come.phone, come.email, come.address) AS term
    WHERE come.status <> 'ERASED';
    RETURN NULL;
END
$$;
CREATE FUNCTION person_terms_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    SELECT array_agg(come.id) INTO touched FROM come JOIN gone USING (landlord_id, id)
    WHERE (come.name, come.reference, come.phone, come.email, come.address, come.status,
           come.merged_into_id)
        IS DISTINCT FROM
          (gone.name, gone.reference, gone.phone, gone.email, gone.address, gone.status,
           gone.merged_into_id);
    IF touched IS NULL THEN
        RETURN NULL;
    END IF;
    DELETE FROM residents_personterm AS kept USING come
    WHERE kept.landlord_id = come.landlord_id AND come.id = ANY (touched)
        AND kept.person_id = come.id AND kept.merged_from_id IS NULL;
    DELETE FROM residents_personterm AS kept USING come
    WHERE kept.landlord_id = come.landlord_id AND come.id = ANY (touched)
        AND kept.merged_from_id = come.id;
    INSERT INTO residents_personterm (landlord_id, person_id, merged_from_id, term)
    SELECT come.landlord_id, coalesce(come.merged_into_id, come.id),
        CASE WHEN come.merged_into_id IS NOT NULL THEN come.id END, term
    FROM come, resident_terms(come.name, come.reference, come.phone, come.email, come.address) AS term
    WHERE come.id = ANY (touched) AND come.status <> 'ERASED';
    RETURN NULL;
END
$$;
CREATE TRIGGER terms_of_new_people_are_kept
    AFTER INSERT ON residents_person REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION person_terms_of_new();
CREATE TRIGGER terms_of_changed_people_are_kept
    AFTER UPDATE ON residents_person REFERENCING NEW TABLE AS come OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION person_terms_of_changed();
"""
FORGET = """
DROP TRIGGER terms_of_changed_people_are_kept ON residents_person;
DROP TRIGGER terms_of_new_people_are_kept ON residents_person;
DROP FUNCTION person_terms_of_changed();
DROP FUNCTION person_terms_of_new();
"""


class Migration(migrations.Migration):
    """The words by which people are found are kept beside them, however they are written."""

    dependencies = [("residents", "0004_equality_totals")]
    operations = [
        migrations.RunSQL(FOLD, UNFOLD),
        migrations.RunSQL(KEEP, FORGET),
    ]
