-- CreateTable
CREATE TABLE "projection"."decision_statement" (
    "decision_key" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "decision_id" TEXT NOT NULL,
    "decided_at" BIGINT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "recorded_at" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "content" JSON NOT NULL,

    CONSTRAINT "decision_statement_pkey" PRIMARY KEY ("decision_key","digest")
);

-- CreateTable
CREATE TABLE "projection"."decision" (
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "decided_at" BIGINT NOT NULL,
    "producer_key" UUID NOT NULL,
    "type_key" UUID NOT NULL,
    "outcome_key" UUID,
    "job_key" UUID,
    "namespace" TEXT NOT NULL,
    "subject_key" UUID,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."decision_input" (
    "decision_key" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "dataset_key" UUID NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "version_key" UUID,
    "decided_at" BIGINT NOT NULL,

    CONSTRAINT "decision_input_pkey" PRIMARY KEY ("decision_key","n")
);

-- CreateIndex
CREATE INDEX "decision_decided_at_key_idx" ON "projection"."decision"("decided_at", "key");

-- CreateIndex
CREATE INDEX "decision_type_key_decided_at_key_idx" ON "projection"."decision"("type_key", "decided_at", "key");

-- CreateIndex
CREATE INDEX "decision_job_key_decided_at_key_idx" ON "projection"."decision"("job_key", "decided_at", "key");

-- CreateIndex
CREATE INDEX "decision_subject_key_decided_at_key_idx" ON "projection"."decision"("subject_key", "decided_at", "key");

-- CreateIndex
CREATE INDEX "decision_input_dataset_key_decided_at_decision_key_idx" ON "projection"."decision_input"("dataset_key", "decided_at", "decision_key");

-- CreateIndex
CREATE INDEX "decision_input_version_key_decided_at_decision_key_idx" ON "projection"."decision_input"("version_key", "decided_at", "decision_key");
