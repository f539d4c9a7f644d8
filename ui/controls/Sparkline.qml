// The last minute as two lines over a shared scale: values (filled) and others.
import QtQuick
import Tern.Controls

Canvas {
    id: chart

    required property string name
    property list<real> values
    property list<real> others
    property int places: 60
    property color ink: Theme.accent
    property color otherInk: Theme.positive
    property color rule: Theme.outline
    readonly property real peak: Math.max(1000, Math.max.apply(null, [0].concat(Array.from(values), Array.from(others))))

    implicitHeight: 72
    implicitWidth: 200
    onValuesChanged: requestPaint()
    onOthersChanged: requestPaint()
    onInkChanged: requestPaint()
    onRuleChanged: requestPaint()

    Accessible.role: Accessible.Graphic
    Accessible.name: name

    function trace(context: var, series: var): void {
        const step = width / (places - 1);
        const first = places - series.length;
        for (let i = 0; i < series.length; ++i) {
            const x = (first + i) * step;
            const y = height - 2 - series[i] / peak * (height - 6);
            if (i === 0)
                context.moveTo(x, y);
            else
                context.lineTo(x, y);
        }
    }

    onPaint: {
        const context = getContext("2d");
        context.reset();
        context.lineWidth = 1;
        context.strokeStyle = rule;
        context.beginPath();
        context.moveTo(0, height - 0.5);
        context.lineTo(width, height - 0.5);
        context.stroke();
        if (values.length < 2)
            return;
        context.beginPath();
        trace(context, values);
        context.lineTo(width, height);
        context.lineTo((places - values.length) * width / (places - 1), height);
        context.closePath();
        context.fillStyle = Qt.rgba(ink.r, ink.g, ink.b, 0.16);
        context.fill();
        context.lineWidth = 1.6;
        context.strokeStyle = ink;
        context.beginPath();
        trace(context, values);
        context.stroke();
        context.strokeStyle = otherInk;
        context.beginPath();
        trace(context, others);
        context.stroke();
    }
}
