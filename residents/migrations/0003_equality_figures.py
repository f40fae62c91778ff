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
TOGETHER = """
-- The cells of one printed table {"cells", "shown", "total"}, each with between what it is known to
-- lie.
CREATE FUNCTION equality_cells(printed jsonb, threshold int)
RETURNS TABLE (place int, n int, low int, high int, hidden boolean) LANGUAGE sql IMMUTABLE AS $$
    SELECT c.place::int, c.n::int,
        CASE WHEN NOT is_out THEN 0
             WHEN c.may::boolean THEN greatest(threshold, equality_rounded(c.n::int) - 2)
             WHEN c.n::int < threshold THEN 0 ELSE threshold END,
        CASE WHEN NOT is_out THEN (printed ->> 'total')::int
             WHEN c.may::boolean THEN equality_rounded(c.n::int) + 2
             WHEN c.n::int < threshold THEN threshold - 1 ELSE (printed ->> 'total')::int END,
        is_out AND NOT c.may::boolean
    FROM (SELECT printed -> 'shown' @> 'true' AS is_out) known,
        ROWS FROM (jsonb_array_elements_text(printed -> 'cells'),
                   jsonb_array_elements_text(printed -> 'shown'))
            WITH ORDINALITY c (n, may, place)
$$;

-- How far each cell of the tables of parts, and of the whole beside them, can move by itself:
-- {"whole": {"LIVES", "YEAR", "THREE_YEARS", "QUARTER"}, "units": [{"LIVES", "YEAR"}], "kinds": […]}.
-- In one system of rows and columns only residents who did not take part this year change their
-- answer, in the other only who took part changes: all else that is printed stays as it is. The rest
-- of the landlord, of whom no table is out, is row 0; the whole is below it, the wrong way round, once
-- for each of the longer and shorter times that may move with the year.
CREATE FUNCTION equality_moves(day jsonb, threshold int, adds_up boolean)
RETURNS TABLE (years boolean, line int, place int, up int, down int, hidden boolean)
LANGUAGE sql IMMUTABLE AS $$
    WITH whole AS (
        SELECT place, l.n, l.low, l.high, l.hidden, y.n AS y_n, y.low AS y_low, y.high AS y_high,
            y.hidden AS y_hidden, t.n AS t_n, t.low AS t_low, t.high AS t_high,
            q.n AS q_n, q.low AS q_low, q.high AS q_high,
            (SELECT coalesce(max((kind -> 'cells' ->> (place - 1))::int), 0)
             FROM jsonb_array_elements(day -> 'kinds') kind
             WHERE kind -> 'shown' @> 'true') AS in_kind
        FROM equality_cells(day #> '{whole,LIVES}', threshold) l
        JOIN equality_cells(day #> '{whole,YEAR}', threshold) y USING (place)
        JOIN equality_cells(day #> '{whole,THREE_YEARS}', threshold) t USING (place)
        JOIN equality_cells(day #> '{whole,QUARTER}', threshold) q USING (place)
    ), parts AS (
        SELECT u.number::int AS line, place, l.n, l.low, l.high, l.hidden,
            y.n AS y_n, y.low AS y_low, y.high AS y_high, y.hidden AS y_hidden,
            u.part #> '{LIVES,shown}' @> 'true' AS l_out, u.part #> '{YEAR,shown}' @> 'true' AS y_out
        FROM jsonb_array_elements(day -> 'units') WITH ORDINALITY u (part, number),
            equality_cells(u.part -> 'LIVES', threshold) l
            JOIN equality_cells(u.part -> 'YEAR', threshold) y USING (place)
    ), rest AS (
        SELECT w.place, w.n - coalesce(sum(p.n) FILTER (WHERE l_out), 0) AS n,
            w.y_n - coalesce(sum(p.y_n) FILTER (WHERE l_out), 0) AS n_year,
            w.n - coalesce(sum(p.n) FILTER (WHERE y_out), 0) AS y_lives,
            w.y_n - coalesce(sum(p.y_n) FILTER (WHERE y_out), 0) AS y_n
        FROM whole w LEFT JOIN parts p USING (place) GROUP BY w.place, w.n, w.y_n
    )
    SELECT false, line, place, high - n, least(n - low, n - y_n), hidden FROM parts WHERE l_out
    UNION ALL SELECT false, 0, place, 2, (n - n_year)::int, false FROM rest
    UNION ALL SELECT false, -1, place, least(n - low, n - t_n), high - n, hidden FROM whole
    UNION ALL SELECT true, line, place, least(y_high - y_n, n - y_n), y_n - y_low, y_hidden
        FROM parts WHERE y_out
    UNION ALL SELECT true, 0, place, (y_lives - y_n)::int, y_n::int, false FROM rest
    UNION ALL SELECT true, -1 - w.longer - 2 * w.shorter, place,
        least(y_n - y_low, y_n - in_kind,
              CASE w.longer WHEN 1 THEN t_n - t_low ELSE 2 END,
              CASE w.shorter WHEN 1 THEN q_n - q_low ELSE y_n - q_n END),
        least(y_high - y_n,
              CASE w.longer WHEN 1 THEN least(t_high - t_n, n - t_n) ELSE t_n - y_n END,
              CASE w.shorter WHEN 1 THEN q_high - q_n ELSE 2 END), y_hidden
        FROM whole, (VALUES (0, 0), (1, 0), (0, 1), (1, 1)) w (longer, shorter)
    -- Where somebody may give several answers, or none, each answer changes alone
    UNION ALL SELECT years, line, 0, 2, 2, false
        FROM unnest(ARRAY[false, true]) years, generate_series(-4, jsonb_array_length(day -> 'units')) line
        WHERE NOT adds_up
$$;

-- Whether the tables of parts and whole together leave a hidden cell fewer than three values, as far
-- as can be told: nobody has found two other populations that would print the same. Another one is a
-- way round through the table: a cell gains one, another cell of its line loses one, and so on back to
-- the cell's own column. Where a way round exists both ways, or one for two at once, three values do.
-- An edge leads from a column to another through any line but the cell's own. Most lines are the only
-- way of no edge, and share one walk: what it costs grows with the parts and not with their square.
CREATE FUNCTION equality_pinned(day jsonb, threshold int, adds_up boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    WITH RECURSIVE cell AS MATERIALIZED (
        SELECT * FROM equality_moves(day, threshold, adds_up)
    ), edge AS MATERIALIZED (
        SELECT a.years, step, a.place AS loses, b.place AS gains, min(line) AS first,
            max(line) AS last, max(line) >= 0 AS by_part
        FROM cell a JOIN cell b USING (years, line), generate_series(1, 2) step
        WHERE a.down >= step AND b.up >= step
        GROUP BY a.years, step, a.place, b.place
    ), asked AS MATERIALIZED (
        SELECT DISTINCT c.years, c.line,
            CASE WHEN c.line < 0 THEN 'whole' WHEN e.first IS NULL THEN 'any' ELSE c.line::text END
                AS shut
        FROM cell c LEFT JOIN edge e ON e.years = c.years AND e.first = c.line AND e.last = c.line
        WHERE c.hidden
    ), walk (years, step, shut, start, node) AS (
        SELECT DISTINCT years, step, shut, place, place
        FROM cell JOIN asked USING (years, line), generate_series(1, 2) step
        UNION
        SELECT w.years, w.step, w.shut, w.start, e.gains
        FROM walk w JOIN edge e ON e.years = w.years AND e.step = w.step AND e.loses = w.node
            AND CASE w.shut WHEN 'any' THEN true WHEN 'whole' THEN e.by_part
                            ELSE e.first::text <> w.shut OR e.last::text <> w.shut END
    ), hidden AS MATERIALIZED (
        SELECT c.*, asked.shut FROM cell c JOIN asked USING (years, line) WHERE c.hidden
    ), found AS (
        SELECT h.years, h.line, h.place, w.step, true AS gains
        FROM hidden h
        JOIN walk w ON w.years = h.years AND w.shut = h.shut AND w.start = h.place
            AND w.node <> h.place AND w.step <= h.up
        JOIN cell b ON b.years = h.years AND b.line = h.line AND b.place = w.node AND b.down >= w.step
        UNION ALL
        SELECT h.years, h.line, h.place, w.step, false
        FROM hidden h
        JOIN walk w ON w.years = h.years AND w.shut = h.shut AND w.node = h.place
            AND w.start <> h.place AND w.step <= h.down
        JOIN cell b ON b.years = h.years AND b.line = h.line AND b.place = w.start AND b.up >= w.step
    )
    SELECT EXISTS (
        SELECT FROM (SELECT DISTINCT years, greatest(line, -1) AS line, place FROM hidden) h
        LEFT JOIN (SELECT years, greatest(line, -1) AS line, place, step, gains FROM found) f
            USING (years, line, place)
        GROUP BY years, line, place
        HAVING NOT coalesce(bool_or(step = 2) OR bool_or(gains) AND bool_or(NOT gains), false)
    )
$$;

-- Which cells of the table at `path` of a day may be shown beside all of it: as `equality_shown`, and
-- fewer where parts and whole together would tell.
CREATE FUNCTION equality_shown_of_day(
    day jsonb, path text[], others jsonb, threshold int, adds_up boolean, within boolean[])
RETURNS boolean[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    cells int[] := ARRAY(SELECT jsonb_array_elements_text(day #> (path || 'cells'::text))::int);
    total int := (day #>> (path || 'total'::text))::int;
    shown boolean[] := within;
    smallest int;
BEGIN
    LOOP
        shown := equality_shown(cells, total, others, threshold, adds_up, shown);
        EXIT WHEN NOT true = ANY (shown) OR NOT equality_pinned(
            jsonb_set(day, path || 'shown'::text, to_jsonb(shown)), threshold, adds_up);
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
    "equality_cells(jsonb, int)",
    "equality_moves(jsonb, int, boolean)",
    "equality_pinned(jsonb, int, boolean)",
    "equality_shown_of_day(jsonb, text[], jsonb, int, boolean, boolean[])",
]
# These see no row: a page may hide small numbers of other tables with them, and tests try them.
GRANTS = [
    f"GRANT EXECUTE ON FUNCTION {one} TO involvement_web, involvement_read" for one in HELPERS
]
CLOSED = [f"REVOKE ALL ON FUNCTION {one} FROM PUBLIC" for one in HELPERS]
PATHS = [
    f"ALTER FUNCTION {one} SET search_path = pg_catalog, public, pg_temp"
    for one in HELPERS
    if one.startswith("equality_shown")
]
KEEPER = [f"GRANT EXECUTE ON FUNCTION {one} TO involvement_equality" for one in HELPERS]


class Migration(migrations.Migration):
    dependencies = [("residents", "0002_equality_store")]

    operations = [
        migrations.RunSQL(
            [HIDING, TOGETHER, *CLOSED, *GRANTS, *KEEPER, *PATHS],
            [f"DROP FUNCTION {one}" for one in reversed(HELPERS)],
        )
    ]
