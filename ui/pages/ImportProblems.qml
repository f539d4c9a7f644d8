// Entries of a file that were left out, or what there is to know of those that were not, each with the reason and what
// to do.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Controls

ColumnLayout {
    id: section

    required property string heading
    // {sentence, remedy, line, entry}
    required property var problems
    required property string fileName
    required property int most

    spacing: Theme.gapSmall

    PlainLabel {
        Layout.fillWidth: true
        text: section.heading
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: Words.firstOf(section.problems, section.most)

        Banner {
            required property var modelData

            Layout.fillWidth: true
            tone: "warning"
            title: {
                const entry = modelData.entry ?? "";
                const line = modelData.line ?? 0;
                if (entry !== "" && line > 0)
                    return Words.fill(qsTr("“%1” (line %2)"), [entry, line]);
                if (line > 0)
                    return qsTr("Line %1").arg(line);
                return entry !== "" ? entry : section.fileName;
            }
            message: Words.join([modelData.sentence, modelData.remedy], " ")
        }
    }
}
