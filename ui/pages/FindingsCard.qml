// What is weak or retired about a connection, each with what to do and, on request, where one can read that it is so;
// and why the connection has the grade that it has.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Controls

ColumnLayout {
    id: card

    // {code, severity, sentence, remedy, source}
    required property list<var> findings
    // The grade's name on the bus, the codes that make it, and what it would be without them.
    required property string grade
    required property var because
    required property string next

    readonly property string gradeText: Words.gradeName(grade)

    spacing: Theme.gapSmall

    Card {
        Layout.fillWidth: true
        objectName: "gradeCard"
        // Nothing is wrong with what is not judged, as far as Tern knows.
        visible: card.gradeText !== "" && card.grade !== "not-judged"
        heading: qsTr("Why “%1”?").arg(card.gradeText)
        spacing: Theme.gapTiny

        PlainLabel {
            Layout.fillWidth: true
            objectName: "gradeReason"
            text: qsTr("A connection is as good as its worst point. %n point(s) below make it “%1”.", "", card.because.length).arg(card.gradeText)
            wrapMode: Text.Wrap
            lineHeight: 1.1
        }
        PlainLabel {
            Layout.fillWidth: true
            objectName: "gradeNext"
            text: {
                const next = Words.gradeName(card.next);
                return next === "" ? qsTr("Once that is dealt with, there is nothing left to say against it.") : qsTr("Once that is dealt with, it would be “%1”.").arg(next);
            }
            color: Theme.textMuted
            wrapMode: Text.Wrap
            lineHeight: 1.1
        }
    }
    Repeater {
        model: card.findings

        FindingBanner {
            required property var modelData

            Layout.fillWidth: true
            finding: modelData
            decides: card.grade !== "not-judged" && card.because.includes(modelData.code)
        }
    }
}
