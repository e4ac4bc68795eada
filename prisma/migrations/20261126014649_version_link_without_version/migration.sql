-- AlterTable
ALTER TABLE "projection"."version_link" ALTER COLUMN "version_key" DROP NOT NULL,
ALTER COLUMN "version_id" DROP NOT NULL;
