#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr const char* nothingToDo = QT_TRANSLATE_NOOP("Catalogue", "There is nothing you need to do.");
constexpr const char* askForPhonebook =
    QT_TRANSLATE_NOOP("Catalogue", "Choose the Windows phonebook, rasphone.pbk, or ask your administrator for it.");

constexpr const char* askForAnother =
    QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for the file with the VPN connection.");
constexpr const char* copyAgain =
    QT_TRANSLATE_NOOP("Catalogue", "The file may be damaged: copy it again and import it again.");

// %1 is the file, in .entry. and .note. rows the connection.
constexpr std::array rows{
    // ---- the whole file ----
    CatalogueRow{"tern.formats.empty", QT_TRANSLATE_NOOP("Catalogue", "%1 is empty."), askForPhonebook},
    CatalogueRow{"tern.formats.too-large",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is larger than %2 MB, far more than any list of VPN connections."),
                 askForPhonebook},
    CatalogueRow{"tern.formats.binary",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is a %2 file, not a list of VPN connections."), askForPhonebook},
    CatalogueRow{"tern.formats.not-text",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is not a Windows phonebook: line %2 is not text."),
                 askForPhonebook},
    CatalogueRow{"tern.formats.not-phonebook",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is not a Windows phonebook: line %2 should be the name of a "
                                                "connection in square brackets."),
                 askForPhonebook},
    CatalogueRow{"tern.formats.no-connections",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 has sections, from line %2 on, but none of them is a connection."),
                 askForPhonebook},
    CatalogueRow{"tern.formats.phone-list",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is a list of dial-in telephone numbers (see line %2), not of VPN "
                                                "connections."),
                 askForPhonebook},
    CatalogueRow{"tern.formats.other-kind",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is a file for %2, which Tern cannot import."), askForPhonebook},
    CatalogueRow{"tern.formats.broken",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is a %3 file, but it is damaged at line %2."), copyAgain},
    CatalogueRow{"tern.formats.entities",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 wants other files to be read, or tries to grow without end. Tern "
                                                "does not open such files."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator where the file comes from.")},
    CatalogueRow{"tern.formats.too-complex",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is built in far more parts than any list of VPN connections."),
                 askForPhonebook},
    CatalogueRow{"tern.formats.no-vpn",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is a %2 file, but there is no VPN connection in it."),
                 askForAnother},
    CatalogueRow{"tern.formats.forged",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 was changed after it was signed. Tern does not open it."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever sent it to you for the file as it was.")},

    CatalogueRow{"tern.formats.folder-unreadable",
                 QT_TRANSLATE_NOOP("Catalogue", "The folder “%1” cannot be looked through."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that you may open it, or ask somebody who may.")},
    CatalogueRow{"tern.formats.not-written", QT_TRANSLATE_NOOP("Catalogue", "The file “%1” could not be written."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that you may write there and that there is room.")},

    // ---- entries that are skipped ----
    CatalogueRow{"tern.formats.entry.other-kind",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is a connection of another kind (%2), not a VPN that Tern "
                                                "knows."),
                 nothingToDo},
    CatalogueRow{"tern.formats.entry.removal",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is an order to remove a connection."), nothingToDo},
    CatalogueRow{"tern.formats.entry.server-side",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is for a computer that is called by others: it names no "
                                                "server to connect to."),
                 nothingToDo},
    CatalogueRow{"tern.formats.entry.l2tp-server",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is for a computer that others call by L2TP, which is no longer "
                                                "safe; it names no server to connect to."),
                 QT_TRANSLATE_NOOP("Catalogue", "If somebody still calls it, IKEv2 or SSTP has to take its place.")},
    CatalogueRow{"tern.formats.entry.server-list",
                 QT_TRANSLATE_NOOP("Catalogue", "The servers of \"%1\" are in a file of their own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for the server's name.")},
    CatalogueRow{"tern.formats.entry.pppoe",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is a broadband connection (PPPoE), not a VPN."), nothingToDo},
    CatalogueRow{"tern.formats.entry.dial-up",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is a dial-up connection by telephone line, not a VPN."),
                 nothingToDo},
    CatalogueRow{"tern.formats.entry.not-connection",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is a section of settings, not a connection."), nothingToDo},
    CatalogueRow{"tern.formats.entry.no-server",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" does not say which server to connect to."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for the server's name and import again.")},
    CatalogueRow{"tern.formats.entry.bad-server",
                 QT_TRANSLATE_NOOP("Catalogue", "The server of \"%1\" is not a name or an address."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for the server's name and import again.")},
    CatalogueRow{"tern.formats.entry.cut-off", QT_TRANSLATE_NOOP("Catalogue", "The file ends in the middle of \"%1\"."),
                 QT_TRANSLATE_NOOP("Catalogue", "The file was not copied whole: copy it again and import it again.")},
    CatalogueRow{"tern.formats.entry.too-long",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" is far longer than any connection should be."),
                 QT_TRANSLATE_NOOP("Catalogue", "The file may be damaged: copy it again and import it again.")},

    // ---- entries that are imported, with something to know ----
    CatalogueRow{"tern.formats.note.stray-line",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" has a line that is no setting; it is kept and not used."),
                 nothingToDo},
    CatalogueRow{"tern.formats.note.bad-number",
                 QT_TRANSLATE_NOOP("Catalogue", "In \"%1\", the setting %2 should be a number and is \"%3\". The usual "
                                                "value is used."),
                 QT_TRANSLATE_NOOP("Catalogue", "If the connection does not work, ask your administrator about it.")},
    CatalogueRow{"tern.formats.note.bad-address",
                 QT_TRANSLATE_NOOP("Catalogue", "In \"%1\", the setting %2 should be an address and is \"%3\". It is "
                                                "not used."),
                 QT_TRANSLATE_NOOP("Catalogue", "If the connection does not work, ask your administrator about it.")},
    CatalogueRow{"tern.formats.note.count",
                 QT_TRANSLATE_NOOP("Catalogue", "In \"%1\", %2 promises %3 settings that are not there."),
                 QT_TRANSLATE_NOOP("Catalogue", "If something is missing, ask your administrator about it.")},
    CatalogueRow{"tern.formats.note.contradiction",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" calls itself dial-up (%2) but uses a VPN device; it is "
                                                "imported as a VPN."),
                 nothingToDo},
    CatalogueRow{"tern.formats.note.strategy",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" asks for a kind of VPN that is not known (%2); the kind is "
                                                "chosen automatically."),
                 nothingToDo},
    CatalogueRow{"tern.formats.note.protocol-list",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" keeps its list of VPN kinds outside this file; the kind is "
                                                "chosen automatically."),
                 nothingToDo},
    CatalogueRow{"tern.formats.note.eap-data",
                 QT_TRANSLATE_NOOP("Catalogue", "Some of the sign-in settings of \"%1\" cannot be understood; they are "
                                                "kept and not used."),
                 QT_TRANSLATE_NOOP("Catalogue", "If you cannot sign in, ask your administrator about it.")},
    CatalogueRow{"tern.formats.note.policy",
                 QT_TRANSLATE_NOOP("Catalogue", "The encryption settings of \"%1\" cannot be understood; Tern's own "
                                                "are used."),
                 QT_TRANSLATE_NOOP("Catalogue", "If the connection does not work, ask your administrator about it.")},
    CatalogueRow{"tern.formats.note.kept",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" has a list (%2) that Tern cannot read; it is kept and not "
                                                "used."),
                 QT_TRANSLATE_NOOP("Catalogue", "If some places cannot be reached through the VPN, ask your "
                                                "administrator which networks belong to it.")},
    CatalogueRow{"tern.formats.note.secret-left-out",
                 QT_TRANSLATE_NOOP("Catalogue", "The file holds a secret of \"%1\" for all to read. Tern leaves it "
                                                "out."),
                 QT_TRANSLATE_NOOP("Catalogue", "Enter it when you connect, and keep that file away from others.")},
    CatalogueRow{"tern.formats.note.secret-in-file",
                 QT_TRANSLATE_NOOP("Catalogue", "The file %2 holds the password or key of \"%1\"; whoever has the "
                                                "file can read it."),
                 QT_TRANSLATE_NOOP("Catalogue", "Delete the file, or keep it away from others.")},
    CatalogueRow{"tern.formats.note.unused",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" has settings that Tern does not use: %2."),
                 QT_TRANSLATE_NOOP("Catalogue", "If the connection does not work, ask your administrator about it.")},
    CatalogueRow{"tern.formats.note.bad-certificate",
                 QT_TRANSLATE_NOOP("Catalogue", "In \"%1\", the certificate in %2 cannot be read. It is not used."),
                 QT_TRANSLATE_NOOP("Catalogue", "If the server is not trusted, ask your administrator for the "
                                                "certificate of its authority.")},
    CatalogueRow{"tern.formats.note.file-elsewhere",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" needs another file, %3 (%2), and does not say where it is."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose that file in the connection's settings.")},
    CatalogueRow{"tern.formats.note.key-elsewhere",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" takes your certificate from another place (%2)."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose your certificate in the connection's settings.")},
    CatalogueRow{"tern.formats.note.signed", QT_TRANSLATE_NOOP("Catalogue", "%1 is signed by %2."), nothingToDo},
    CatalogueRow{"tern.formats.note.signer-unknown",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is signed by %2, but this computer does not know whether that is "
                                                "true."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator whether the file comes from them.")},
    CatalogueRow{"tern.formats.note.other-payloads",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 also holds settings for other things (%2); Tern does not use "
                                                "them."),
                 nothingToDo},
    CatalogueRow{"tern.formats.note.other-secrets",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 holds further passwords or keys, which belong to none of its "
                                                "connections. Tern leaves them out."),
                 QT_TRANSLATE_NOOP("Catalogue", "Keep that file away from others.")},
    CatalogueRow{"tern.formats.note.ipsec-elsewhere",
                 QT_TRANSLATE_NOOP("Catalogue", "Whether \"%1\" is encrypted at all is not in this file: IPsec is set "
                                                "up in another one (ipsec.conf or swanctl.conf)."),
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP by itself encrypts nothing: look for the connection's IPsec.")},
    CatalogueRow{"tern.formats.note.includes",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 refers to other files, which are not read along with it."),
                 QT_TRANSLATE_NOOP("Catalogue", "Import those files too.")},
    CatalogueRow{"tern.formats.note.computed",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 is a script that works out some settings when it runs (%2); Tern "
                                                "runs nothing and leaves them out."),
                 QT_TRANSLATE_NOOP("Catalogue", "If the connection does not work, ask your administrator about it.")},
    CatalogueRow{"tern.formats.note.first-proposal",
                 QT_TRANSLATE_NOOP("Catalogue", "\"%1\" names several kinds of encryption; Tern proposes the first "
                                                "and then its own."),
                 nothingToDo},
    CatalogueRow{"tern.formats.note.encoding-guessed",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not say how its letters are written; %2 was guessed."),
                 QT_TRANSLATE_NOOP("Catalogue", "If names look wrong, rename the connections.")},
    CatalogueRow{"tern.formats.note.damaged-text",
                 QT_TRANSLATE_NOOP("Catalogue", "Some letters in %1 are damaged and were replaced."),
                 QT_TRANSLATE_NOOP("Catalogue", "If names look wrong, rename the connections.")},
    CatalogueRow{"tern.formats.note.too-many",
                 QT_TRANSLATE_NOOP("Catalogue", "There is more to say about %1 than the first %2 remarks."),
                 nothingToDo},
    CatalogueRow{"tern.formats.note.too-many-entries",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 has more than %2 connections; the rest was not read."),
                 QT_TRANSLATE_NOOP("Catalogue", "Split the file and import its parts.")},
};

} // namespace

std::span<const CatalogueRow> formatsRows() {
    return rows;
}

} // namespace tern::base
