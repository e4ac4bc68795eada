-- AlterTable
ALTER TABLE "role_binding" ADD COLUMN     "domain_id" TEXT;
