-- AlterTable
ALTER TABLE "ExternalId" DROP CONSTRAINT "ExternalId_pkey",
ADD COLUMN     "origin" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "ExternalId_pkey" PRIMARY KEY ("siteId", "name", "source", "origin");

-- CreateIndex
CREATE INDEX "ExternalId_siteId_commentId_idx" ON "ExternalId"("siteId", "commentId");
