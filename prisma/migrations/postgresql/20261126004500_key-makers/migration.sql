-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "makerId" TEXT;
