// Holds the delegate for section headings. In a file of its own, because a ListView of Qt 6.4 cannot make one out of a
// component that is bound to its surroundings.
import QtQuick

QtObject {
    property Component heading: SectionHeading {}
}
