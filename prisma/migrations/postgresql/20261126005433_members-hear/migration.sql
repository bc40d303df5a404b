-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "failureToldAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "HeldNotice" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "subjects" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "HeldNotice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonalPreference" (
    "userId" TEXT NOT NULL,
    "locale" TEXT,
    "timeZone" TEXT,
    "quietFrom" TEXT,
    "quietTo" TEXT,

    CONSTRAINT "PersonalPreference_pkey" PRIMARY KEY ("userId")
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

    CONSTRAINT "MemberPreference_pkey" PRIMARY KEY ("userId","siteId")
);

-- CreateTable
CREATE TABLE "MemberPace" (
    "userId" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "digestAt" TIMESTAMP(3),
    "untoldFrom" TEXT,
    "untoldTo" TEXT,
    "alertedAt" TIMESTAMP(3),
    "day" TEXT NOT NULL,
    "mails" INTEGER NOT NULL,
    "turn" INTEGER NOT NULL,

    CONSTRAINT "MemberPace_pkey" PRIMARY KEY ("userId","siteId")
);

-- CreateTable
CREATE TABLE "SiteOccasion" (
    "siteId" TEXT NOT NULL,
    "week" TEXT,
    "failuresAt" TIMESTAMP(3),

    CONSTRAINT "SiteOccasion_pkey" PRIMARY KEY ("siteId")
);

-- CreateIndex
CREATE INDEX "HeldNotice_siteId_id_idx" ON "HeldNotice"("siteId", "id");

-- CreateIndex
CREATE INDEX "MemberPace_digestAt_idx" ON "MemberPace"("digestAt");

-- AddForeignKey
ALTER TABLE "PersonalPreference" ADD CONSTRAINT "PersonalPreference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberPreference" ADD CONSTRAINT "MemberPreference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberPace" ADD CONSTRAINT "MemberPace_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
