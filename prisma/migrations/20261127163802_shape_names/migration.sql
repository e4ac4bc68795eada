-- CreateIndex
CREATE INDEX "field_shape_canonical_idx" ON "projection"."field_shape"("canonical");
