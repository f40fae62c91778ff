from django.db import migrations

KEEP_WORDS = """
CREATE FUNCTION said_words_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actionplans_saidword (landlord_id, feedback_id, word, said_on)
    SELECT said.landlord_id, said.id, word, said.said_on
    FROM said, unnest(tsvector_to_array(to_tsvector('english', said.words))) AS word;
    RETURN NULL;
END
$$;
CREATE FUNCTION said_words_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM actionplans_saidword
    WHERE landlord_id = NEW.landlord_id AND feedback_id = NEW.id;
    INSERT INTO actionplans_saidword (landlord_id, feedback_id, word, said_on)
    SELECT NEW.landlord_id, NEW.id, word, NEW.said_on
    FROM unnest(tsvector_to_array(to_tsvector('english', NEW.words))) AS word;
    RETURN NULL;
END
$$;
CREATE TRIGGER words_of_new_feedback_are_kept
    AFTER INSERT ON actionplans_feedback REFERENCING NEW TABLE AS said
    FOR EACH STATEMENT EXECUTE FUNCTION said_words_of_new();
CREATE TRIGGER words_of_changed_feedback_are_kept
    AFTER UPDATE OF words, said_on ON actionplans_feedback FOR EACH ROW
    WHEN (OLD.words IS DISTINCT FROM NEW.words OR OLD.said_on IS DISTINCT FROM NEW.said_on)
    EXECUTE FUNCTION said_words_of_changed();
"""
FORGET_WORDS = """
DROP TRIGGER words_of_new_feedback_are_kept ON actionplans_feedback;
DROP TRIGGER words_of_changed_feedback_are_kept ON actionplans_feedback;
DROP FUNCTION said_words_of_new();
DROP FUNCTION said_words_of_changed();
"""

# Only the entries' triggers, one level down, may change it: whoever saves a whole piece of feedback
# read earlier would put back what stood then.
KEEP_THEMES = """
CREATE FUNCTION feedback_keeps_in_a_theme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.in_a_theme := OLD.in_a_theme;
    RETURN NEW;
END
$$;
CREATE TRIGGER feedback_in_a_theme_is_what_its_entries_say
    BEFORE UPDATE OF in_a_theme ON actionplans_feedback FOR EACH ROW
    WHEN (OLD.in_a_theme IS DISTINCT FROM NEW.in_a_theme AND pg_trigger_depth() = 0)
    EXECUTE FUNCTION feedback_keeps_in_a_theme();
CREATE FUNCTION entries_have_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE actionplans_feedback AS feedback SET in_a_theme = EXISTS (
        SELECT 1 FROM actionplans_themeentry AS entry
        WHERE entry.landlord_id = feedback.landlord_id AND entry.feedback_id = feedback.id
    )
    FROM (SELECT DISTINCT landlord_id, feedback_id FROM changed) AS touched
    WHERE feedback.landlord_id = touched.landlord_id AND feedback.id = touched.feedback_id;
    RETURN NULL;
END
$$;
CREATE FUNCTION entries_have_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE actionplans_feedback AS feedback SET in_a_theme = TRUE
    FROM (SELECT DISTINCT landlord_id, feedback_id FROM changed) AS touched
    WHERE feedback.landlord_id = touched.landlord_id AND feedback.id = touched.feedback_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER feedback_knows_it_has_come_into_a_theme
    AFTER INSERT ON actionplans_themeentry REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION entries_have_come();
CREATE TRIGGER feedback_knows_it_has_left_a_theme
    AFTER DELETE ON actionplans_themeentry REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION entries_have_changed();
"""
FORGET_THEMES = """
DROP TRIGGER feedback_knows_it_has_left_a_theme ON actionplans_themeentry;
DROP TRIGGER feedback_knows_it_has_come_into_a_theme ON actionplans_themeentry;
DROP TRIGGER feedback_in_a_theme_is_what_its_entries_say ON actionplans_feedback;
DROP FUNCTION entries_have_come();
DROP FUNCTION entries_have_changed();
DROP FUNCTION feedback_keeps_in_a_theme();
"""


class Migration(migrations.Migration):
    """What the log's filters need is kept beside what was said, however that is written."""

    dependencies = [("actionplans", "0002_minority_view_kept")]
    operations = [
        migrations.RunSQL(KEEP_WORDS, FORGET_WORDS),
        migrations.RunSQL(KEEP_THEMES, FORGET_THEMES),
    ]
