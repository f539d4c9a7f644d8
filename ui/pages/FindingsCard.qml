// What is weak or retired about a connection, each with what to do.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Controls

ColumnLayout {
    id: card

    // {code, severity, sentence, remedy}
    required property list<var> findings

    spacing: Theme.gapSmall

    Repeater {
        model: card.findings

        Banner {
            required property var modelData

            Layout.fillWidth: true
            tone: modelData.severity === "note" ? "info" : Words.gradeTone(modelData.severity)
            glyph: tone === "danger" ? "shield-off" : tone === "warning" ? "warning" : "info"
            title: modelData.sentence
            message: modelData.remedy
        }
    }
}
