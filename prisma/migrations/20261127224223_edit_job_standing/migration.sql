-- AlterTable
ALTER TABLE "edit_job" ADD COLUMN     "standing" JSONB;
