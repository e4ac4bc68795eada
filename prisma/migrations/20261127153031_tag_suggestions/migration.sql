-- AlterTable
ALTER TABLE "projection"."field" ADD COLUMN     "shape_key" UUID NOT NULL;

-- CreateTable
CREATE TABLE "projection"."field_shape" (
    "key" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT,
    "context" TEXT,
    "canonical" TEXT NOT NULL,
    "word_key" TEXT NOT NULL,

    CONSTRAINT "field_shape_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "projection"."suggested_tag" (
    "shape_key" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "confidence" INTEGER NOT NULL,

    CONSTRAINT "suggested_tag_pkey" PRIMARY KEY ("shape_key","tag")
);

-- CreateIndex
CREATE INDEX "field_shape_key_idx" ON "projection"."field"("shape_key");
