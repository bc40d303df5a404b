-- CreateTable
CREATE TABLE "Redirect" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "siteId" TEXT NOT NULL,
    "fromUrl" TEXT NOT NULL,
    "fromKey" TEXT NOT NULL,
    "toUrl" TEXT NOT NULL,
    "toKey" TEXT NOT NULL,
    "repairId" TEXT NOT NULL,
    CONSTRAINT "Redirect_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Repair" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME,
    "undoneByName" TEXT
);

-- CreateTable
CREATE TABLE "RepairedRoot" (
    "repairId" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,

    PRIMARY KEY ("repairId", "commentId"),
    CONSTRAINT "RepairedRoot_repairId_fkey" FOREIGN KEY ("repairId") REFERENCES "Repair" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Redirect_repairId_idx" ON "Redirect"("repairId");

-- CreateIndex
CREATE UNIQUE INDEX "Redirect_siteId_fromKey_key" ON "Redirect"("siteId", "fromKey");

-- CreateIndex
CREATE INDEX "Repair_siteId_id_idx" ON "Repair"("siteId", "id");

-- CreateIndex
CREATE INDEX "Repair_batchId_idx" ON "Repair"("batchId");
