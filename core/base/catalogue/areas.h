// The areas of the catalogue; one file each beside this one.
#pragma once

#include "core/base/catalogue.h"

namespace tern::base {

std::span<const CatalogueRow> cryptoRows();
std::span<const CatalogueRow> certificateRows();
std::span<const CatalogueRow> eapRows();
std::span<const CatalogueRow> tlsRows();
std::span<const CatalogueRow> ikeRows();
std::span<const CatalogueRow> pppRows();
std::span<const CatalogueRow> sstpRows();
std::span<const CatalogueRow> windowsRows();
std::span<const CatalogueRow> datapathRows();
std::span<const CatalogueRow> profileRows();
std::span<const CatalogueRow> formatsRows();
std::span<const CatalogueRow> exportRows();
std::span<const CatalogueRow> legacyRows();
std::span<const CatalogueRow> probeRows();
std::span<const CatalogueRow> helperRows();
std::span<const CatalogueRow> engineRows();
std::span<const CatalogueRow> proxyRows();
std::span<const CatalogueRow> policyRows();
std::span<const CatalogueRow> l2tpRows();
std::span<const CatalogueRow> migrateRows();

} // namespace tern::base
