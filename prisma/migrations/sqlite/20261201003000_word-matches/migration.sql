-- Entries of word lists were looked for inside words: they say so from now on, as new ones are whole words.
UPDATE "Site" SET "settings" = json_set("settings", '$.holdWords', (
  SELECT json_group_array(json_object('text', "value", 'match', 'anywhere')) FROM json_each("Site"."settings", '$.holdWords')
)) WHERE json_type("settings", '$.holdWords') = 'array' AND json_array_length("settings", '$.holdWords') > 0;
UPDATE "Site" SET "settings" = json_set("settings", '$.rejectWords', (
  SELECT json_group_array(json_object('text', "value", 'match', 'anywhere')) FROM json_each("Site"."settings", '$.rejectWords')
)) WHERE json_type("settings", '$.rejectWords') = 'array' AND json_array_length("settings", '$.rejectWords') > 0;
