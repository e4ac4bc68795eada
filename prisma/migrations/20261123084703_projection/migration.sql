-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "projection";

-- CreateTable
CREATE TABLE "projection"."asset" (
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "asset_type" TEXT,
    "placeholder" BOOLEAN NOT NULL,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "deleted_at" BIGINT,
    "version" BIGINT NOT NULL,
    "consumers" INTEGER NOT NULL DEFAULT 0,
    "parent_key" UUID,
    "description" TEXT,
    "tags" TEXT[],
    "owner_ids" TEXT[],

    CONSTRAINT "asset_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."run" (
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "original_run_id" TEXT NOT NULL,
    "job_key" UUID NOT NULL,
    "job_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "first_at" BIGINT NOT NULL,
    "last_event_at" BIGINT NOT NULL,
    "started_at" BIGINT,
    "ended_at" BIGINT,
    "nominal_start_at" BIGINT,
    "nominal_end_at" BIGINT,
    "parent_key" UUID,
    "parent_id" TEXT,
    "root_id" TEXT,
    "placeholder" BOOLEAN NOT NULL,
    "perpetual" BOOLEAN NOT NULL,
    "version" BIGINT NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "run_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."facet" (
    "node_key" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "producer_key" TEXT NOT NULL,
    "producer" TEXT,
    "schema_url" TEXT,
    "known" BOOLEAN NOT NULL,
    "valid" BOOLEAN NOT NULL,
    "at" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "pointer" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "facet_pkey" PRIMARY KEY ("node_key","name","producer_key")
);

-- CreateTable
CREATE TABLE "projection"."fact" (
    "row_id" UUID NOT NULL,
    "node_key" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "detail" TEXT,
    "source" TEXT NOT NULL,
    "producer" TEXT,
    "position" BIGINT NOT NULL,
    "valid_from" BIGINT NOT NULL,
    "valid_to" BIGINT,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."schema_version" (
    "row_id" UUID NOT NULL,
    "dataset_key" UUID NOT NULL,
    "producer" TEXT,
    "schema_hash" UUID NOT NULL,
    "fields" JSONB NOT NULL,
    "authoritative" BOOLEAN NOT NULL,
    "valid_from" BIGINT NOT NULL,
    "valid_to" BIGINT,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "schema_version_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."field" (
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "dataset_key" UUID NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "path" TEXT[],
    "name" TEXT NOT NULL,
    "type" TEXT,
    "description" TEXT,
    "ordinal" INTEGER,
    "deleted_at" BIGINT,

    CONSTRAINT "field_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."dataset_version" (
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "dataset_key" UUID NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "value" TEXT,
    "run_id" TEXT,
    "created_at" BIGINT NOT NULL,
    "generated_at" BIGINT,

    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."version_link" (
    "row_id" UUID NOT NULL,
    "run_key" UUID NOT NULL,
    "run_id" TEXT NOT NULL,
    "version_key" UUID NOT NULL,
    "version_id" TEXT NOT NULL,
    "dataset_key" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "gap" TEXT,
    "at" BIGINT NOT NULL,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "version_link_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."generation_time" (
    "dataset_key" UUID NOT NULL,
    "run_key" UUID NOT NULL,
    "version_key" UUID NOT NULL,
    "cycle_key" UUID NOT NULL,
    "first_at" BIGINT NOT NULL,
    "last_at" BIGINT NOT NULL,
    "generated_at" BIGINT,

    CONSTRAINT "generation_time_pkey" PRIMARY KEY ("dataset_key","run_key","version_key")
);

-- CreateTable
CREATE TABLE "projection"."reading_time" (
    "dataset_key" UUID NOT NULL,
    "run_key" UUID NOT NULL,
    "first_at" BIGINT NOT NULL,
    "last_at" BIGINT NOT NULL,
    "version_key" UUID,

    CONSTRAINT "reading_time_pkey" PRIMARY KEY ("dataset_key","run_key")
);

-- CreateTable
CREATE TABLE "projection"."alias" (
    "row_id" UUID NOT NULL,
    "member_key" UUID NOT NULL,
    "member_id" TEXT NOT NULL,
    "canonical_key" UUID NOT NULL,
    "canonical_id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "alias_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."metric" (
    "row_id" UUID NOT NULL,
    "dataset_key" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "run_key" UUID,
    "version_key" UUID,
    "position" BIGINT NOT NULL,

    CONSTRAINT "metric_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."event_reference" (
    "position" BIGINT NOT NULL,
    "subject_key" UUID NOT NULL,
    "effective_at" BIGINT NOT NULL,

    CONSTRAINT "event_reference_pkey" PRIMARY KEY ("position","subject_key")
);

-- CreateTable
CREATE TABLE "projection"."mention" (
    "subject_key" UUID NOT NULL,
    "dataset_key" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "statements" JSONB NOT NULL,

    CONSTRAINT "mention_pkey" PRIMARY KEY ("subject_key","dataset_key","side")
);

-- CreateTable
CREATE TABLE "projection"."sighting" (
    "run_key" UUID NOT NULL,
    "producer" TEXT NOT NULL,
    "job_key" UUID NOT NULL,
    "contribution" UUID NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "sighting_pkey" PRIMARY KEY ("run_key","producer")
);

-- CreateTable
CREATE TABLE "projection"."contribution_edge" (
    "edge_key" UUID NOT NULL,
    "contribution" UUID NOT NULL,
    "job_key" UUID NOT NULL,

    CONSTRAINT "contribution_edge_pkey" PRIMARY KEY ("edge_key","contribution","job_key")
);

-- CreateTable
CREATE TABLE "projection"."statement_body" (
    "hash" UUID NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "statement_body_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "projection"."aggregate" (
    "key" UUID NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "aggregate_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."finding" (
    "position" BIGINT NOT NULL,
    "seq" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "pointer" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "node_key" UUID,
    "recorded_at" BIGINT NOT NULL,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("position","seq")
);

-- CreateTable
CREATE TABLE "projection"."projection_checkpoint" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "recorded_at" BIGINT NOT NULL,

    CONSTRAINT "projection_checkpoint_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "projection"."graph_change" (
    "position" BIGINT NOT NULL,
    "recorded_at" BIGINT NOT NULL,
    "changes" JSONB NOT NULL,
    "touched" UUID[],

    CONSTRAINT "graph_change_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "asset_kind_namespace_idx" ON "projection"."asset"("kind", "namespace");

-- CreateIndex
CREATE INDEX "asset_parent_key_idx" ON "projection"."asset"("parent_key");

-- CreateIndex
CREATE INDEX "asset_updated_at_idx" ON "projection"."asset"("updated_at");

-- CreateIndex
CREATE INDEX "run_job_key_first_at_idx" ON "projection"."run"("job_key", "first_at");

-- CreateIndex
CREATE INDEX "run_run_id_idx" ON "projection"."run"("run_id");

-- CreateIndex
CREATE INDEX "run_parent_key_idx" ON "projection"."run"("parent_key");

-- CreateIndex
CREATE INDEX "fact_node_key_kind_idx" ON "projection"."fact"("node_key", "kind");

-- CreateIndex
CREATE INDEX "fact_kind_node_key_idx" ON "projection"."fact"("kind", "node_key");

-- CreateIndex
CREATE INDEX "schema_version_dataset_key_valid_from_idx" ON "projection"."schema_version"("dataset_key", "valid_from");

-- CreateIndex
CREATE INDEX "field_dataset_key_ordinal_idx" ON "projection"."field"("dataset_key", "ordinal");

-- CreateIndex
CREATE INDEX "dataset_version_dataset_key_created_at_idx" ON "projection"."dataset_version"("dataset_key", "created_at");

-- CreateIndex
CREATE INDEX "version_link_run_key_role_idx" ON "projection"."version_link"("run_key", "role");

-- CreateIndex
CREATE INDEX "version_link_version_key_role_idx" ON "projection"."version_link"("version_key", "role");

-- CreateIndex
CREATE INDEX "generation_time_dataset_key_generated_at_idx" ON "projection"."generation_time"("dataset_key", "generated_at");

-- CreateIndex
CREATE INDEX "generation_time_dataset_key_last_at_idx" ON "projection"."generation_time"("dataset_key", "last_at");

-- CreateIndex
CREATE INDEX "reading_time_dataset_key_first_at_idx" ON "projection"."reading_time"("dataset_key", "first_at");

-- CreateIndex
CREATE INDEX "alias_member_key_idx" ON "projection"."alias"("member_key");

-- CreateIndex
CREATE INDEX "alias_canonical_key_idx" ON "projection"."alias"("canonical_key");

-- CreateIndex
CREATE INDEX "metric_dataset_key_name_at_idx" ON "projection"."metric"("dataset_key", "name", "at");

-- CreateIndex
CREATE INDEX "event_reference_subject_key_position_idx" ON "projection"."event_reference"("subject_key", "position");

-- CreateIndex
CREATE INDEX "mention_dataset_key_idx" ON "projection"."mention"("dataset_key");

-- CreateIndex
CREATE INDEX "sighting_job_key_contribution_at_idx" ON "projection"."sighting"("job_key", "contribution", "at");

-- CreateIndex
CREATE INDEX "finding_code_position_idx" ON "projection"."finding"("code", "position");

-- CreateIndex
CREATE INDEX "finding_node_key_idx" ON "projection"."finding"("node_key");
