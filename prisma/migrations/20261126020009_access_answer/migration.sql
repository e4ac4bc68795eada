-- CreateTable
CREATE TABLE "access_answer" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "access_answer_pkey" PRIMARY KEY ("actor","key")
);

-- CreateIndex
CREATE INDEX "access_answer_at_idx" ON "access_answer"("at");
