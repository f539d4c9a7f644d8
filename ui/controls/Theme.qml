// Colours, sizes and type by meaning. Nothing else in ui/ names a colour or a pixel size of type.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    // Set once by the window, from the desktop or the user's own choice.
    property bool dark: false

    readonly property color window: dark ? "#16191d" : "#f3f5f8"
    readonly property color surface: dark ? "#1e2227" : "#ffffff"
    readonly property color surfaceRaised: dark ? "#282d34" : "#ffffff"
    readonly property color surfaceHover: dark ? "#2b3138" : "#eef1f5"
    readonly property color surfacePressed: dark ? "#343b44" : "#e2e7ee"
    readonly property color selection: dark ? "#22344d" : "#e4effd"
    readonly property color outline: dark ? "#3a424c" : "#d5dae1"
    readonly property color outlineStrong: dark ? "#6b7683" : "#8a94a1"
    readonly property color text: dark ? "#e9ecef" : "#1a1f25"
    readonly property color textMuted: dark ? "#a3adb8" : "#57616d"
    readonly property color textDisabled: dark ? "#6b7683" : "#939ca7"

    readonly property color accent: dark ? "#6cb0ff" : "#0b60c8"
    readonly property color accentHover: dark ? "#8bc0ff" : "#0a55b2"
    readonly property color accentText: dark ? "#08182b" : "#ffffff"
    readonly property color focus: dark ? "#9cc9ff" : "#0b60c8"

    readonly property color positive: dark ? "#57d08f" : "#13774a"
    readonly property color positiveSoft: dark ? "#1a3529" : "#e1f4ea"
    readonly property color warning: dark ? "#edbd5c" : "#8a5a00"
    readonly property color warningSoft: dark ? "#3a301b" : "#fdf1d8"
    readonly property color danger: dark ? "#ff8a80" : "#b9251b"
    readonly property color dangerHover: dark ? "#ffa59d" : "#9f1f16"
    readonly property color dangerSoft: dark ? "#41231f" : "#fde8e6"
    readonly property color dangerText: dark ? "#2d0a06" : "#ffffff"
    readonly property color infoSoft: dark ? "#1d2f45" : "#e6f0fc"
    readonly property color neutralSoft: dark ? "#323941" : "#e8ebf0"
    readonly property color scrim: dark ? "#80000000" : "#73161d26"

    // Type follows the desktop's font size, but never gets smaller than what can be read.
    readonly property real typeScale: Math.min(2, Math.max(1, Application.font.pointSize / 10))
    readonly property int textSmall: Math.round(12 * typeScale)
    readonly property int textBody: Math.round(14 * typeScale)
    readonly property int textLarge: Math.round(16 * typeScale)
    readonly property int textTitle: Math.round(21 * typeScale)

    readonly property int gapTiny: 4
    readonly property int gapSmall: 8
    readonly property int gap: 12
    readonly property int gapLarge: 20
    readonly property int gapHuge: 32

    readonly property int radius: 8
    readonly property int radiusSmall: 6
    readonly property int controlHeight: Math.round(36 * typeScale)
    readonly property int iconSize: Math.round(18 * typeScale)
    readonly property int animation: 120

    // A tone is what a badge or banner says: "neutral", "info", "positive", "warning" or "danger".
    function toneColor(tone: string): color {
        switch (tone) {
        case "positive":
            return theme.positive;
        case "warning":
            return theme.warning;
        case "danger":
            return theme.danger;
        case "info":
            return theme.accent;
        default:
            return theme.textMuted;
        }
    }
    function toneSurface(tone: string): color {
        switch (tone) {
        case "positive":
            return theme.positiveSoft;
        case "warning":
            return theme.warningSoft;
        case "danger":
            return theme.dangerSoft;
        case "info":
            return theme.infoSoft;
        default:
            return theme.neutralSoft;
        }
    }
}
