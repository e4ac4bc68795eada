-- AlterTable
ALTER TABLE "installation_secret" ADD COLUMN     "previous" BYTEA,
ADD COLUMN     "previous_until" BIGINT;
