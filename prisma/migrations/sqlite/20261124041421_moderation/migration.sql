-- DropIndex
DROP INDEX "Comment_siteId_emailIndex_id_idx";

-- CreateTable
CREATE TABLE "Ban" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "siteId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "reason" TEXT,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "until" DATETIME,
    "liftedAt" DATETIME,
    "liftedById" TEXT,
    "liftedByName" TEXT
);

-- CreateTable
CREATE TABLE "SiteChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "siteId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    CONSTRAINT "SiteChange_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Ban_siteId_id_idx" ON "Ban"("siteId", "id");

-- CreateIndex
CREATE INDEX "Ban_siteId_liftedAt_target_idx" ON "Ban"("siteId", "liftedAt", "target");

-- CreateIndex
CREATE INDEX "SiteChange_siteId_id_idx" ON "SiteChange"("siteId", "id");

-- CreateIndex
CREATE INDEX "Comment_siteId_emailIndex_id_status_idx" ON "Comment"("siteId", "emailIndex", "id", "status");

-- CreateIndex
CREATE INDEX "Comment_siteId_networkIndex_id_status_idx" ON "Comment"("siteId", "networkIndex", "id", "status");

-- CreateIndex
CREATE INDEX "History_actorId_id_idx" ON "History"("actorId", "id");
