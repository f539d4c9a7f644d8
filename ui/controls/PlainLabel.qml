// Every text in the window: plain, so that nothing a server or file says is taken for markup.
import QtQuick
import Tern.Controls

Text {
    textFormat: Text.PlainText
    color: Theme.text
    font.pixelSize: Theme.textBody
    linkColor: Theme.accent
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
