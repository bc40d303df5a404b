-- AlterTable
ALTER TABLE "Thread" ADD COLUMN "key" TEXT;

-- Until the next start works the keys out (src/sites/rekey.ts), the address is its own key, and as unique as it was.
UPDATE "Thread" SET "key" = "url";
ALTER TABLE "Thread" ALTER COLUMN "key" SET NOT NULL;

-- DropIndex
DROP INDEX "Thread_siteId_url_key";

-- CreateIndex
CREATE UNIQUE INDEX "Thread_siteId_key_key" ON "Thread"("siteId", "key");
