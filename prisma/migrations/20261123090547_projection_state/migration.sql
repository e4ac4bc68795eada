-- DropIndex
DROP INDEX "projection"."asset_updated_at_idx";

-- DropIndex
DROP INDEX "projection"."mention_dataset_key_idx";

-- AlterTable
ALTER TABLE "projection"."mention" DROP COLUMN "statements",
ADD COLUMN     "first_at" BIGINT NOT NULL,
ADD COLUMN     "last_at" BIGINT NOT NULL,
ADD COLUMN     "node_id" TEXT NOT NULL,
ADD COLUMN     "run_id" TEXT,
ADD COLUMN     "timelines" JSONB NOT NULL,
ADD COLUMN     "versions" TEXT[];

-- AlterTable
ALTER TABLE "projection"."run" ADD COLUMN     "history" JSONB NOT NULL;

-- AlterTable
ALTER TABLE "projection"."sighting" DROP CONSTRAINT "sighting_pkey",
ADD COLUMN     "window" TEXT NOT NULL,
ADD CONSTRAINT "sighting_pkey" PRIMARY KEY ("run_key", "producer", "window");

-- DropTable
DROP TABLE "projection"."generation_time";

-- DropTable
DROP TABLE "projection"."reading_time";

-- CreateTable
CREATE TABLE "projection"."writer" (
    "dataset_key" UUID NOT NULL,
    "version_key" UUID NOT NULL,
    "run_key" UUID NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "parent_run_id" TEXT,
    "first_at" BIGINT NOT NULL,
    "last_at" BIGINT NOT NULL,
    "generated_at" BIGINT[],
    "last_generated" BIGINT,

    CONSTRAINT "writer_pkey" PRIMARY KEY ("dataset_key","version_key","run_key")
);

-- CreateTable
CREATE TABLE "projection"."neighbor" (
    "dataset_key" UUID NOT NULL,
    "job_key" UUID NOT NULL,
    "job_id" TEXT NOT NULL,

    CONSTRAINT "neighbor_pkey" PRIMARY KEY ("dataset_key","job_key")
);

-- CreateTable
CREATE TABLE "projection"."alias_statement" (
    "a_key" UUID NOT NULL,
    "b_key" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "a_id" TEXT NOT NULL,
    "b_id" TEXT NOT NULL,

    CONSTRAINT "alias_statement_pkey" PRIMARY KEY ("a_key","b_key","cause")
);

-- CreateIndex
CREATE INDEX "writer_dataset_key_last_generated_idx" ON "projection"."writer"("dataset_key", "last_generated");

-- CreateIndex
CREATE INDEX "writer_dataset_key_last_at_idx" ON "projection"."writer"("dataset_key", "last_at");

-- CreateIndex
CREATE INDEX "alias_statement_b_key_idx" ON "projection"."alias_statement"("b_key");

-- CreateIndex
CREATE INDEX "mention_dataset_key_side_last_at_idx" ON "projection"."mention"("dataset_key", "side", "last_at");
