// Says that the policy of this computer has a mistake, so that nothing can be connected.
import QtQuick
import Tern.Client
import Tern.Controls

Item {
    id: banner

    required property EngineClient engine

    readonly property list<var> problems: engine.policy.problems
    readonly property bool wrong: engine.available && problems.length > 0

    implicitHeight: wrong ? strip.implicitHeight + 2 * Theme.gap : 0
    visible: wrong

    Banner {
        id: strip

        anchors.fill: parent
        anchors.margins: Theme.gap
        objectName: "policyBanner"
        tone: "danger"
        title: banner.wrong ? banner.problems[0].sentence : ""
        message: banner.wrong ? Words.join([banner.problems[0].remedy, banner.problems.length > 1 ? qsTr("%n more mistake(s) are in the log.", "", banner.problems.length - 1) : ""], " ") : ""
    }
}
