-- AlterTable
ALTER TABLE "projection"."aggregate" ALTER COLUMN "body" SET DATA TYPE JSON,
ALTER COLUMN "detail" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "projection"."facet" ALTER COLUMN "body" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "projection"."graph_change" ALTER COLUMN "changes" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "projection"."mention" ALTER COLUMN "timelines" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "projection"."run" ALTER COLUMN "record" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "projection"."schema_version" ALTER COLUMN "fields" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "projection"."statement_body" ALTER COLUMN "body" SET DATA TYPE JSON;
