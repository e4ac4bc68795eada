-- CreateTable
CREATE TABLE "projection"."agent_statement" (
    "row_id" UUID NOT NULL,
    "agent_key" UUID NOT NULL,
    "agent_id" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "value_key" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "entered_by" TEXT,
    "reason" TEXT,
    "position" BIGINT NOT NULL,
    "recorded_from" BIGINT NOT NULL,
    "recorded_to" BIGINT,

    CONSTRAINT "agent_statement_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "projection"."agent_alias" (
    "member_key" UUID NOT NULL,
    "member_id" TEXT NOT NULL,
    "canonical_id" TEXT NOT NULL,

    CONSTRAINT "agent_alias_pkey" PRIMARY KEY ("member_key")
);

-- CreateIndex
CREATE INDEX "agent_statement_agent_key_idx" ON "projection"."agent_statement"("agent_key");

-- CreateIndex
CREATE INDEX "agent_statement_value_key_idx" ON "projection"."agent_statement"("value_key");

-- CreateIndex
CREATE INDEX "agent_alias_member_id_idx" ON "projection"."agent_alias" USING HASH ("member_id");

-- CreateIndex
CREATE INDEX "agent_alias_canonical_id_idx" ON "projection"."agent_alias" USING HASH ("canonical_id");
