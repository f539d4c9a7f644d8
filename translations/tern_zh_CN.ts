<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Tern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version %1, service %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brings you from PPTP and L2TP to IKEv2. Named after the bird with the longest migration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AdviceDialog</name>
    <message>
        <source>Hello,

my VPN connection “%1” to %2 uses %3. %3 is no longer considered safe, and new versions of Windows, macOS, Android and Linux programs stop supporting it.

Could you please offer IKEv2 or SSTP on the server? Current Windows Server (RRAS), routers and firewalls have both:
– IKEv2: UDP ports 500 and 4500, a server certificate with the server&apos;s name, sign-in by EAP-MSCHAPv2 or certificate.
– SSTP: TCP port 443, a server certificate with the server&apos;s name.

I would need the name of the server, how I sign in, and your certificate authority&apos;s certificate if it is not a public one.

Thank you!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” uses %2, which is not safe any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” cannot be connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anyone who records a PPTP connection can read everything in it and find out the password, usually within a day. Tern does not connect with it, to protect you and your organisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L2TP is being switched off: current servers and systems drop it, and its shared key is often known to many people, who can then pose as the server. Tern does not connect with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version of Tern does not know this kind of connection. It connects with IKEv2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you can do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask whoever runs the VPN, usually your IT department, for a connection by IKEv2 or SSTP. Most servers that offer %1 can offer these too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for three things: the server&apos;s name, how you sign in, and the certificate to trust if it is not a public one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When you get a new phonebook file or the new details, import them here. Your old entry stays until you remove it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A letter you can send: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the letter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
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
    <message>
        <source>The system did not let Tern use the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again. If it happens again, restart the computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be sent to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the computer is online, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no way to %1 from this network.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectionList</name>
    <message numerus="yes">
        <source>Search %n connection(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a phonebook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a phonebook…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Tern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectionPage</name>
    <message>
        <source>This connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your addresses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network interface</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings of this connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in your keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked when connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All traffic goes through it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only what belongs to the other network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the password</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectionRow</name>
    <message>
        <source>What can I do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can I do about %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel connecting %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContentPane</name>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DropSheet</name>
    <message>
        <source>Drop the phonebook to import it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>Edit “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A connection needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name your administrator gave you, such as vpn.example.org</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A connection needs a server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it empty to be asked each time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send all traffic through this connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When off, only what belongs to the other network goes through it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EngineClient</name>
    <message>
        <source>The answer could not be passed on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” could not be connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” could not be disconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” could not be changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” could not be removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password could not be forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” could not be imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tern cannot read this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it is a file on this computer and that you may open it, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorPanel</name>
    <message>
        <source>Hide details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Tern&apos;s background service does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a moment and try again. If that does not help, sign out and in again, or install Tern anew.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Import your Windows phonebook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tern reads your VPN connections from it, tells you which ones use retired protocols, and connects with the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or drop the file anywhere on this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the phonebook?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the Windows computer, open this folder in Explorer and copy the file rasphone.pbk to this one:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportResultPage</name>
    <message>
        <source>Imported connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing new in “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) imported from “%1”</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 use(s) a retired protocol</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>PPTP and L2TP are not safe any more and are being switched off everywhere. Tern keeps these entries and helps you to replace them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of them uses a retired protocol.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” (line %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show my connections</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>Passwords and keys are never written here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>Tern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Tern</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>VPN connections, and help to leave PPTP and L2TP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours for this run: light, dark or system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language for this run, such as en or zh_CN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start in the tray, without a window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Windows phonebook (.pbk) to import.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageBar</name>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Hide %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PromptDialog</name>
    <message>
        <source>Shared key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept that key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept that user name or password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check it and type it again. Mind capital letters and the keyboard layout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember this password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept in your keyring, locked with your login.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keyring to keep it safe, so Tern asks each time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SectionHeading</name>
    <message>
        <source>Ready to connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retired protocols: need replacing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not supported yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ServiceBanner</name>
    <message>
        <source>Tern&apos;s background service is not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your connections cannot be shown or changed until it is back. Tern keeps looking for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep Tern in the tray when the window is closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your connection stays up either way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desktop shows no tray, so closing the window ends it. Your connection stays up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found: passwords can be remembered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: passwords are asked each time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network helper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts when it is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sheets</name>
    <message>
        <source>Remove “%1”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its settings and its password are removed from this computer. The server and your phonebook file are not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import “%1”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tern reads the VPN connections in this file and adds them to yours. Only do this with a file you trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a phonebook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phonebooks (*.pbk *.PBK)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusCard</name>
    <message>
        <source>Tern does not connect with this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can I do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SystemTray</name>
    <message>
        <source>Connected to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Tern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrafficCard</name>
    <message>
        <source>Traffic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last minute: receiving %1, sending %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One minute ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top of the graph: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking up the server…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contacting the server…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the server…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Setting up the network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can fall back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shared key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User name and password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>number and unit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>data per second</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
</TS>
