-- AlterTable
ALTER TABLE "projection"."graph_restriction" ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'PAIRS';
