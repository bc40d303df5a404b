-- CreateTable
CREATE TABLE "KeptFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "area" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT,
    "bytes" BIGINT NOT NULL,
    "chunks" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "touchedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "KeptChunk" (
    "fileId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "sealed" BLOB NOT NULL,

    PRIMARY KEY ("fileId", "n"),
    CONSTRAINT "KeptChunk_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "KeptFile" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "KeptFile_place_key" ON "KeptFile"("place");

-- CreateIndex
CREATE INDEX "KeptFile_area_site_name_idx" ON "KeptFile"("area", "site", "name");
