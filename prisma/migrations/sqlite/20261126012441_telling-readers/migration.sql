-- AlterTable
ALTER TABLE "Comment" ADD COLUMN "follows" TEXT;

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN "countedAt" DATETIME;
ALTER TABLE "Delivery" ADD COLUMN "readerId" TEXT;

-- CreateTable
CREATE TABLE "Subscription" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "siteId" TEXT NOT NULL,
    "emailIndex" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "confirmedAt" DATETIME,
    "stoppedAt" DATETIME
);

-- CreateTable
CREATE TABLE "MailStop" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "emailIndex" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "MailAllowance" (
    "emailIndex" TEXT NOT NULL PRIMARY KEY,
    "dayFrom" DATETIME NOT NULL,
    "sent" INTEGER NOT NULL,
    "askedAt" DATETIME
);

-- CreateIndex
CREATE INDEX "Subscription_emailIndex_idx" ON "Subscription"("emailIndex");

-- CreateIndex
CREATE INDEX "Subscription_state_askedAt_idx" ON "Subscription"("state", "askedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Subscription_siteId_emailIndex_key" ON "Subscription"("siteId", "emailIndex");

-- CreateIndex
CREATE UNIQUE INDEX "MailStop_emailIndex_scope_key" ON "MailStop"("emailIndex", "scope");

-- CreateIndex
CREATE INDEX "MailAllowance_dayFrom_idx" ON "MailAllowance"("dayFrom");
