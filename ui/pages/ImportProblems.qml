// The entries of a file that could not be imported, or not wholly, each with the reason and what to do.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: section

    required property ImportReport report
    required property int most

    spacing: Theme.gapSmall

    PlainLabel {
        Layout.fillWidth: true
        objectName: "importSkipped"
        text: section.report.skipped > 0 ? qsTr("%n left out", "", section.report.skipped) : qsTr("Worth knowing")
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: Words.firstOf(section.report.problems, section.most)

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
                return entry !== "" ? entry : section.report.fileName;
            }
            message: Words.join([modelData.sentence, modelData.remedy], " ")
        }
    }
}
