#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.crypto.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{"tern.crypto.cipher",
                 QT_TRANSLATE_NOOP("Catalogue", "This computer cannot use the encryption that the server asked for."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator for a server with current encryption, or save a "
                                   "report and send it to us.")},
    CatalogueRow{"tern.crypto.password-text",
                 QT_TRANSLATE_NOOP("Catalogue", "The password contains a character that cannot be sent."),
                 QT_TRANSLATE_NOOP("Catalogue", "Type the password again.")},
    CatalogueRow{"tern.crypto.dh.group",
                 QT_TRANSLATE_NOOP("Catalogue", "The server asked for a kind of key exchange that Tern does not know."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to allow a current key exchange group, such as "
                                                "MODP 2048 or ECP 256, on the server.")},
    CatalogueRow{
        "tern.crypto.dh.public-value",
        QT_TRANSLATE_NOOP("Catalogue", "The server sent an unsafe value while the connection was being secured."),
        QT_TRANSLATE_NOOP("Catalogue", "Do not connect from this network for now. If it happens elsewhere too, "
                                       "tell your administrator.")},
    CatalogueRow{"tern.crypto.cert.malformed",
                 QT_TRANSLATE_NOOP("Catalogue", "The server sent a certificate that cannot be read."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tell your administrator that the server's certificate is damaged.")},
};

} // namespace

std::span<const CatalogueRow> cryptoRows() {
    return rows;
}

} // namespace tern::base
