-- CreateTable
CREATE TABLE "projection"."ownership_rule" (
    "number" INTEGER NOT NULL,
    "namespaces" TEXT,
    "names" TEXT,
    "paths" TEXT,
    "tag" TEXT,
    "domain_ids" TEXT[],
    "any_domain" BOOLEAN NOT NULL,
    "owners" JSON NOT NULL,

    CONSTRAINT "ownership_rule_pkey" PRIMARY KEY ("number")
);
