// One finding: what it is and what to do; where one can read that it is so is one click away.
import QtQuick
import Tern.Controls

Banner {
    id: banner

    // {code, severity, sentence, remedy, source}
    required property var finding
    // It makes the connection's grade.
    property bool decides: false
    property bool open: false

    readonly property string source: finding.source ?? ""

    tone: finding.severity === "note" || finding.severity === "not-judged" ? "info" : Words.gradeTone(finding.severity)
    glyph: tone === "danger" ? "shield-off" : tone === "warning" ? "warning" : "info"
    title: finding.sentence
    message: finding.remedy

    Item {
        implicitWidth: mark.implicitWidth
        implicitHeight: detailsButton.implicitHeight
        visible: banner.decides

        Badge {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Decides the grade")
            tone: banner.tone
        }
    }
    ActionButton {
        id: detailsButton

        objectName: "findingDetails"
        kind: ActionButton.Quiet
        flush: !banner.decides
        glyph: banner.open ? "chevron-down" : "chevron-right"
        text: banner.open ? qsTr("Hide details") : qsTr("Details")
        spokenName: qsTr("Details of: %1").arg(banner.finding.sentence)
        onClicked: banner.open = !banner.open
    }
    PlainLabel {
        width: parent.width
        objectName: "findingSource"
        visible: banner.open
        text: Words.join([banner.source === "" ? "" : qsTr("Source: %1").arg(banner.source), banner.finding.code], "\n")
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
        lineHeight: 1.1
    }
}
