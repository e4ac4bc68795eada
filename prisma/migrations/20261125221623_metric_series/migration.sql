-- DropIndex
DROP INDEX "projection"."metric_dataset_key_name_at_idx";

-- AlterTable
ALTER TABLE "projection"."metric" DROP CONSTRAINT "metric_pkey",
DROP COLUMN "field",
DROP COLUMN "name",
ADD COLUMN     "producer" TEXT,
ADD COLUMN     "recorded_at" BIGINT NOT NULL,
ADD COLUMN     "series_key" UUID NOT NULL,
ADD COLUMN     "side" TEXT NOT NULL,
ADD COLUMN     "unit" TEXT,
ADD CONSTRAINT "metric_pkey" PRIMARY KEY ("series_key", "at", "row_id");

-- CreateTable
CREATE TABLE "projection"."metric_series" (
    "key" UUID NOT NULL,
    "dataset_key" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "facet" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "metric_series_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "metric_series_dataset_key_idx" ON "projection"."metric_series"("dataset_key");

-- CreateIndex
CREATE INDEX "metric_dataset_key_at_row_id_idx" ON "projection"."metric"("dataset_key", "at", "row_id");

-- CreateIndex
CREATE INDEX "metric_run_key_dataset_key_idx" ON "projection"."metric"("run_key", "dataset_key");

-- CreateIndex
CREATE INDEX "metric_version_key_idx" ON "projection"."metric"("version_key");
