-- CreateTable
CREATE TABLE "edit_request" (
    "id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "edits" JSON NOT NULL,
    "told" JSON,
    "made_at" BIGINT NOT NULL,

    CONSTRAINT "edit_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "edit_request_made_at_idx" ON "edit_request"("made_at");
