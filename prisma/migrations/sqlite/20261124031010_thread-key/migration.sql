-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Thread" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "siteId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "approvedCount" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Thread_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Until the next start works the keys out (src/sites/rekey.ts), the address is its own key, and as unique as it was.
INSERT INTO "new_Thread" ("approvedCount", "createdAt", "id", "open", "siteId", "title", "url", "key", "version") SELECT "approvedCount", "createdAt", "id", "open", "siteId", "title", "url", "url", "version" FROM "Thread";
DROP TABLE "Thread";
ALTER TABLE "new_Thread" RENAME TO "Thread";
CREATE UNIQUE INDEX "Thread_siteId_key_key" ON "Thread"("siteId", "key");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
