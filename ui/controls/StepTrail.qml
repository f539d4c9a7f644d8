// Where one is on a way of a few steps: those behind are ticked, the present one stands out.
pragma ComponentBehavior: Bound
import QtQuick
import Tern.Controls

Flow {
    id: trail

    required property list<string> steps
    required property int current

    spacing: Theme.gapSmall

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Step %1 of %2: %3").arg(current + 1).arg(steps.length).arg(steps[current] ?? "")

    Repeater {
        model: trail.steps

        Row {
            id: step

            required property string modelData
            required property int index

            readonly property bool behind: index < trail.current
            readonly property bool here: index === trail.current

            spacing: Theme.gapTiny

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.textBody + 8
                height: width
                radius: width / 2
                color: step.here ? Theme.accent : step.behind ? Theme.positiveSoft : Theme.neutralSoft

                PlainLabel {
                    anchors.centerIn: parent
                    visible: !step.behind
                    text: String(step.index + 1)
                    font.pixelSize: Theme.textSmall
                    font.weight: Font.DemiBold
                    color: step.here ? Theme.accentText : Theme.textMuted
                    Accessible.ignored: true
                }
                Icon {
                    anchors.centerIn: parent
                    visible: step.behind
                    glyph: "check"
                    size: Theme.textSmall
                    color: Theme.positive
                }
            }
            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: step.modelData
                color: step.here ? Theme.text : Theme.textMuted
                font.weight: step.here ? Font.DemiBold : Font.Normal
                Accessible.ignored: true
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: step.index + 1 < trail.steps.length
                glyph: "chevron-right"
                size: Theme.textSmall
                color: Theme.textMuted
            }
        }
    }
}
