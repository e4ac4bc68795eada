-- AlterTable
ALTER TABLE "projection"."search_document" DROP COLUMN "kind",
DROP COLUMN "namespace",
DROP COLUMN "owner_ids",
DROP COLUMN "placeholder",
DROP COLUMN "tags",
ADD COLUMN     "group_key" UUID NOT NULL,
ADD COLUMN     "standing" INTEGER NOT NULL;

-- CreateTable
CREATE TABLE "projection"."search_group" (
    "key" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "tags" TEXT[],
    "owner_ids" TEXT[],
    "documents" INTEGER NOT NULL,

    CONSTRAINT "search_group_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."search_update" (
    "key" UUID NOT NULL,
    "updated_at" BIGINT NOT NULL,

    CONSTRAINT "search_update_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "search_update_updated_at_key_idx" ON "projection"."search_update"("updated_at", "key");

-- CreateIndex
CREATE INDEX "search_document_group_key_idx" ON "projection"."search_document"("group_key");

-- CreateIndex
CREATE INDEX "search_document_standing_key_idx" ON "projection"."search_document"("standing", "key");
