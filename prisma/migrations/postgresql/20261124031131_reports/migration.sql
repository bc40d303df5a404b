-- CreateTable
CREATE TABLE "Report" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "reporter" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "reason" TEXT,
    "dismissed" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Report_siteId_dismissed_commentId_idx" ON "Report"("siteId", "dismissed", "commentId");

-- CreateIndex
CREATE UNIQUE INDEX "Report_commentId_reporter_key" ON "Report"("commentId", "reporter");

-- CreateIndex
CREATE INDEX "Comment_threadId_status_id_idx" ON "Comment"("threadId", "status", "id");

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
