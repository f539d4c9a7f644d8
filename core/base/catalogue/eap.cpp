#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.eap.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{
        "tern.eap.password", QT_TRANSLATE_NOOP("Catalogue", "The server did not accept the user name or the password."),
        QT_TRANSLATE_NOOP("Catalogue", "Type both again. Some servers want the name as DOMAIN\\name or name@company.")},
    CatalogueRow{"tern.eap.refused",
                 QT_TRANSLATE_NOOP("Catalogue", "The server refused to let you in and gave no reason."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the user name and the password. If they are right, ask your "
                                                "administrator whether you may use the VPN.")},
    CatalogueRow{
        "tern.eap.logon-hours", QT_TRANSLATE_NOOP("Catalogue", "Your account may not be used at this time of day."),
        QT_TRANSLATE_NOOP("Catalogue", "Try again within your logon hours, or ask your administrator to change them.")},
    CatalogueRow{"tern.eap.account-disabled", QT_TRANSLATE_NOOP("Catalogue", "Your account is disabled."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to turn it on again.")},
    CatalogueRow{
        "tern.eap.password-expired", QT_TRANSLATE_NOOP("Catalogue", "Your password has expired."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Change it at a computer in the office or on your company's web page, then connect again.")},
    CatalogueRow{"tern.eap.no-dial-in", QT_TRANSLATE_NOOP("Catalogue", "Your account has no right to use the VPN."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to allow remote access for your account.")},
    CatalogueRow{
        "tern.eap.password-change", QT_TRANSLATE_NOOP("Catalogue", "The server could not change your password."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Change it at a computer in the office or on your company's web page, then connect again.")},
    CatalogueRow{"tern.eap.error-number",
                 QT_TRANSLATE_NOOP("Catalogue", "The server refused to let you in (error %1)."),
                 QT_TRANSLATE_NOOP("Catalogue", "Give this number to your administrator.")},
    CatalogueRow{"tern.eap.server-unverified",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The server asked for your password before it proved who it is. Nothing was sent."),
                 QT_TRANSLATE_NOOP("Catalogue", "Do not connect to this server. Tell your administrator.")},
    CatalogueRow{
        "tern.eap.server-proof",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The server does not know your password, though it says so. It may not be the real one."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Do not connect from this network for now. If it happens elsewhere too, tell your administrator.")},
    CatalogueRow{
        "tern.eap.early-success",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The server let you in without checking your password. It may not be the real one."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Do not connect from this network for now. If it happens elsewhere too, tell your administrator.")},
    CatalogueRow{
        "tern.eap.no-common-method",
        QT_TRANSLATE_NOOP("Catalogue", "The server wants another kind of sign-in than this connection allows."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Ask your administrator to allow a user name and password (EAP-MSCHAPv2) on the server.")},
    CatalogueRow{"tern.eap.protocol", QT_TRANSLATE_NOOP("Catalogue", "The server broke the rules of signing in."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Try again. If it happens again, save a report and send it to your administrator.")},
    CatalogueRow{"tern.eap.too-long",
                 QT_TRANSLATE_NOOP("Catalogue", "Signing in went on without an end and was stopped."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, tell your administrator.")},
};

} // namespace

std::span<const CatalogueRow> eapRows() {
    return rows;
}

} // namespace tern::base
