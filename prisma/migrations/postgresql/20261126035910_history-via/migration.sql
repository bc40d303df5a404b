-- AlterTable
ALTER TABLE "History" ADD COLUMN     "via" TEXT;
