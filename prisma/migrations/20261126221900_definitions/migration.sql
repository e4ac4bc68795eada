-- AlterTable
ALTER TABLE "projection"."search_group" ADD COLUMN     "domain_id" TEXT;

-- CreateTable
CREATE TABLE "projection"."definition" (
    "row_id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSON NOT NULL,
    "entered_by" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "valid_from" BIGINT NOT NULL,
    "valid_to" BIGINT,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "definition_pkey" PRIMARY KEY ("row_id")
);

-- CreateIndex
CREATE INDEX "definition_key_idx" ON "projection"."definition"("key");

-- CreateIndex
CREATE INDEX "definition_kind_idx" ON "projection"."definition"("kind");
