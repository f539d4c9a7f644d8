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
    <name>ConnectionRow</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsCard</name>
    <message numerus="yes">
        <source>A connection is as good as its worst point. %n point(s) below make it “%1”.</source>
        <translation>
            <numerusform>A connection is as good as its worst point. %n point below makes it “%1”.</numerusform>
            <numerusform>A connection is as good as its worst point. %n points below make it “%1”.</numerusform>
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
    <message numerus="yes">
        <source>“%1” still holds the passwords or keys of %n connection(s)</source>
        <translation>
            <numerusform>“%1” still holds the password or key of %n connection</numerusform>
            <numerusform>“%1” still holds the passwords or keys of %n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The passwords or keys of %n connection(s) could not be put into your keyring</source>
        <translation>
            <numerusform>The password or key of %n connection could not be put into your keyring</numerusform>
            <numerusform>The passwords or keys of %n connections could not be put into your keyring</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MigrateDialog</name>
    <message numerus="yes">
        <source>Next connection (%n left)</source>
        <translation>
            <numerusform>Next connection (%n left)</numerusform>
            <numerusform>Next connection (%n left)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyBanner</name>
    <message numerus="yes">
        <source>%n more mistake(s) are in the log.</source>
        <translation>
            <numerusform>%n more mistake is in the log.</numerusform>
            <numerusform>%n more mistakes are in the log.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyCard</name>
    <message numerus="yes">
        <source>Your organisation allows this until %1: %n day(s) left</source>
        <translation>
            <numerusform>Your organisation allows this until %1: %n day left</numerusform>
            <numerusform>Your organisation allows this until %1: %n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%2 allows this until %1: %n day(s) left</source>
        <translation>
            <numerusform>%2 allows this until %1: %n day left</numerusform>
            <numerusform>%2 allows this until %1: %n days left</numerusform>
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
<context>
    <name>tern::audit::Html</name>
    <message numerus="yes">
        <source>%n file(s) with connections</source>
        <translation>
            <numerusform>%n file with connections</numerusform>
            <numerusform>%n files with connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) searched</source>
        <translation>
            <numerusform>%n folder searched</numerusform>
            <numerusform>%n folders searched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or folder(s) could not be judged; see the end of this page.</source>
        <translation>
            <numerusform>%n file or folder could not be judged; see the end of this page.</numerusform>
            <numerusform>%n files or folders could not be judged; see the end of this page.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tern looked at the names of %n file(s), and into those that may hold VPN connections: Windows phonebooks (.pbk), the connections and profiles of NetworkManager, strongSwan, Apple and Azure, Windows&apos; own XML and scripts.</source>
        <translation>
            <numerusform>Tern looked at the name of %n file, and into it if it may hold VPN connections: Windows phonebooks (.pbk), the connections and profiles of NetworkManager, strongSwan, Apple and Azure, Windows&apos; own XML and scripts.</numerusform>
            <numerusform>Tern looked at the names of %n files, and into those that may hold VPN connections: Windows phonebooks (.pbk), the connections and profiles of NetworkManager, strongSwan, Apple and Azure, Windows&apos; own XML and scripts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tern::audit::Words</name>
    <message numerus="yes">
        <source>%1 of %n connection(s) must be replaced.</source>
        <translation>
            <numerusform>%1 of %n connection must be replaced.</numerusform>
            <numerusform>%1 of %n connections must be replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n connection(s) can be made safer, none has to be replaced.</source>
        <translation>
            <numerusform>%1 of %n connection can be made safer, none has to be replaced.</numerusform>
            <numerusform>%1 of %n connections can be made safer, none has to be replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All of %n connection(s) are good.</source>
        <translation>
            <numerusform>%n connection, and it is good.</numerusform>
            <numerusform>All %n connections are good.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) were not asked: the asking was ended before their turn.</source>
        <translation>
            <numerusform>%n server was not asked: the asking was ended before its turn.</numerusform>
            <numerusform>%n servers were not asked: the asking was ended before their turn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n connection(s) belong to other programs and are not judged, nothing is wrong with the rest.</source>
        <translation>
            <numerusform>%1 of %n connection belongs to another program and is not judged.</numerusform>
            <numerusform>%1 of %n connections belong to other programs and are not judged, nothing is wrong with the rest.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tern::ctl::AuditText</name>
    <message numerus="yes">
        <source>%n file(s) with connections</source>
        <translation>
            <numerusform>%n file with connections</numerusform>
            <numerusform>%n files with connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) searched</source>
        <translation>
            <numerusform>%n folder searched</numerusform>
            <numerusform>%n folders searched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more server(s)</source>
        <translation>
            <numerusform>and %n more server</numerusform>
            <numerusform>and %n more servers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or folder(s) could not be judged.</source>
        <translation>
            <numerusform>%n file or folder could not be judged.</numerusform>
            <numerusform>%n files or folders could not be judged.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tern::ctl::Present</name>
    <message numerus="yes">
        <source>%1 (%n day(s) left)</source>
        <translation>
            <numerusform>%1 (%n day left)</numerusform>
            <numerusform>%1 (%n days left)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tern::ctl::Survey</name>
    <message numerus="yes">
        <source>%n server(s) will be asked.</source>
        <translation>
            <numerusform>%n server will be asked.</numerusform>
            <numerusform>%n servers will be asked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That takes about %n minute(s).</source>
        <translation>
            <numerusform>That takes about %n minute.</numerusform>
            <numerusform>That takes about %n minutes.</numerusform>
        </translation>
    </message>
</context>
</TS>
