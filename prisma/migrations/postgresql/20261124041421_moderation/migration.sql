-- DropIndex
DROP INDEX "Comment_siteId_emailIndex_id_idx";

-- CreateTable
CREATE TABLE "Ban" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "reason" TEXT,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "until" TIMESTAMP(3),
    "liftedAt" TIMESTAMP(3),
    "liftedById" TEXT,
    "liftedByName" TEXT,

    CONSTRAINT "Ban_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SiteChange" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "SiteChange_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "SiteChange" ADD CONSTRAINT "SiteChange_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE CASCADE ON UPDATE CASCADE;
