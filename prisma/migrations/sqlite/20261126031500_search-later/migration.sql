-- New comments wait here until the index of trigrams takes them in, many at once: for one reply alone, that cost as much as all the
-- rest of storing it. Meanwhile the search looks at them one by one.
CREATE TABLE "CommentUnindexed" ("commentId" TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;

DROP TRIGGER "Comment_searchable";
CREATE TRIGGER "Comment_searchable" AFTER INSERT ON "Comment" BEGIN
    INSERT INTO "CommentUnindexed" ("commentId") VALUES (new."id");
END;

-- One that has no number yet is in no index: the selects find nothing then, as in the trigger for changes.
DROP TRIGGER "Comment_unsearchable";
CREATE TRIGGER "Comment_unsearchable" AFTER DELETE ON "Comment" BEGIN
    INSERT INTO "CommentTrigram" ("CommentTrigram", rowid, "folded")
        SELECT 'delete', "number", old."folded" FROM "CommentNumber" WHERE "commentId" = old."id";
    DELETE FROM "CommentNumber" WHERE "commentId" = old."id";
    DELETE FROM "CommentUnindexed" WHERE "commentId" = old."id";
END;
