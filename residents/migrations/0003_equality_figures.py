from django.db import migrations

# What hides small numbers. A cell that is shown is rounded to five and lies within two of what is
# printed; a hidden one is printed as nothing at all. Totals are taken to be known exactly, and so
# is which cells were hidden for being small: the attacker is given more than the page gives.
HIDING = """
CREATE FUNCTION equality_rounded(n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT (5 * round(n / 5.0))::int
$$;

-- Whether a hidden cell of either table could be narrowed to fewer than three values, where nobody
-- is in `small` who is not in `large`. Each bound is reached by tables that would print the same.
CREATE FUNCTION equality_weak(
    small int[], small_shown boolean[], small_total int,
    large int[], large_shown boolean[], large_total int, threshold int, adds_up boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    WITH known AS (
        SELECT true = ANY (small_shown) AS s_out, true = ANY (large_shown) AS l_out
    ), box AS (
        SELECT s_shown, l_shown, s_out, l_out,
            CASE WHEN NOT s_out THEN 0 WHEN s_shown THEN greatest(threshold, equality_rounded(s) - 2)
                 WHEN s < threshold THEN 0 ELSE threshold END AS s_low,
            CASE WHEN NOT s_out THEN small_total WHEN s_shown THEN equality_rounded(s) + 2
                 WHEN s < threshold THEN threshold - 1 ELSE small_total END AS s_high,
            CASE WHEN NOT l_out THEN 0 WHEN l_shown THEN greatest(threshold, equality_rounded(l) - 2)
                 WHEN l < threshold THEN 0 ELSE threshold END AS l_low,
            CASE WHEN NOT l_out THEN large_total WHEN l_shown THEN equality_rounded(l) + 2
                 WHEN l < threshold THEN threshold - 1 ELSE large_total END AS l_high,
            CASE WHEN l_out THEN l ELSE large_total END AS cap,
            CASE WHEN s_out THEN s ELSE 0 END AS floor
        FROM known, unnest(small, small_shown, large, large_shown) c (s, s_shown, l, l_shown)
    ), others AS (
        SELECT *,
            sum(least(s_high, cap)) OVER () - least(s_high, cap) AS s_most,
            sum(s_low) OVER () - s_low AS s_least,
            sum(l_high) OVER () - l_high AS l_most,
            sum(greatest(l_low, floor)) OVER () - greatest(l_low, floor) AS l_least
        FROM box
    ), reach AS (
        SELECT *,
            greatest(s_low, CASE WHEN adds_up THEN small_total - s_most ELSE 0 END) AS s_min,
            least(l_high, CASE WHEN adds_up THEN large_total - l_least ELSE large_total END) AS l_max
        FROM others
    )
    SELECT coalesce(bool_or(
        (s_out AND NOT s_shown AND
            least(s_high, CASE WHEN l_out THEN l_max ELSE large_total END,
                  CASE WHEN adds_up THEN small_total - s_least ELSE small_total END) - s_min < 2)
        OR (l_out AND NOT l_shown AND
            l_max - greatest(l_low, CASE WHEN s_out THEN s_min ELSE 0 END,
                             CASE WHEN adds_up THEN large_total - l_most ELSE 0 END) < 2)
    ), false) FROM reach
$$;

-- Which cells of a table may be shown beside tables that are out already. `others` lists those:
-- {"cells", "shown", "total", "inside"}; inside says that everybody in this table is in that one.
CREATE FUNCTION equality_shown(
    cells int[], total int, others jsonb, threshold int, adds_up boolean, within boolean[])
RETURNS boolean[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    nothing boolean[] := array_fill(false, ARRAY[cardinality(cells)]);
    shown boolean[];
    other jsonb;
    theirs int[];
    out boolean[];
    weak boolean;
    smallest int;
BEGIN
    IF total < 5 * threshold THEN
        RETURN nothing;
    END IF;
    SELECT array_agg(n >= threshold AND coalesce(may, true) ORDER BY place) INTO shown
    FROM unnest(cells, within) WITH ORDINALITY c (n, may, place);
    LOOP
        EXIT WHEN NOT true = ANY (shown);
        weak := equality_weak(cells, shown, total, cells, nothing, total, threshold, adds_up);
        FOR other IN SELECT jsonb_array_elements(others) LOOP
            EXIT WHEN weak;
            theirs := ARRAY(SELECT jsonb_array_elements_text(other -> 'cells')::int);
            out := ARRAY(SELECT jsonb_array_elements_text(other -> 'shown')::boolean);
            IF (other ->> 'inside')::boolean THEN
                weak := equality_weak(cells, shown, total, theirs, out,
                                      (other ->> 'total')::int, threshold, adds_up);
            ELSE
                weak := equality_weak(theirs, out, (other ->> 'total')::int, cells, shown,
                                      total, threshold, adds_up);
            END IF;
        END LOOP;
        EXIT WHEN NOT weak;
        SELECT place INTO smallest FROM unnest(cells, shown) WITH ORDINALITY c (n, is_shown, place)
        WHERE is_shown ORDER BY n, place LIMIT 1;
        shown[smallest] := false;
    END LOOP;
    RETURN shown;
END $$;
"""
HELPERS = [
    "equality_rounded(int)",
    "equality_weak(int[], boolean[], int, int[], boolean[], int, int, boolean)",
    "equality_shown(int[], int, jsonb, int, boolean, boolean[])",
]
# These see no row: a page may hide small numbers of other tables with them, and tests try them.
GRANTS = [
    f"GRANT EXECUTE ON FUNCTION {one} TO involvement_web, involvement_read" for one in HELPERS
]
CLOSED = [f"REVOKE ALL ON FUNCTION {one} FROM PUBLIC" for one in HELPERS]
PATHS = [
    f"ALTER FUNCTION {one} SET search_path = pg_catalog, public, pg_temp" for one in HELPERS[2:]
]
KEEPER = [f"GRANT EXECUTE ON FUNCTION {one} TO involvement_equality" for one in HELPERS]


class Migration(migrations.Migration):
    dependencies = [("residents", "0002_equality_store")]

    operations = [
        migrations.RunSQL(
            [HIDING, *CLOSED, *GRANTS, *KEEPER, *PATHS],
            [f"DROP FUNCTION {one}" for one in reversed(HELPERS)],
        )
    ]
