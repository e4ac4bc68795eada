-- AlterTable
ALTER TABLE "projection"."search_group" ADD COLUMN     "term_ids" TEXT[];
