// "Server   vpn.example.org": a name and a value that can be selected and copied.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

Item {
    id: fact

    required property string label
    required property string value

    readonly property int nameWidth: Math.min(150 * Theme.typeScale, width * 0.38)

    Layout.fillWidth: true
    implicitHeight: Math.max(name.y + name.implicitHeight, text.y + text.implicitHeight)
    visible: value !== ""

    // Chinese letters come from another font than Latin ones, and raise their line: both stand on one baseline all the
    // same. TextEdit's own knows nothing of other fonts.
    PlainLabel {
        id: measure

        visible: false
        width: text.width
        text: fact.value
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    PlainLabel {
        id: name

        y: Math.max(0, measure.baselineOffset - name.baselineOffset)
        width: fact.nameWidth
        text: fact.label
        color: Theme.textMuted
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    TextEdit {
        id: text

        x: fact.nameWidth + Theme.gap
        y: Math.max(0, name.baselineOffset - measure.baselineOffset)
        width: Math.max(0, fact.width - x)
        text: fact.value
        textFormat: TextEdit.PlainText
        color: Theme.text
        font.pixelSize: Theme.textBody
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        readOnly: true
        selectByMouse: true
        activeFocusOnPress: true
        wrapMode: TextEdit.WrapAtWordBoundaryOrAnywhere
        Accessible.role: Accessible.StaticText
        Accessible.name: fact.label + ": " + fact.value
    }
}
