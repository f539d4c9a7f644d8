// Says when the engine, or what it needs, is not there.
import QtQuick
import Tern.Client
import Tern.Controls

Item {
    id: banner

    required property EngineClient engine

    readonly property bool gone: engine.ready && !engine.available

    implicitHeight: gone ? strip.implicitHeight + 2 * Theme.gap : 0
    visible: gone

    Banner {
        id: strip

        anchors.fill: parent
        anchors.margins: Theme.gap
        objectName: "serviceBanner"
        tone: "warning"
        title: qsTr("Tern's background service is not running.")
        message: qsTr("Your connections cannot be shown or changed until it is back. Tern keeps looking for it.")

        ActionButton {
            objectName: "serviceRetry"
            text: qsTr("Try now")
            onClicked: banner.engine.retry()
        }
    }
}
