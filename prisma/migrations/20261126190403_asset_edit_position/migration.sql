-- AlterTable
ALTER TABLE "projection"."asset" ADD COLUMN     "edit_position" BIGINT NOT NULL;
