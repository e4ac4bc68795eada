-- AlterTable
ALTER TABLE "projection"."field_shape" ADD COLUMN     "family" TEXT,
ADD COLUMN     "short_forms" TEXT[];
