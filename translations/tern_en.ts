<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ConnectionList</name>
    <message numerus="yes">
        <source>Search %n connection(s)</source>
        <translation>
            <numerusform>Search %n connection</numerusform>
            <numerusform>Search %n connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportProblems</name>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportResultPage</name>
    <message numerus="yes">
        <source>%n connection(s) imported from “%1”</source>
        <translation>
            <numerusform>%n connection imported from “%1”</numerusform>
            <numerusform>%n connections imported from “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 use(s) a retired protocol</source>
        <translation>
            <numerusform>%n of %1 uses a retired protocol</numerusform>
            <numerusform>%n of %1 use a retired protocol</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more in the list</source>
        <translation>
            <numerusform>… and %n more in the list</numerusform>
            <numerusform>… and %n more in the list</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n day(s) %1</source>
        <translation>
            <numerusform>%n day %1</numerusform>
            <numerusform>%n days %1</numerusform>
        </translation>
    </message>
</context>
</TS>
