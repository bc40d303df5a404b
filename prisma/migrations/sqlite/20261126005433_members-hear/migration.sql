-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN "failureToldAt" DATETIME;

-- CreateTable
CREATE TABLE "HeldNotice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "siteId" TEXT NOT NULL,
    "subjects" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "PersonalPreference" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "locale" TEXT,
    "timeZone" TEXT,
    "quietFrom" TEXT,
    "quietTo" TEXT,
    CONSTRAINT "PersonalPreference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MemberPreference" (
    "userId" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "heldComments" TEXT NOT NULL,
    "digestMinutes" INTEGER NOT NULL,
    "articles" JSONB NOT NULL,
    "weeklySummary" BOOLEAN NOT NULL,
    "deliveryFailing" BOOLEAN NOT NULL,

    PRIMARY KEY ("userId", "siteId"),
    CONSTRAINT "MemberPreference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MemberPace" (
    "userId" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "digestAt" DATETIME,
    "untoldFrom" TEXT,
    "untoldTo" TEXT,
    "alertedAt" DATETIME,
    "day" TEXT NOT NULL,
    "mails" INTEGER NOT NULL,
    "turn" INTEGER NOT NULL,

    PRIMARY KEY ("userId", "siteId"),
    CONSTRAINT "MemberPace_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SiteOccasion" (
    "siteId" TEXT NOT NULL PRIMARY KEY,
    "week" TEXT,
    "failuresAt" DATETIME
);

-- CreateIndex
CREATE INDEX "HeldNotice_siteId_id_idx" ON "HeldNotice"("siteId", "id");

-- CreateIndex
CREATE INDEX "MemberPace_digestAt_idx" ON "MemberPace"("digestAt");
