from importlib import import_module

from django.db import migrations

store = import_module("residents.migrations.0002_equality_store")

# Who lives here and who took part, each under the mark that answers are kept under.
PEOPLE = """
CREATE FUNCTION equality_took_part(since date, until date, of_kind text)
RETURNS TABLE (person bigint) LANGUAGE sql STABLE AS $$
    -- Membership falls on every day it lasts; what was withdrawn was a mistake
    SELECT DISTINCT p.person_id FROM residents_participation p
    WHERE p.landlord_id = current_setting('app.landlord')::bigint
        AND p.withdrawn_at IS NULL AND p.person_id IS NOT NULL AND p.began_on <= until
        AND (p.began_on > since OR p.kind = 'MEMBER' AND (p.ended_on IS NULL OR p.ended_on > since))
        AND (coalesce(of_kind, '') = '' OR p.kind = of_kind)
$$;

CREATE FUNCTION equality_people(secret bytea, of_unit bigint, of_kind text, until date)
RETURNS TABLE (mark uuid, quarter boolean, year boolean, three_years boolean,
               unit text, place text, tenure text, customer text, years text)
LANGUAGE sql STABLE AS $$
    SELECT equality_mark(secret, p.id), q.person IS NOT NULL, y.person IS NOT NULL,
        t.person IS NOT NULL, p.unit_id::text, p.place_id::text, h.tenure,
        p.customer_type_id::text, extract(year FROM age(until, p.born_on))::int::text
    FROM residents_person p
    LEFT JOIN residents_home h ON h.landlord_id = p.landlord_id AND h.id = p.home_id
    LEFT JOIN residents_customertype c ON c.landlord_id = p.landlord_id AND c.id = p.customer_type_id
    LEFT JOIN equality_took_part((until - interval '3 months')::date, until, of_kind) q
        ON q.person = p.id
    LEFT JOIN equality_took_part((until - interval '1 year')::date, until, of_kind) y
        ON y.person = p.id
    LEFT JOIN equality_took_part((until - interval '3 years')::date, until, of_kind) t
        ON t.person = p.id
    WHERE p.landlord_id = current_setting('app.landlord')::bigint
        AND p.status = 'CURRENT' AND p.merged_into_id IS NULL AND coalesce(c.lives_here, true)
        AND (of_unit IS NULL OR p.unit_id = of_unit)
$$;
"""
CHANGES = """
CREATE FUNCTION equality_changes(before bigint[], now bigint[]) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest(
        (SELECT count(*) FROM (SELECT unnest(before) EXCEPT ALL SELECT unnest(now)) gone),
        (SELECT count(*) FROM (SELECT unnest(now) EXCEPT ALL SELECT unnest(before)) come))::int
$$;

CREATE FUNCTION equality_printed(cells int[], shown boolean[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(CASE WHEN may THEN equality_rounded(n) END ORDER BY place), '[]')
    FROM unnest(cells, shown) WITH ORDINALITY c (n, may, place)
$$;

-- The tables of one characteristic that are out already, each with whether those counted in
-- `window_key` are all counted there, too.
CREATE FUNCTION equality_out_already(
    characteristic text, slice text, window_key text, quarter date, at_level int, outside boolean)
RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'cells', t.counts, 'total', t.total, 'inside', o.inside,
        'shown', CASE WHEN outside THEN t.shown_outside ELSE t.shown END)), '[]')
    FROM (VALUES
        ('YEAR', '', 'LIVES', true), ('THREE_YEARS', '', 'LIVES', true),
        ('THREE_YEARS', '', 'YEAR', false), ('QUARTER', '', 'LIVES', true),
        ('QUARTER', '', 'YEAR', true), ('QUARTER', '', 'THREE_YEARS', true),
        ('LIVES', slice, 'LIVES', true), ('YEAR', slice, 'LIVES', true),
        ('YEAR', slice, 'YEAR', true), ('YEAR', slice, 'THREE_YEARS', true),
        ('YEAR', slice, 'OWN', true)
    ) o (mine, of_slice, theirs, inside)
    JOIN residents_equalitytable t
        ON t.landlord_id = current_setting('app.landlord')::bigint
        AND t.quarter_on = quarter AND t.level = at_level
        AND t.key = CASE WHEN o.theirs = 'OWN' THEN characteristic || '|' || slice || '|LIVES'
                         ELSE characteristic || '||' || o.theirs END
    WHERE o.mine = window_key AND o.of_slice = slice
        AND NOT (slice = '' AND o.theirs = 'OWN') AND NOT (slice = '' AND o.mine = o.theirs)
$$;

-- How many there are of each answer among those of `flags`, or of everybody. The last place is for
-- those of whom nothing is known.
CREATE FUNCTION equality_counted(answers int[], people int[], flags boolean[], size int, total int)
RETURNS int[] LANGUAGE sql IMMUTABLE AS $$
    WITH among AS (
        SELECT n, person FROM unnest(answers, people) a (n, person)
        WHERE n IS NOT NULL AND (flags IS NULL OR flags[person])
    )
    SELECT array_agg(CASE WHEN g.n = size THEN total - (SELECT count(DISTINCT person)::int FROM among)
                          ELSE coalesce(c.counted, 0) END ORDER BY g.n)
    FROM generate_series(1, size) g (n)
    LEFT JOIN (SELECT n, count(*)::int AS counted FROM among GROUP BY n) c USING (n)
$$;

CREATE FUNCTION equality_as_table(cells int[], total int, shown boolean[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object('cells', to_jsonb(cells), 'total', total, 'shown', to_jsonb(
        coalesce(shown, array_fill(false, ARRAY[cardinality(cells)]))))
$$;

-- The tables of one characteristic that are out already, the whole, its parts and its kinds, as
-- `equality_shown_of_day` takes them.
CREATE FUNCTION equality_day(characteristic text, quarter date, at_level int, outside boolean)
RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH out_already AS (
        SELECT split_part(t.key, '|', 2) AS slice, split_part(t.key, '|', 3) AS window_key,
            equality_as_table(t.counts, t.total,
                CASE WHEN outside THEN t.shown_outside ELSE t.shown END) AS printed
        FROM residents_equalitytable t
        WHERE t.landlord_id = current_setting('app.landlord')::bigint
            AND t.quarter_on = quarter AND t.level = at_level
            AND split_part(t.key, '|', 1) = characteristic
    ), parts AS (
        SELECT slice, jsonb_object_agg(window_key, printed) AS printed
        FROM out_already WHERE slice LIKE 'unit %' GROUP BY slice
    )
    SELECT jsonb_build_object(
        'whole', (SELECT jsonb_object_agg(window_key, printed) FROM out_already WHERE slice = ''),
        'units', coalesce((SELECT jsonb_agg(printed ORDER BY slice) FROM parts), '[]'),
        'kinds', coalesce((SELECT jsonb_agg(printed ORDER BY slice) FROM out_already
                           WHERE slice LIKE 'kind %'), '[]'))
$$;
"""
CUT = """
CREATE FUNCTION equality_cut_one(
    slice text, quarter date, marks uuid[], in_quarter boolean[], in_year boolean[],
    in_three boolean[], words text[], one jsonb)
RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    ours bigint := current_setting('app.landlord')::bigint;
    characteristic text := one ->> 'key';
    adds_up boolean := (one ->> 'adds_up')::boolean;
    size int := (one ->> 'detail')::int;
    at_level int := 0;
    s_mark uuid[]; s_detail int[]; s_pooled int[]; s_place int[];
    s_n int[];
    flags boolean[];
    window_key text;
    cells int[];
    total int;
    fresh bigint[];
    shown boolean[];
    outside boolean[];
    may boolean[];
    in_public boolean;
    others jsonb;
    day jsonb;
    spot text[];
    old residents_equalitytable;
    whole residents_equalitytable;
    out jsonb := '{}';
BEGIN
    SELECT array_agg(p.mark), array_agg(m.detail), array_agg(m.pooled), array_agg(p.place)
    INTO s_mark, s_detail, s_pooled, s_place
    FROM (SELECT mark, word, place FROM unnest(marks, words) WITH ORDINALITY u (mark, word, place)) p
    LEFT JOIN residents_equalityanswer a ON one ->> 'source' = 'ANSWER'
        AND a.landlord_id = ours AND a.question = characteristic AND a.pseudonym = p.mark
    JOIN jsonb_to_recordset(one -> 'map') m (version bigint, code text, detail int, pooled int)
        ON CASE WHEN one ->> 'source' = 'ANSWER' THEN m.version = a.version_id AND m.code = a.option
                ELSE m.code = p.word END;
    IF slice <> '' THEN
        SELECT * INTO whole FROM residents_equalitytable
        WHERE landlord_id = ours AND key = characteristic || '||YEAR';
        IF whole.quarter_on IS DISTINCT FROM quarter THEN
            RETURN jsonb_build_object('key', characteristic, 'kept', true);
        END IF;
        at_level := whole.level;
    ELSIF (one ->> 'pooled')::int > 0 THEN
        -- Pooled where more than half of the detail of who took part would be hidden
        SELECT CASE WHEN 2 * count(*) FILTER (WHERE coalesce(t.took, 0) < 10) > count(*)
                    THEN 1 ELSE 0 END
        INTO at_level
        FROM generate_series(1, size - 2) g (n)
        LEFT JOIN (SELECT u.n, count(*) FILTER (WHERE in_year[u.place]) AS took
                   FROM unnest(s_detail, s_place) u (n, place) GROUP BY u.n) t ON t.n = g.n;
    END IF;
    IF at_level = 1 THEN
        size := (one ->> 'pooled')::int;
    END IF;
    s_n := CASE WHEN at_level = 1 THEN s_pooled ELSE s_detail END;
    FOREACH window_key IN ARRAY CASE WHEN slice = '' THEN ARRAY['LIVES', 'YEAR', 'THREE_YEARS', 'QUARTER']
                                     WHEN slice LIKE 'unit%' THEN ARRAY['LIVES', 'YEAR']
                                     ELSE ARRAY['YEAR'] END
    LOOP
        flags := CASE window_key WHEN 'QUARTER' THEN in_quarter WHEN 'YEAR' THEN in_year
                                 WHEN 'THREE_YEARS' THEN in_three END;
        total := CASE WHEN window_key = 'LIVES' THEN cardinality(marks)
                      ELSE cardinality(array_positions(flags, true)) END;
        cells := equality_counted(s_n, s_place, flags, size, total);
        -- Changes are counted pooled, where it can be: what moves inside a group covers nobody
        SELECT coalesce(array_agg(hashtextextended(u.mark::text, coalesce(u.pooled, u.n))), '{}')
        INTO fresh FROM unnest(s_mark, s_n, s_pooled, s_place) u (mark, n, pooled, place)
        WHERE u.n IS NOT NULL AND (window_key = 'LIVES' OR flags[u.place]);
        FOREACH in_public IN ARRAY ARRAY[false, true] LOOP
            others := equality_out_already(
                characteristic, slice, window_key, quarter, at_level, in_public);
            may := CASE WHEN in_public THEN shown ELSE array_fill(true, ARRAY[size]) END;
            IF slice = '' THEN
                may := equality_shown(
                    cells, total, others, CASE WHEN in_public THEN 10 ELSE 5 END, adds_up, may);
            ELSE
                day := equality_day(characteristic, quarter, at_level, in_public);
                spot := ARRAY['kinds', jsonb_array_length(day -> 'kinds')::text];
                IF slice LIKE 'unit%' THEN
                    -- This year is counted before it is printed: who lives here includes it
                    IF window_key = 'LIVES' THEN
                        day := jsonb_insert(day, '{units,0}', jsonb_build_object('YEAR',
                            equality_as_table(equality_counted(s_n, s_place, in_year, size,
                                cardinality(array_positions(in_year, true))),
                                cardinality(array_positions(in_year, true)), NULL)));
                        spot := '{units,0,LIVES}';
                    ELSE
                        SELECT ARRAY['units', (u.number - 1)::text, 'YEAR'] INTO spot
                        FROM jsonb_array_elements(day -> 'units') WITH ORDINALITY u (part, number)
                        WHERE u.part -> 'YEAR' IS NULL;
                    END IF;
                END IF;
                day := jsonb_insert(day, spot, equality_as_table(cells, total, NULL));
                may := equality_shown_of_day(
                    day, spot, others, CASE WHEN in_public THEN 10 ELSE 5 END, adds_up, may);
            END IF;
            IF in_public THEN
                outside := may;
            ELSE
                shown := may;
            END IF;
        END LOOP;
        SELECT * INTO old FROM residents_equalitytable WHERE landlord_id = ours
            AND key = characteristic || '|' || slice || '|' || window_key;
        IF old.quarter_on >= quarter OR (true = ANY (old.shown) AND true = ANY (shown)
            AND NOT (old.level = at_level AND old.counts = cells)
            AND equality_changes(old.marks, fresh) < 10)
        THEN
            RAISE EXCEPTION 'too little has changed' USING ERRCODE = 'EQ001';
        END IF;
        INSERT INTO residents_equalitytable
            (landlord_id, key, quarter_on, level, counts, total, shown, shown_outside, marks)
        VALUES (ours, characteristic || '|' || slice || '|' || window_key, quarter, at_level, cells,
                total, shown, outside, fresh)
        ON CONFLICT (landlord_id, key) DO UPDATE SET quarter_on = excluded.quarter_on,
            level = excluded.level, counts = excluded.counts, total = excluded.total,
            shown = excluded.shown, shown_outside = excluded.shown_outside, marks = excluded.marks;
        out := out || jsonb_build_object(window_key, jsonb_build_object('total', total,
            'inside', equality_printed(cells, shown), 'outside', equality_printed(cells, outside)));
    END LOOP;
    RETURN jsonb_build_object(
        'key', characteristic, 'kept', false, 'level', at_level, 'tables', out);
EXCEPTION WHEN SQLSTATE 'EQ001' THEN
    RETURN jsonb_build_object('key', characteristic, 'kept', true);
END $$;

CREATE FUNCTION equality_cut_slice(
    of_unit bigint, of_kind text, quarter date, until date, asked jsonb)
RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    secret bytea := equality_key();
    slice text := coalesce('unit ' || of_unit, '') || coalesce('kind ' || nullif(of_kind, ''), '');
    marks uuid[]; in_quarter boolean[]; in_year boolean[]; in_three boolean[];
    units text[]; places text[]; tenures text[]; customers text[]; years text[];
    one jsonb;
    out jsonb := '[]';
BEGIN
    IF of_unit IS NOT NULL AND coalesce(of_kind, '') <> '' THEN
        RAISE EXCEPTION 'no more than two things are crossed' USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(array_agg(mark), '{}'), coalesce(array_agg(p.quarter), '{}'),
        coalesce(array_agg(year), '{}'), coalesce(array_agg(three_years), '{}'),
        coalesce(array_agg(unit), '{}'), coalesce(array_agg(place), '{}'),
        coalesce(array_agg(tenure), '{}'), coalesce(array_agg(customer), '{}'),
        coalesce(array_agg(p.years), '{}')
    INTO marks, in_quarter, in_year, in_three, units, places, tenures, customers, years
    FROM equality_people(secret, of_unit, of_kind, until) p;
    FOR one IN SELECT jsonb_array_elements(asked) LOOP
        out := out || equality_cut_one(slice, quarter, marks, in_quarter, in_year, in_three,
            CASE one ->> 'source' WHEN 'UNIT' THEN units WHEN 'PLACE' THEN places
                 WHEN 'TENURE' THEN tenures WHEN 'CUSTOMER' THEN customers WHEN 'AGE' THEN years
                 ELSE array_fill(NULL::text, ARRAY[cardinality(marks)]) END, one);
    END LOOP;
    RETURN out;
END $$;

-- All slices of a quarter at once, and before the transaction has written anything: whoever could
-- change people, count and take the change back would see what one person answered.
CREATE FUNCTION equality_cut(quarter date, until date, slices jsonb)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    slice jsonb;
    out jsonb := '[]';
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RAISE EXCEPTION 'figures are taken before anything is written'
            USING ERRCODE = 'active_sql_transaction';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('equality_cut'),
        (current_setting('app.landlord')::bigint % 2147483647)::int);
    FOR slice IN SELECT jsonb_array_elements(slices) LOOP
        out := out || jsonb_build_array(equality_cut_slice((slice ->> 'unit')::bigint,
            slice ->> 'kind', quarter, until, slice -> 'asked'));
    END LOOP;
    RETURN out;
END $$;
"""
INTERNAL = [
    "equality_took_part(date, date, text)",
    "equality_people(bytea, bigint, text, date)",
    "equality_changes(bigint[], bigint[])",
    "equality_printed(int[], boolean[])",
    "equality_out_already(text, text, text, date, int, boolean)",
    "equality_counted(int[], int[], boolean[], int, int)",
    "equality_as_table(int[], int, boolean[])",
    "equality_day(text, date, int, boolean)",
    "equality_cut_one(text, date, uuid[], boolean[], boolean[], boolean[], text[], jsonb)",
    "equality_cut_slice(bigint, text, date, date, jsonb)",
]
OPEN = ["equality_cut(date, date, jsonb)"]


class Migration(migrations.Migration):
    dependencies = [("residents", "0003_equality_figures")]

    operations = [
        migrations.RunSQL(
            [PEOPLE, CHANGES, CUT, *store.handed_over(INTERNAL, OPEN)],
            store.dropped(INTERNAL + OPEN),
        )
    ]
