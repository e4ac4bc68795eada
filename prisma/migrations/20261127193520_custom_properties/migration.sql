-- AlterTable
ALTER TABLE "projection"."search_group" ADD COLUMN     "properties" TEXT[];

-- CreateTable
CREATE TABLE "projection"."search_property" (
    "key" UUID NOT NULL,
    "property_key" UUID NOT NULL,
    "value_key" UUID NOT NULL,
    "number" DOUBLE PRECISION,

    CONSTRAINT "search_property_pkey" PRIMARY KEY ("key","property_key","value_key")
);

-- CreateIndex
CREATE INDEX "search_property_property_key_number_key_idx" ON "projection"."search_property"("property_key", "number", "key");

-- CreateIndex
CREATE INDEX "search_property_property_key_value_key_key_idx" ON "projection"."search_property"("property_key", "value_key", "key");
