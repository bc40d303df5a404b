-- Which comments contain which three letters in a row, for the moderators' search. A server without pg_trgm, or whose owner may not
-- have it, searches without, only slower. The index is partial so that it is passed over when the next migration is made from the
-- models, which cannot say what it is. \x3b is a semicolon: a plain one is where the schema engine parts the statements.
DO E'BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm\x3b
    CREATE INDEX "Comment_folded_trigram_idx" ON "Comment" USING gin ("folded" gin_trgm_ops) WHERE "folded" <> \'\'\x3b
EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
        RAISE NOTICE \'no pg_trgm here: %\', SQLERRM\x3b
END';
