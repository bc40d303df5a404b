-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_ExternalId" (
    "siteId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "origin" TEXT NOT NULL DEFAULT '',
    "commentId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("siteId", "name", "source", "origin")
);
INSERT INTO "new_ExternalId" ("commentId", "hash", "name", "siteId", "source", "version") SELECT "commentId", "hash", "name", "siteId", "source", "version" FROM "ExternalId";
DROP TABLE "ExternalId";
ALTER TABLE "new_ExternalId" RENAME TO "ExternalId";
CREATE INDEX "ExternalId_siteId_commentId_idx" ON "ExternalId"("siteId", "commentId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
