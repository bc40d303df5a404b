-- Which comments contain which three letters in a row: what the moderators' search asks before it reads a single comment.
-- The index holds no text of its own ("contentless"), only which row has which trigram; what it finds is compared with the comment.
-- It names rows by numbers, and the comments' own row numbers may change when a database is vacuumed: hence numbers of its own.
CREATE TABLE "CommentNumber" (
    "number" INTEGER NOT NULL PRIMARY KEY,
    "commentId" TEXT NOT NULL
);
CREATE UNIQUE INDEX "CommentNumber_commentId_key" ON "CommentNumber"("commentId");

CREATE VIRTUAL TABLE "CommentTrigram" USING fts5("folded", content='', detail='none', columnsize=0, tokenize='trigram case_sensitive 1');
-- What is erased leaves no three letters behind.
INSERT INTO "CommentTrigram" ("CommentTrigram", rank) VALUES ('secure-delete', 1);

INSERT INTO "CommentNumber" ("commentId") SELECT "id" FROM "Comment" ORDER BY "id";
INSERT INTO "CommentTrigram" (rowid, "folded")
    SELECT "number", "folded" FROM "CommentNumber" JOIN "Comment" ON "id" = "commentId" ORDER BY "number";

-- Kept true by the database itself, whoever writes. A migration that builds "Comment" anew has to make these triggers anew.
CREATE TRIGGER "Comment_searchable" AFTER INSERT ON "Comment" BEGIN
    INSERT INTO "CommentNumber" ("commentId") VALUES (new."id");
    INSERT INTO "CommentTrigram" (rowid, "folded") VALUES (last_insert_rowid(), new."folded");
END;
CREATE TRIGGER "Comment_searchable_anew" AFTER UPDATE OF "folded" ON "Comment" WHEN new."folded" <> old."folded" BEGIN
    INSERT INTO "CommentTrigram" ("CommentTrigram", rowid, "folded")
        SELECT 'delete', "number", old."folded" FROM "CommentNumber" WHERE "commentId" = old."id";
    INSERT INTO "CommentTrigram" (rowid, "folded") SELECT "number", new."folded" FROM "CommentNumber" WHERE "commentId" = new."id";
END;
CREATE TRIGGER "Comment_unsearchable" AFTER DELETE ON "Comment" BEGIN
    INSERT INTO "CommentTrigram" ("CommentTrigram", rowid, "folded")
        SELECT 'delete', "number", old."folded" FROM "CommentNumber" WHERE "commentId" = old."id";
    DELETE FROM "CommentNumber" WHERE "commentId" = old."id";
END;
