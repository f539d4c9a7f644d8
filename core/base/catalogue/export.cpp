#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr const char* otherFormat = QT_TRANSLATE_NOOP("Catalogue", "Choose another format for the export.");
constexpr const char* setByHand =
    QT_TRANSLATE_NOOP("Catalogue", "Set it by hand where the file is used, if it is needed there.");

// %1 is the format: ".mobileconfig", "PowerShell". left-out rows are the settings of core/formats/export_settings.h.
constexpr std::array rows{
    CatalogueRow{"tern.formats.export.format", QT_TRANSLATE_NOOP("Catalogue", "There is no format “%1” to export to."),
                 otherFormat},
    CatalogueRow{
        "tern.formats.export.retired",
        QT_TRANSLATE_NOOP("Catalogue",
                          "%2 is retired: such a connection is only exported as a phonebook, never as a %1 file."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Move the connection to IKEv2 or SSTP first, or export it as a phonebook (.pbk).")},
    CatalogueRow{"tern.formats.export.protocol",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file cannot hold this kind of VPN (%2)."), otherFormat},
    CatalogueRow{"tern.formats.export.sign-in",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file cannot hold a connection that signs in this way."),
                 otherFormat},
    CatalogueRow{
        "tern.formats.export.left-out.fallback",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file holds one kind of VPN: SSTP, as the other way in, is not in it."),
        setByHand},
    CatalogueRow{"tern.formats.export.left-out.spares",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for further servers."), setByHand},
    CatalogueRow{"tern.formats.export.left-out.port",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for the port of this connection."), setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.user",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for the user name: it is typed when connecting."),
        setByHand},
    CatalogueRow{"tern.formats.export.left-out.sign-in",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file cannot say exactly how this connection signs in."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.inner-sign-in",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for how the sign-in works inside its tunnel."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.own-certificate",
                 QT_TRANSLATE_NOOP(
                     "Catalogue", "Your certificate is not in the %1 file: it has to be there where the file is used."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.ppk",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for a post-quantum pre-shared key."),
                 setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.authority",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for the authority that signs the server's certificate."),
        setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.server-identity",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for the name by which the server is recognised."),
        setByHand},
    CatalogueRow{"tern.formats.export.left-out.own-identity",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for your IKE identity."), setByHand},
    CatalogueRow{"tern.formats.export.left-out.eap-server",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for how the sign-in server is checked."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.pins",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for pinned keys."), setByHand},
    CatalogueRow{"tern.formats.export.left-out.revocation",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for how revoked certificates are looked for."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.split-tunnel",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file cannot say that only some traffic goes through the tunnel."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.routes",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for all of the routes and their settings."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.excluded",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for networks that stay outside the tunnel."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.dns-servers",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for the name servers of this connection."),
                 setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.dns-domains",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for all of the DNS domains of this connection."),
        setByHand},
    CatalogueRow{"tern.formats.export.left-out.address",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for a fixed address."), setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.policy",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for the encryption settings of this connection."),
        setByHand},
    CatalogueRow{"tern.formats.export.left-out.post-quantum",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for post-quantum protection."), setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.mobility",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for how this connection moves between networks."),
        setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.sstp",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for what this SSTP server is told (names, tenant)."),
        setByHand},
    CatalogueRow{"tern.formats.export.left-out.proxy",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for the proxy of this connection."), setByHand},
    CatalogueRow{"tern.formats.export.left-out.always-on",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file cannot say that this connection connects by itself."),
                 setByHand},
    CatalogueRow{"tern.formats.export.left-out.trusted-networks",
                 QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for networks in which no VPN is wanted."),
                 setByHand},
    CatalogueRow{
        "tern.formats.export.left-out.redial",
        QT_TRANSLATE_NOOP("Catalogue", "A %1 file has no place for calling again and for hanging up when idle."),
        setByHand},
};

} // namespace

std::span<const CatalogueRow> exportRows() {
    return rows;
}

} // namespace tern::base
