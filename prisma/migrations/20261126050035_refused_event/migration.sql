-- CreateTable
CREATE TABLE "refused_event" (
    "id" TEXT NOT NULL,
    "first_at" BIGINT NOT NULL,
    "last_at" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "actor" TEXT,
    "actor_name" TEXT,
    "address" TEXT,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "pointer" TEXT,
    "outline" JSONB NOT NULL,

    CONSTRAINT "refused_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "refused_event_last_at_idx" ON "refused_event"("last_at");
