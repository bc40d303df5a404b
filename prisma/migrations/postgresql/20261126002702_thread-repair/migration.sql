-- CreateTable
CREATE TABLE "Redirect" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "fromUrl" TEXT NOT NULL,
    "fromKey" TEXT NOT NULL,
    "toUrl" TEXT NOT NULL,
    "toKey" TEXT NOT NULL,
    "repairId" TEXT NOT NULL,

    CONSTRAINT "Redirect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Repair" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fromUrl" TEXT NOT NULL,
    "toUrl" TEXT NOT NULL,
    "thread" JSONB,
    "intoId" TEXT,
    "comments" INTEGER NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),
    "undoneByName" TEXT,

    CONSTRAINT "Repair_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RepairedRoot" (
    "repairId" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,

    CONSTRAINT "RepairedRoot_pkey" PRIMARY KEY ("repairId","commentId")
);

-- CreateIndex
CREATE INDEX "Redirect_repairId_idx" ON "Redirect"("repairId");

-- CreateIndex
CREATE UNIQUE INDEX "Redirect_siteId_fromKey_key" ON "Redirect"("siteId", "fromKey");

-- CreateIndex
CREATE INDEX "Repair_siteId_id_idx" ON "Repair"("siteId", "id");

-- CreateIndex
CREATE INDEX "Repair_batchId_idx" ON "Repair"("batchId");

-- AddForeignKey
ALTER TABLE "Redirect" ADD CONSTRAINT "Redirect_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RepairedRoot" ADD CONSTRAINT "RepairedRoot_repairId_fkey" FOREIGN KEY ("repairId") REFERENCES "Repair"("id") ON DELETE CASCADE ON UPDATE CASCADE;
