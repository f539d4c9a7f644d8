// A one-coloured drawing from resources/icons, drawn sharp at its size. It says nothing to a screen reader: what it
// sits in does.
import QtQuick
import QtQuick.Controls.impl as Impl
import Tern.Controls

Impl.IconImage {
    property string glyph
    property int size: Theme.iconSize

    source: glyph === "" ? "" : "qrc:/tern/icons/" + glyph + ".svg"
    sourceSize.width: size
    sourceSize.height: size
    color: Theme.text
    Accessible.ignored: true
}
