-- AlterTable
ALTER TABLE "Comment" ADD COLUMN     "follows" TEXT;

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "countedAt" TIMESTAMP(3),
ADD COLUMN     "readerId" TEXT;

-- CreateTable
CREATE TABLE "Subscription" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "emailIndex" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "stoppedAt" TIMESTAMP(3),

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MailStop" (
    "id" TEXT NOT NULL,
    "emailIndex" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MailStop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MailAllowance" (
    "emailIndex" TEXT NOT NULL,
    "dayFrom" TIMESTAMP(3) NOT NULL,
    "sent" INTEGER NOT NULL,
    "askedAt" TIMESTAMP(3),

    CONSTRAINT "MailAllowance_pkey" PRIMARY KEY ("emailIndex")
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
