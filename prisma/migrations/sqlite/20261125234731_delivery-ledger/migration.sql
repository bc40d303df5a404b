-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN "resentAs" TEXT;

-- CreateIndex
CREATE INDEX "Delivery_siteId_state_id_idx" ON "Delivery"("siteId", "state", "id");
