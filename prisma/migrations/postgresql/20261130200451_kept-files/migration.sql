-- CreateTable
CREATE TABLE "KeptFile" (
    "id" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT,
    "bytes" BIGINT NOT NULL,
    "chunks" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "touchedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "KeptFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeptChunk" (
    "fileId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "KeptChunk_pkey" PRIMARY KEY ("fileId","n")
);

-- CreateIndex
CREATE UNIQUE INDEX "KeptFile_place_key" ON "KeptFile"("place");

-- CreateIndex
CREATE INDEX "KeptFile_area_site_name_idx" ON "KeptFile"("area", "site", "name");

-- AddForeignKey
ALTER TABLE "KeptChunk" ADD CONSTRAINT "KeptChunk_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "KeptFile"("id") ON DELETE CASCADE ON UPDATE CASCADE;
