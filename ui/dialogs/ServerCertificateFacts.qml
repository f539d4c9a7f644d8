// One certificate: who it is for, from whom, until when, and by what it can be recognised.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

ColumnLayout {
    id: facts

    required property var certificate

    readonly property string revocation: {
        switch (certificate.revocation) {
        case "good":
            return certificate.revocationSource === "server" ? qsTr("Not revoked, as the server's own proof says") : qsTr("Not revoked");
        case "revoked":
            return Words.fill(qsTr("Revoked on %1 (%2)"), [certificate.revokedOn, certificate.revokedReason]);
        case "nowhere":
            return qsTr("Names no place where to ask");
        case "unchecked":
            return Words.join([qsTr("Could not be checked"), certificate.revocationProblem ?? ""], ": ");
        default:
            return certificate.trusted ? qsTr("Trusted for itself") : "";
        }
    }

    spacing: Theme.gapSmall

    FactRow {
        label: qsTr("Issued to")
        value: facts.certificate.subject ?? ""
    }
    FactRow {
        label: qsTr("Issued by")
        value: facts.certificate.selfSigned ? qsTr("Itself") : (facts.certificate.issuer ?? "")
    }
    FactRow {
        label: qsTr("Names")
        value: Words.join(facts.certificate.names ?? [], ", ")
    }
    FactRow {
        label: qsTr("Valid from")
        value: facts.certificate.validFrom ?? ""
    }
    FactRow {
        label: qsTr("Valid until")
        value: facts.certificate.validUntil ?? ""
    }
    FactRow {
        label: qsTr("Revocation")
        value: facts.revocation
    }
    FactRow {
        label: qsTr("Key")
        value: facts.certificate.key ?? ""
    }
    FactRow {
        label: qsTr("Signature")
        value: facts.certificate.signature ?? ""
    }
    FactRow {
        label: qsTr("Serial number")
        value: facts.certificate.serial ?? ""
    }
    FactRow {
        label: qsTr("SHA-256 fingerprint")
        value: facts.certificate.fingerprint ?? ""
    }
    FactRow {
        label: qsTr("Key fingerprint")
        value: facts.certificate.pin ?? ""
    }
}
