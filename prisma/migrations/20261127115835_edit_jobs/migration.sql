-- CreateTable
CREATE TABLE "edit_job" (
    "id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "reason" TEXT,
    "kind" TEXT NOT NULL,
    "changes" JSON NOT NULL,
    "total" INTEGER NOT NULL,
    "started_at" BIGINT NOT NULL,
    "touched_at" BIGINT NOT NULL,
    "ended_at" BIGINT,

    CONSTRAINT "edit_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edit_job_item" (
    "job_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "asset" TEXT NOT NULL,
    "expected" BIGINT,
    "changes" JSON NOT NULL,
    "state" TEXT NOT NULL,
    "position" BIGINT,
    "verdict" TEXT,

    CONSTRAINT "edit_job_item_pkey" PRIMARY KEY ("job_id","n")
);

-- CreateIndex
CREATE INDEX "edit_job_started_at_idx" ON "edit_job"("started_at");
