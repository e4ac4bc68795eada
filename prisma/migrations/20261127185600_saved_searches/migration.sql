-- CreateTable
CREATE TABLE "saved_search" (
    "id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "owner_called" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "filter" JSON NOT NULL,
    "order_by" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL,

    CONSTRAINT "saved_search_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "followed_search" (
    "follower" TEXT NOT NULL,
    "search_id" TEXT NOT NULL,
    "seen" INTEGER NOT NULL,

    CONSTRAINT "followed_search_pkey" PRIMARY KEY ("follower","search_id")
);

-- CreateTable
CREATE TABLE "search_snapshot" (
    "follower" TEXT NOT NULL,
    "search_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,
    "recorded_at" BIGINT NOT NULL,
    "taken_at" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "matches" TEXT[],

    CONSTRAINT "search_snapshot_pkey" PRIMARY KEY ("follower","search_id","number")
);

-- CreateTable
CREATE TABLE "recent_view" (
    "viewer" TEXT NOT NULL,
    "asset_key" UUID NOT NULL,
    "asset_id" TEXT NOT NULL,
    "viewed_at" BIGINT NOT NULL,

    CONSTRAINT "recent_view_pkey" PRIMARY KEY ("viewer","asset_key")
);

-- CreateTable
CREATE TABLE "view_day" (
    "asset_key" UUID NOT NULL,
    "day" INTEGER NOT NULL,
    "views" INTEGER NOT NULL,

    CONSTRAINT "view_day_pkey" PRIMARY KEY ("asset_key","day")
);

-- CreateTable
CREATE TABLE "view_total" (
    "asset_key" UUID NOT NULL,
    "views" INTEGER NOT NULL,

    CONSTRAINT "view_total_pkey" PRIMARY KEY ("asset_key")
);

-- CreateIndex
CREATE INDEX "saved_search_is_shared_name_id_idx" ON "saved_search"("is_shared", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_search_owner_name_key" ON "saved_search"("owner", "name");

-- CreateIndex
CREATE INDEX "followed_search_search_id_idx" ON "followed_search"("search_id");

-- CreateIndex
CREATE INDEX "search_snapshot_search_id_idx" ON "search_snapshot"("search_id");

-- CreateIndex
CREATE INDEX "recent_view_viewer_viewed_at_idx" ON "recent_view"("viewer", "viewed_at");

-- CreateIndex
CREATE INDEX "recent_view_viewed_at_idx" ON "recent_view"("viewed_at");

-- CreateIndex
CREATE INDEX "view_day_day_idx" ON "view_day"("day");

-- CreateIndex
CREATE INDEX "asset_edit_position_idx" ON "projection"."asset"("edit_position");

-- CreateIndex
CREATE INDEX "schema_version_recorded_from_idx" ON "projection"."schema_version"("recorded_from");
