-- Entries of word lists were looked for inside words: they say so from now on, as new ones are whole words.
UPDATE "Site" SET "settings" = jsonb_set("settings", '{holdWords}', (
  SELECT jsonb_agg(jsonb_build_object('text', "entry", 'match', 'anywhere')) FROM jsonb_array_elements_text("settings"->'holdWords') AS "entries"("entry")
)) WHERE jsonb_typeof("settings"->'holdWords') = 'array' AND jsonb_array_length("settings"->'holdWords') > 0;
UPDATE "Site" SET "settings" = jsonb_set("settings", '{rejectWords}', (
  SELECT jsonb_agg(jsonb_build_object('text', "entry", 'match', 'anywhere')) FROM jsonb_array_elements_text("settings"->'rejectWords') AS "entries"("entry")
)) WHERE jsonb_typeof("settings"->'rejectWords') = 'array' AND jsonb_array_length("settings"->'rejectWords') > 0;
