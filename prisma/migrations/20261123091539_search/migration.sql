-- CreateTable
CREATE TABLE "projection"."search_document" (
    "key" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "sort_name" TEXT NOT NULL,
    "placeholder" BOOLEAN NOT NULL,
    "member_keys" UUID[],
    "consumers" INTEGER NOT NULL,
    "tags" TEXT[],
    "owner_ids" TEXT[],
    "digest" UUID NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."search_word" (
    "word" TEXT NOT NULL,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);

-- CreateIndex
CREATE INDEX "search_document_words_idx" ON "projection"."search_document" USING GIN ("words");

-- CreateIndex
CREATE INDEX "search_document_consumers_key_idx" ON "projection"."search_document"("consumers", "key");

-- CreateIndex
CREATE INDEX "search_document_sort_name_key_idx" ON "projection"."search_document"("sort_name", "key");

-- CreateIndex
CREATE INDEX "search_word_word_idx" ON "projection"."search_word" USING GIN ("word" gin_trgm_ops);
