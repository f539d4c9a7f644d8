<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Catalogue</name>
    <message>
        <source>Something went wrong (%1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the details, or save a report and send it to us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tern made a mistake of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again. If it happens again, save a report and send it to us.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
