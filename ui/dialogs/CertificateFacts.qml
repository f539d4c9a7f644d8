// Whose certificate it is, who issued it and how long it is good; or what is wrong with it.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: facts

    required property CertificateView view

    spacing: Theme.gapSmall

    FactRow {
        objectName: "certificateSubject"
        label: qsTr("Issued to")
        value: facts.view.subject
    }
    FactRow {
        objectName: "certificateIssuer"
        label: qsTr("Issued by")
        value: facts.view.issuer
    }
    FactRow {
        objectName: "certificateExpires"
        label: qsTr("Good until")
        value: facts.view.known ? facts.view.expires.toLocaleDateString(Qt.locale(), Locale.LongFormat) : ""
    }
    FactRow {
        label: qsTr("Key")
        value: facts.view.key
    }
    Banner {
        Layout.fillWidth: true
        visible: facts.view.expired
        tone: "danger"
        title: qsTr("This certificate has run out.")
        message: qsTr("Ask your administrator for a new one.")
    }
    Banner {
        Layout.fillWidth: true
        objectName: "certificateProblem"
        visible: facts.view.error.sentence !== ""
        tone: "danger"
        title: facts.view.error.sentence
        message: facts.view.error.remedy
    }
}
