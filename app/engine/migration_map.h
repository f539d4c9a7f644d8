// Plans, letters and what was asked for, as the maps of org.ternvpn.Engine1.xml.
#pragma once

#include "app/engine/migrations.h"

#include <QVariantMap>

namespace tern::engine {

// The keys that PlanMigration, Migrate and Letter share. Fails with tern.engine.bad-change, and with tern.crypto.ca.*
// for what is no authority's certificate.
[[nodiscard]] base::Result<Migrations::Wish> migrationWish(const QVariantMap& options);

[[nodiscard]] QVariantMap planMap(const Migrations::Planned& planned);

// One of the archive.
[[nodiscard]] QVariantMap archivedMap(const profile::Profile& profile);

// language: as in "zh_CN", of the letter; "" for ternd's own. contact: the address it goes to; may be empty.
[[nodiscard]] QVariantMap letterMap(const QString& language, const QString& contact,
                                    const std::function<base::Result<migrate::Document>()>& compose,
                                    base::Result<void>& result);

} // namespace tern::engine
