-- CreateTable
CREATE TABLE "Import" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "dryRun" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "read" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "problem" JSONB,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseId" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExternalId" (
    "siteId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "ExternalId_pkey" PRIMARY KEY ("siteId","name","source")
);

-- CreateIndex
CREATE INDEX "Import_siteId_id_idx" ON "Import"("siteId", "id");

-- CreateIndex
CREATE INDEX "Import_state_id_idx" ON "Import"("state", "id");
