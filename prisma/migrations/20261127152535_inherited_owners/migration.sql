-- CreateTable
CREATE TABLE "projection"."inherited_owner" (
    "number" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "distance" INTEGER NOT NULL,
    "agent" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "inherited_owner_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "inherited_owner_place_idx" ON "projection"."inherited_owner"("place");
