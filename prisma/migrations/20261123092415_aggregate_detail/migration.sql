-- AlterTable
ALTER TABLE "projection"."aggregate" ADD COLUMN     "detail" JSONB;
