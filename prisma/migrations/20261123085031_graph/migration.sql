-- CreateTable
CREATE TABLE "projection"."graph_node" (
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "placeholder" BOOLEAN NOT NULL,

    CONSTRAINT "graph_node_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."graph_edge" (
    "row_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "from_key" UUID NOT NULL,
    "to_key" UUID NOT NULL,
    "from_owner_key" UUID,
    "to_owner_key" UUID,
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "producer" TEXT,
    "job_id" TEXT,
    "confidence" DOUBLE PRECISION NOT NULL,
    "transformations" JSONB NOT NULL,
    "valid_from" BIGINT NOT NULL,
    "valid_to" BIGINT,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "graph_edge_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."graph_pair" (
    "row_id" UUID NOT NULL,
    "job_key" UUID NOT NULL,
    "input_key" UUID NOT NULL,
    "output_key" UUID NOT NULL,
    "valid_from" BIGINT NOT NULL,
    "valid_to" BIGINT,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "graph_pair_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."graph_restriction" (
    "row_id" UUID NOT NULL,
    "job_key" UUID NOT NULL,
    "valid_from" BIGINT NOT NULL,
    "valid_to" BIGINT,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "graph_restriction_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."graph_alias" (
    "row_id" UUID NOT NULL,
    "member_key" UUID NOT NULL,
    "canonical_key" UUID NOT NULL,
    "member_id" TEXT NOT NULL,
    "canonical_id" TEXT NOT NULL,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "graph_alias_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."graph_checkpoint" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "position" BIGINT NOT NULL,
    "recorded_at" BIGINT NOT NULL,

    CONSTRAINT "graph_checkpoint_pkey" PRIMARY KEY ("singleton")
);

-- CreateIndex
CREATE INDEX "graph_edge_from_key_kind_idx" ON "projection"."graph_edge"("from_key", "kind");

-- CreateIndex
CREATE INDEX "graph_edge_to_key_kind_idx" ON "projection"."graph_edge"("to_key", "kind");

-- CreateIndex
CREATE INDEX "graph_pair_job_key_input_key_idx" ON "projection"."graph_pair"("job_key", "input_key");

-- CreateIndex
CREATE INDEX "graph_pair_job_key_output_key_idx" ON "projection"."graph_pair"("job_key", "output_key");

-- CreateIndex
CREATE INDEX "graph_restriction_job_key_idx" ON "projection"."graph_restriction"("job_key");

-- CreateIndex
CREATE INDEX "graph_alias_member_key_idx" ON "projection"."graph_alias"("member_key");

-- CreateIndex
CREATE INDEX "graph_alias_canonical_key_idx" ON "projection"."graph_alias"("canonical_key");
