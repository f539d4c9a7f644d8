// The round mark before a connection: told apart by shape as well as by colour.
import QtQuick
import Tern.Controls

Rectangle {
    id: mark

    required property string state
    required property bool refused
    property int size: 34

    readonly property bool busy: state === "connecting" || state === "disconnecting"
    readonly property string tone: state !== "disconnected" ? Words.stateTone(state) : refused ? "danger" : "neutral"

    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: Theme.toneSurface(tone)
    Accessible.ignored: true

    Icon {
        anchors.centerIn: parent
        visible: !mark.busy
        size: Math.round(mark.size * 0.55)
        glyph: {
            if (mark.state === "connected")
                return "shield";
            if (mark.state === "failed")
                return "error";
            return mark.refused ? "shield-off" : "lock";
        }
        color: Theme.toneColor(mark.tone)
    }
    Spinner {
        anchors.centerIn: parent
        visible: mark.busy
        size: Math.round(mark.size * 0.55)
    }
}
