-- AlterTable
ALTER TABLE "projection"."run" ADD COLUMN     "namespace_key" UUID NOT NULL;

-- CreateTable
CREATE TABLE "projection"."producer" (
    "key" UUID NOT NULL,
    "producer" TEXT,
    "first_seen_at" BIGINT NOT NULL,
    "last_seen_at" BIGINT NOT NULL,
    "events" BIGINT NOT NULL,
    "findings" BIGINT NOT NULL,

    CONSTRAINT "producer_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "producer_last_seen_at_key_idx" ON "projection"."producer"("last_seen_at", "key");

-- CreateIndex
CREATE INDEX "run_state_perpetual_last_event_at_key_idx" ON "projection"."run"("state", "perpetual", "last_event_at", "key");

-- CreateIndex
CREATE INDEX "run_job_key_state_perpetual_last_event_at_key_idx" ON "projection"."run"("job_key", "state", "perpetual", "last_event_at", "key");

-- CreateIndex
CREATE INDEX "run_namespace_key_state_perpetual_last_event_at_key_idx" ON "projection"."run"("namespace_key", "state", "perpetual", "last_event_at", "key");
