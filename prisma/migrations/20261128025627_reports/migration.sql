-- CreateTable
CREATE TABLE "report" (
    "id" TEXT NOT NULL,
    "subject" JSON NOT NULL,
    "formats" TEXT[],
    "request" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "standing" JSONB,
    "requested_at" BIGINT NOT NULL,
    "known_at" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "progress" DOUBLE PRECISION NOT NULL,
    "failure" TEXT,
    "digest" TEXT,
    "ended_at" BIGINT,
    "expires_at" BIGINT,
    "work" JSON,
    "holder" TEXT,
    "leased_until" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_row" (
    "report_id" TEXT NOT NULL,
    "section" INTEGER NOT NULL,
    "sort" BYTEA NOT NULL,
    "n" BIGINT NOT NULL,
    "cells" JSON NOT NULL,

    CONSTRAINT "report_row_pkey" PRIMARY KEY ("report_id","section","sort","n")
);

-- CreateTable
CREATE TABLE "report_file" (
    "report_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "report_file_pkey" PRIMARY KEY ("report_id","n")
);

-- CreateTable
CREATE TABLE "report_chunk" (
    "report_id" TEXT NOT NULL,
    "file" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "report_chunk_pkey" PRIMARY KEY ("report_id","file","n")
);

-- CreateIndex
CREATE INDEX "report_requested_at_idx" ON "report"("requested_at");

-- CreateIndex
CREATE INDEX "report_state_leased_until_idx" ON "report"("state", "leased_until");

-- CreateIndex
CREATE INDEX "report_expires_at_idx" ON "report"("expires_at");
