<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Tern</source>
        <translation>关于 Tern</translation>
    </message>
    <message>
        <source>Version %1, service %2</source>
        <translation>版本 %1，服务版本 %2</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Brings you from PPTP and L2TP to IKEv2 and SSTP. Named after the bird with the longest migration.</source>
        <translation>带您从 PPTP 和 L2TP 迁移到 IKEv2 和 SSTP。Tern 即燕鸥，得名于迁徙路程最长的鸟。</translation>
    </message>
</context>
<context>
    <name>ActionButton</name>
    <message>
        <source>Not available now</source>
        <translation>现在不可用</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>%1 refused the sign-in or the post-quantum pre-shared key (PPK).</source>
        <translation>%1 拒绝了登录或后量子预共享密钥（PPK）。</translation>
    </message>
    <message>
        <source>The server cannot tell which of them is wrong. Check the PPK and its name, then the rest of what you sign in with.</source>
        <translation>服务器无法区分是哪一个有误。请先检查 PPK 及其名称，再检查其他登录信息。</translation>
    </message>
    <message>
        <source>%1 does not use a post-quantum pre-shared key (PPK).</source>
        <translation>%1 不使用后量子预共享密钥（PPK）。</translation>
    </message>
    <message>
        <source>This connection requires one. Ask whoever runs the server to set it up, or make it optional in the connection&apos;s settings.</source>
        <translation>此连接要求使用 PPK。请让服务器管理员进行设置，或在连接设置中将其改为可选。</translation>
    </message>
    <message>
        <source>%1 does not know the post-quantum pre-shared key (PPK) named %2.</source>
        <translation>%1 不认识名为 %2 的后量子预共享密钥（PPK）。</translation>
    </message>
    <message>
        <source>Check the name of the PPK, or ask whoever runs the server for it.</source>
        <translation>请检查 PPK 的名称，或向服务器管理员询问。</translation>
    </message>
    <message>
        <source>This computer cannot do the post-quantum key exchange that the connection requires.</source>
        <translation>这台计算机无法进行此连接所要求的后量子密钥交换。</translation>
    </message>
    <message>
        <source>It comes with OpenSSL 3.5 or later, as in Debian 13. Upgrade the system, or set post-quantum protection to automatic.</source>
        <translation>该功能需要 OpenSSL 3.5 或更高版本（例如 Debian 13 所带版本）。请升级系统，或将后量子保护设为自动。</translation>
    </message>
    <message>
        <source>%1 does not offer the post-quantum key exchange that this connection requires.</source>
        <translation>%1 不提供此连接所要求的后量子密钥交换。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to switch on ML-KEM-768 or ML-KEM-1024, or set post-quantum protection to automatic.</source>
        <translation>请让服务器管理员启用 ML-KEM-768 或 ML-KEM-1024，或将后量子保护设为自动。</translation>
    </message>
    <message>
        <source>Something went wrong (%1).</source>
        <translation>出了问题（%1）。</translation>
    </message>
    <message>
        <source>Look at the details, or save a report and send it to us.</source>
        <translation>请查看详细信息，或保存一份报告发给我们。</translation>
    </message>
    <message>
        <source>Tern made a mistake of its own.</source>
        <translation>Tern 自身出了错。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, save a report and send it to us.</source>
        <translation>请重试。如果再次出现，请保存一份报告发给我们。</translation>
    </message>
    <message>
        <source>The system did not let Tern use the network.</source>
        <translation>系统不允许 Tern 使用网络。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, restart the computer.</source>
        <translation>请重试。如果再次出现，请重启电脑。</translation>
    </message>
    <message>
        <source>Nothing can be sent to %1.</source>
        <translation>无法向 %1 发送任何数据。</translation>
    </message>
    <message>
        <source>Check that the computer is online, then try again.</source>
        <translation>请确认电脑已联网，然后重试。</translation>
    </message>
    <message>
        <source>There is no way to %1 from this network.</source>
        <translation>从当前网络无法到达 %1。</translation>
    </message>
    <message>
        <source>This computer cannot use the encryption that the server asked for.</source>
        <translation>这台电脑无法使用服务器要求的加密方式。</translation>
    </message>
    <message>
        <source>Ask your administrator for a server with current encryption, or save a report and send it to us.</source>
        <translation>请管理员提供使用现行加密方式的服务器，或保存一份报告发给我们。</translation>
    </message>
    <message>
        <source>The password contains a character that cannot be sent.</source>
        <translation>密码中含有无法发送的字符。</translation>
    </message>
    <message>
        <source>Type the password again.</source>
        <translation>请重新输入密码。</translation>
    </message>
    <message>
        <source>The server asked for a kind of key exchange that Tern does not know.</source>
        <translation>服务器要求一种 Tern 不认识的密钥交换方式。</translation>
    </message>
    <message>
        <source>Ask your administrator to allow a current key exchange group, such as MODP 2048 or ECP 256, on the server.</source>
        <translation>请管理员在服务器上允许现行的密钥交换组，例如 MODP 2048 或 ECP 256。</translation>
    </message>
    <message>
        <source>The server sent an unsafe value while the connection was being secured.</source>
        <translation>在建立安全连接时，服务器发送了不安全的数值。</translation>
    </message>
    <message>
        <source>Do not connect from this network for now. If it happens elsewhere too, tell your administrator.</source>
        <translation>暂时不要从此网络连接。如果在别处也出现，请告诉管理员。</translation>
    </message>
    <message>
        <source>The server sent a certificate that cannot be read.</source>
        <translation>服务器发送的证书无法读取。</translation>
    </message>
    <message>
        <source>Tell your administrator that the server&apos;s certificate is damaged.</source>
        <translation>请告诉管理员：服务器的证书已损坏。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was issued by %1, which this connection does not trust.</source>
        <translation>服务器的证书由 %1 颁发，此连接不信任它。</translation>
    </message>
    <message>
        <source>Ask your administrator for the certificate of the authority that issued it, and add it to this connection. Do not go on if nobody knows it.</source>
        <translation>请向管理员索取颁发机构的证书，并添加到此连接。如果没有人知道它，请不要继续。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is for %2, not for %1.</source>
        <translation>服务器的证书属于 %2，而不是 %1。</translation>
    </message>
    <message>
        <source>Check the server&apos;s address in this connection. If it is right, ask your administrator for a certificate with that name.</source>
        <translation>请检查此连接中的服务器地址。如果无误，请管理员提供带有该名称的证书。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate ran out on %1.</source>
        <translation>服务器的证书已于 %1 过期。</translation>
    </message>
    <message>
        <source>Ask your administrator to renew it. If that date is still to come, set this computer&apos;s clock.</source>
        <translation>请管理员更新证书。如果该日期尚未到来，请校准这台电脑的时钟。</translation>
    </message>
    <message>
        <source>The certificate of %2, which vouches for the server, ran out on %1.</source>
        <translation>为服务器担保的 %2 的证书已于 %1 过期。</translation>
    </message>
    <message>
        <source>Ask your administrator for the new certificate of this authority.</source>
        <translation>请向管理员索取该机构的新证书。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is only good from %1 on.</source>
        <translation>服务器的证书从 %1 起才有效。</translation>
    </message>
    <message>
        <source>Check the date and time of this computer. If they are right, tell your administrator.</source>
        <translation>请检查这台电脑的日期和时间。如果无误，请告诉管理员。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with the purpose “server authentication”.</source>
        <translation>请管理员提供用途为“服务器身份验证”的证书。</translation>
    </message>
    <message>
        <source>There is no certificate in this file.</source>
        <translation>此文件中没有证书。</translation>
    </message>
    <message>
        <source>Choose the certificate file of the authority that your administrator gave you (PEM).</source>
        <translation>请选择管理员给您的颁发机构证书文件（PEM）。</translation>
    </message>
    <message>
        <source>The certificate file is damaged.</source>
        <translation>证书文件已损坏。</translation>
    </message>
    <message>
        <source>Ask your administrator for the file again.</source>
        <translation>请向管理员重新索取该文件。</translation>
    </message>
    <message>
        <source>The server could not prove that its certificate is its own.</source>
        <translation>服务器无法证明证书属于它自己。</translation>
    </message>
    <message>
        <source>The server signs in a way that Tern does not know.</source>
        <translation>服务器使用了 Tern 不认识的签名方式。</translation>
    </message>
    <message>
        <source>Ask your administrator for a server certificate with an RSA or ECDSA key, and save a report to send it to us.</source>
        <translation>请管理员提供使用 RSA 或 ECDSA 密钥的服务器证书，并保存一份报告发给我们。</translation>
    </message>
    <message>
        <source>The server signs with SHA-1, which this computer forbids.</source>
        <translation>服务器使用 SHA-1 签名，而这台电脑禁止使用它。</translation>
    </message>
    <message>
        <source>Ask your administrator to turn on digital signatures with SHA-2 (RFC 7427) on the server, or to allow SHA-1 on this computer.</source>
        <translation>请管理员在服务器上启用 SHA-2 数字签名（RFC 7427），或在这台电脑上允许 SHA-1。</translation>
    </message>
    <message>
        <source>The system did not let Tern set up the tunnel.</source>
        <translation>系统不允许 Tern 建立隧道。</translation>
    </message>
    <message>
        <source>This computer cannot use the encryption agreed with the server.</source>
        <translation>这台电脑无法使用与服务器商定的加密方式。</translation>
    </message>
    <message>
        <source>Choose another cipher in the connection&apos;s settings.</source>
        <translation>请在连接设置中选择另一种加密算法。</translation>
    </message>
    <message>
        <source>The server did not accept the user name or the password.</source>
        <translation>服务器没有接受用户名或密码。</translation>
    </message>
    <message>
        <source>Type both again. Some servers want the name as DOMAIN\name or name@company.</source>
        <translation>请重新输入。有些服务器要求用户名写成“域\用户名”或“用户名@公司”。</translation>
    </message>
    <message>
        <source>The server refused to let you in and gave no reason.</source>
        <translation>服务器拒绝您登录，且没有说明原因。</translation>
    </message>
    <message>
        <source>Check the user name and the password. If they are right, ask your administrator whether you may use the VPN.</source>
        <translation>请检查用户名和密码。如果无误，请询问管理员您是否有权使用 VPN。</translation>
    </message>
    <message>
        <source>Your account may not be used at this time of day.</source>
        <translation>您的帐户在当前时段不能使用。</translation>
    </message>
    <message>
        <source>Try again within your logon hours, or ask your administrator to change them.</source>
        <translation>请在允许登录的时段重试，或请管理员调整时段。</translation>
    </message>
    <message>
        <source>Your account is disabled.</source>
        <translation>您的帐户已停用。</translation>
    </message>
    <message>
        <source>Ask your administrator to turn it on again.</source>
        <translation>请管理员重新启用它。</translation>
    </message>
    <message>
        <source>Your password has expired.</source>
        <translation>您的密码已过期。</translation>
    </message>
    <message>
        <source>Change it at a computer in the office or on your company&apos;s web page, then connect again.</source>
        <translation>请在办公室的电脑或公司网页上修改密码，然后重新连接。</translation>
    </message>
    <message>
        <source>Your account has no right to use the VPN.</source>
        <translation>您的帐户无权使用 VPN。</translation>
    </message>
    <message>
        <source>Ask your administrator to allow remote access for your account.</source>
        <translation>请管理员允许您的帐户远程访问。</translation>
    </message>
    <message>
        <source>The server could not change your password.</source>
        <translation>服务器无法更改您的密码。</translation>
    </message>
    <message>
        <source>The server refused to let you in (error %1).</source>
        <translation>服务器拒绝您登录（错误 %1）。</translation>
    </message>
    <message>
        <source>Give this number to your administrator.</source>
        <translation>请把这个编号告诉管理员。</translation>
    </message>
    <message>
        <source>The server asked for your password before it proved who it is. Nothing was sent.</source>
        <translation>服务器在证明自己的身份之前就索要您的密码。没有发送任何内容。</translation>
    </message>
    <message>
        <source>Do not connect to this server. Tell your administrator.</source>
        <translation>不要连接此服务器，并请告诉管理员。</translation>
    </message>
    <message>
        <source>The server does not know your password, though it says so. It may not be the real one.</source>
        <translation>服务器其实不知道您的密码，却声称知道。它可能是假冒的。</translation>
    </message>
    <message>
        <source>The server let you in without checking your password. It may not be the real one.</source>
        <translation>服务器没有检查密码就让您登录。它可能是假冒的。</translation>
    </message>
    <message>
        <source>The server wants another kind of sign-in than this connection allows.</source>
        <translation>服务器要求的登录方式与此连接允许的不同。</translation>
    </message>
    <message>
        <source>Ask your administrator to allow a user name and password (EAP-MSCHAPv2) on the server.</source>
        <translation>请管理员在服务器上允许用户名和密码登录（EAP-MSCHAPv2）。</translation>
    </message>
    <message>
        <source>The server broke the rules of signing in.</source>
        <translation>服务器违反了登录规则。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, save a report and send it to your administrator.</source>
        <translation>请重试。如果再次出现，请保存一份报告发给管理员。</translation>
    </message>
    <message>
        <source>Signing in went on without an end and was stopped.</source>
        <translation>登录过程没完没了，已被中止。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, tell your administrator.</source>
        <translation>请重试。如果再次出现，请告诉管理员。</translation>
    </message>
    <message>
        <source>Tern&apos;s background service does not answer.</source>
        <translation>Tern 的后台服务没有响应。</translation>
    </message>
    <message>
        <source>Log out and in again. If that does not help, install Tern again.</source>
        <translation>请注销后重新登录。如果仍不行，请重新安装 Tern。</translation>
    </message>
    <message>
        <source>There is no connection “%1”.</source>
        <translation>没有名为“%1”的连接。</translation>
    </message>
    <message>
        <source>Look in the list of connections for the right name.</source>
        <translation>请在连接列表中查找正确的名称。</translation>
    </message>
    <message>
        <source>More than one connection fits “%1”.</source>
        <translation>有多个连接与“%1”相符。</translation>
    </message>
    <message>
        <source>Write the whole name, or use the connection&apos;s id.</source>
        <translation>请写出完整名称，或使用连接的标识。</translation>
    </message>
    <message>
        <source>The file “%1” cannot be read.</source>
        <translation>无法读取文件“%1”。</translation>
    </message>
    <message>
        <source>Check that the file is there and that you may open it.</source>
        <translation>请确认文件存在且您有权打开。</translation>
    </message>
    <message>
        <source>The file “%1” is too large.</source>
        <translation>文件“%1”太大。</translation>
    </message>
    <message>
        <source>A phonebook is much smaller. Check that you picked the right file.</source>
        <translation>电话簿要小得多。请确认选对了文件。</translation>
    </message>
    <message>
        <source>“%1” is already in the list and was not added again.</source>
        <translation>“%1”已在列表中，没有重复添加。</translation>
    </message>
    <message>
        <source>To import it anew, remove the connection first.</source>
        <translation>要重新导入，请先删除该连接。</translation>
    </message>
    <message>
        <source>“%1” cannot be set to that.</source>
        <translation>“%1”不能设为该值。</translation>
    </message>
    <message>
        <source>Check what you typed and try again.</source>
        <translation>请检查输入的内容后重试。</translation>
    </message>
    <message>
        <source>“%1” is connected.</source>
        <translation>“%1”处于连接状态。</translation>
    </message>
    <message>
        <source>Disconnect first, then try again.</source>
        <translation>请先断开，然后重试。</translation>
    </message>
    <message>
        <source>That question is no longer open.</source>
        <translation>该询问已经结束。</translation>
    </message>
    <message>
        <source>Connect again if you still want to.</source>
        <translation>如果仍想连接，请重新连接。</translation>
    </message>
    <message>
        <source>“%1” does not say which server to call.</source>
        <translation>“%1”没有写明要连接的服务器。</translation>
    </message>
    <message>
        <source>Enter the server&apos;s name or address in the connection&apos;s settings.</source>
        <translation>请在连接设置中填写服务器的名称或地址。</translation>
    </message>
    <message>
        <source>A password is needed for “%1”.</source>
        <translation>“%1”需要密码。</translation>
    </message>
    <message>
        <source>Connect again and enter the user name and password.</source>
        <translation>请重新连接并输入用户名和密码。</translation>
    </message>
    <message>
        <source>The server&apos;s name “%1” is not known.</source>
        <translation>找不到服务器名称“%1”。</translation>
    </message>
    <message>
        <source>Check the spelling, and that this computer is on the network.</source>
        <translation>请检查拼写，并确认这台电脑已联网。</translation>
    </message>
    <message>
        <source>The address of “%1” could not be looked up.</source>
        <translation>无法查询“%1”的地址。</translation>
    </message>
    <message>
        <source>Check that this computer is on the network, then try again.</source>
        <translation>请确认这台电脑已联网，然后重试。</translation>
    </message>
    <message>
        <source>The connection to “%1” was lost.</source>
        <translation>与“%1”的连接已中断。</translation>
    </message>
    <message>
        <source>Check that this computer is on the network, then connect again.</source>
        <translation>请确认这台电脑已联网，然后重新连接。</translation>
    </message>
    <message>
        <source>The part of Tern that sets up the network does not answer.</source>
        <translation>Tern 中负责设置网络的部分没有响应。</translation>
    </message>
    <message>
        <source>Restart the computer. If that does not help, install Tern again.</source>
        <translation>请重启电脑。如果仍不行，请重新安装 Tern。</translation>
    </message>
    <message>
        <source>The part of Tern that sets up the network took the connection down.</source>
        <translation>Tern 中负责设置网络的部分断开了连接。</translation>
    </message>
    <message>
        <source>Connect again. The details say why it happened.</source>
        <translation>请重新连接。详细信息中有原因。</translation>
    </message>
    <message>
        <source>The server accepted the login but gave this computer no address.</source>
        <translation>服务器接受了登录，但没有给这台电脑分配地址。</translation>
    </message>
    <message>
        <source>Tell your administrator: the server&apos;s address pool may be used up.</source>
        <translation>请告诉管理员：服务器的地址池可能已用完。</translation>
    </message>
    <message>
        <source>This computer has no list of trusted certificate authorities.</source>
        <translation>这台电脑没有受信任的证书颁发机构列表。</translation>
    </message>
    <message>
        <source>Install the package ca-certificates, then connect again.</source>
        <translation>请安装软件包 ca-certificates，然后重新连接。</translation>
    </message>
    <message>
        <source>The password could not be kept in the keyring.</source>
        <translation>无法把密码保存到密钥环。</translation>
    </message>
    <message>
        <source>You will be asked for it each time. Check that your keyring is unlocked.</source>
        <translation>以后每次都会询问密码。请确认密钥环已解锁。</translation>
    </message>
    <message>
        <source>There is nothing you need to do.</source>
        <translation>您无需做任何事。</translation>
    </message>
    <message>
        <source>Choose the Windows phonebook, rasphone.pbk, or ask your administrator for it.</source>
        <translation>请选择 Windows 电话簿 rasphone.pbk，或向管理员索取。</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation>%1 是空的。</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB, far more than any list of VPN connections.</source>
        <translation>%1 大于 %2 MB，远超任何 VPN 连接列表。</translation>
    </message>
    <message>
        <source>%1 is a %2 file, not a list of VPN connections.</source>
        <translation>%1 是 %2 文件，不是 VPN 连接列表。</translation>
    </message>
    <message>
        <source>%1 is not a Windows phonebook: line %2 is not text.</source>
        <translation>%1 不是 Windows 电话簿：第 %2 行不是文本。</translation>
    </message>
    <message>
        <source>%1 is not a Windows phonebook: line %2 should be the name of a connection in square brackets.</source>
        <translation>%1 不是 Windows 电话簿：第 %2 行应为方括号中的连接名称。</translation>
    </message>
    <message>
        <source>%1 has sections, from line %2 on, but none of them is a connection.</source>
        <translation>%1 从第 %2 行起有若干节，但都不是连接。</translation>
    </message>
    <message>
        <source>%1 is a list of dial-in telephone numbers (see line %2), not of VPN connections.</source>
        <translation>%1 是拨号电话号码列表（见第 %2 行），不是 VPN 连接列表。</translation>
    </message>
    <message>
        <source>%1 is a file for %2, which Tern cannot import.</source>
        <translation>%1 是 %2 的文件，Tern 无法导入。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a broadband connection (PPPoE), not a VPN.</source>
        <translation>“%1”是宽带连接（PPPoE），不是 VPN。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a dial-up connection by telephone line, not a VPN.</source>
        <translation>“%1”是电话线拨号连接，不是 VPN。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a section of settings, not a connection.</source>
        <translation>“%1”是设置节，不是连接。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not say which server to connect to.</source>
        <translation>“%1”没有写明要连接的服务器。</translation>
    </message>
    <message>
        <source>Ask your administrator for the server&apos;s name and import again.</source>
        <translation>请向管理员询问服务器的名称，然后重新导入。</translation>
    </message>
    <message>
        <source>The server of &quot;%1&quot; is not a name or an address.</source>
        <translation>“%1”的服务器既不是名称也不是地址。</translation>
    </message>
    <message>
        <source>The file ends in the middle of &quot;%1&quot;.</source>
        <translation>文件在“%1”中间就结束了。</translation>
    </message>
    <message>
        <source>The file was not copied whole: copy it again and import it again.</source>
        <translation>文件没有复制完整：请重新复制并导入。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is far longer than any connection should be.</source>
        <translation>“%1”远比正常的连接长。</translation>
    </message>
    <message>
        <source>The file may be damaged: copy it again and import it again.</source>
        <translation>文件可能已损坏：请重新复制并导入。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has a line that is no setting; it is kept and not used.</source>
        <translation>“%1”中有一行不是设置；已保留但不使用。</translation>
    </message>
    <message>
        <source>In &quot;%1&quot;, the setting %2 should be a number and is &quot;%3&quot;. The usual value is used.</source>
        <translation>在“%1”中，设置 %2 应为数字，却是“%3”。已采用通常的值。</translation>
    </message>
    <message>
        <source>If the connection does not work, ask your administrator about it.</source>
        <translation>如果连接不能用，请询问管理员。</translation>
    </message>
    <message>
        <source>In &quot;%1&quot;, the setting %2 should be an address and is &quot;%3&quot;. It is not used.</source>
        <translation>在“%1”中，设置 %2 应为地址，却是“%3”。已忽略。</translation>
    </message>
    <message>
        <source>In &quot;%1&quot;, %2 promises %3 settings that are not there.</source>
        <translation>在“%1”中，%2 声明了 %3 项设置，但并不存在。</translation>
    </message>
    <message>
        <source>If something is missing, ask your administrator about it.</source>
        <translation>如果缺少什么，请询问管理员。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; calls itself dial-up (%2) but uses a VPN device; it is imported as a VPN.</source>
        <translation>“%1”自称拨号（%2），却使用 VPN 设备；已作为 VPN 导入。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; asks for a kind of VPN that is not known (%2); the kind is chosen automatically.</source>
        <translation>“%1”要求的 VPN 类型未知（%2）；将自动选择类型。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; keeps its list of VPN kinds outside this file; the kind is chosen automatically.</source>
        <translation>“%1”的 VPN 类型列表不在此文件中；将自动选择类型。</translation>
    </message>
    <message>
        <source>Some of the sign-in settings of &quot;%1&quot; cannot be understood; they are kept and not used.</source>
        <translation>“%1”的部分登录设置无法理解；已保留但不使用。</translation>
    </message>
    <message>
        <source>If you cannot sign in, ask your administrator about it.</source>
        <translation>如果无法登录，请询问管理员。</translation>
    </message>
    <message>
        <source>The encryption settings of &quot;%1&quot; cannot be understood; Tern&apos;s own are used.</source>
        <translation>“%1”的加密设置无法理解；已采用 Tern 自己的设置。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has a list (%2) that Tern cannot read; it is kept and not used.</source>
        <translation>“%1”中有一个 Tern 无法读取的列表（%2）；已保留但不使用。</translation>
    </message>
    <message>
        <source>If some places cannot be reached through the VPN, ask your administrator which networks belong to it.</source>
        <translation>如果有些地方无法通过 VPN 访问，请询问管理员哪些网络属于它。</translation>
    </message>
    <message>
        <source>The file holds a secret of &quot;%1&quot; for all to read. Tern leaves it out.</source>
        <translation>文件中含有“%1”的秘密，谁都能读到。Tern 没有导入它。</translation>
    </message>
    <message>
        <source>Enter it when you connect, and keep that file away from others.</source>
        <translation>请在连接时输入，并不要让别人看到该文件。</translation>
    </message>
    <message>
        <source>%1 does not say how its letters are written; %2 was guessed.</source>
        <translation>%1 没有说明文字编码；推测为 %2。</translation>
    </message>
    <message>
        <source>If names look wrong, rename the connections.</source>
        <translation>如果名称显示不对，请重命名连接。</translation>
    </message>
    <message>
        <source>Some letters in %1 are damaged and were replaced.</source>
        <translation>%1 中有些字符已损坏，已被替换。</translation>
    </message>
    <message>
        <source>There is more to say about %1 than the first %2 remarks.</source>
        <translation>关于 %1 的提示不止前 %2 条。</translation>
    </message>
    <message>
        <source>%1 has more than %2 connections; the rest was not read.</source>
        <translation>%1 中的连接超过 %2 个；其余的没有读取。</translation>
    </message>
    <message>
        <source>Split the file and import its parts.</source>
        <translation>请拆分文件后分别导入。</translation>
    </message>
    <message>
        <source>You are not allowed to start a VPN connection on this computer.</source>
        <translation>您无权在这台电脑上启动 VPN 连接。</translation>
    </message>
    <message>
        <source>Sit at the computer itself and unlock it, or ask whoever looks after it for permission.</source>
        <translation>请在这台电脑前解锁后操作，或请管理这台电脑的人授权。</translation>
    </message>
    <message>
        <source>Another VPN connection of Tern is already in use on this computer.</source>
        <translation>这台电脑上已有另一个 Tern 的 VPN 连接在使用。</translation>
    </message>
    <message>
        <source>Disconnect it first. It may belong to somebody else who is logged in.</source>
        <translation>请先断开它。它可能属于另一位已登录的用户。</translation>
    </message>
    <message>
        <source>The connection has already ended.</source>
        <translation>连接已经结束。</translation>
    </message>
    <message>
        <source>Connect again.</source>
        <translation>请重新连接。</translation>
    </message>
    <message>
        <source>The VPN server sent settings that Tern does not accept.</source>
        <translation>VPN 服务器发送了 Tern 不接受的设置。</translation>
    </message>
    <message>
        <source>Show the details to whoever runs the VPN server.</source>
        <translation>请把详细信息给管理 VPN 服务器的人看。</translation>
    </message>
    <message>
        <source>Tern could not open a way out to the VPN server.</source>
        <translation>Tern 无法打开通往 VPN 服务器的通道。</translation>
    </message>
    <message>
        <source>Check that the computer is connected to a network, then try again.</source>
        <translation>请确认电脑已连接网络，然后重试。</translation>
    </message>
    <message>
        <source>Tern could not set up the tunnel on this computer.</source>
        <translation>Tern 无法在这台电脑上建立隧道。</translation>
    </message>
    <message>
        <source>Restart the computer and try again. If it happens again, save a report and send it to us.</source>
        <translation>请重启电脑后重试。如果再次出现，请保存一份报告发给我们。</translation>
    </message>
    <message>
        <source>Tern could not set the address that the VPN server gave.</source>
        <translation>Tern 无法设置 VPN 服务器分配的地址。</translation>
    </message>
    <message>
        <source>Disconnect other VPN programs, then try again.</source>
        <translation>请断开其他 VPN 程序，然后重试。</translation>
    </message>
    <message>
        <source>Tern could not send traffic into the tunnel.</source>
        <translation>Tern 无法把流量送入隧道。</translation>
    </message>
    <message>
        <source>Tern could not set the protection that belongs to the tunnel.</source>
        <translation>Tern 无法设置隧道所需的保护。</translation>
    </message>
    <message>
        <source>Turn off other firewall or VPN programs for a moment and try again.</source>
        <translation>请暂时关闭其他防火墙或 VPN 程序后重试。</translation>
    </message>
    <message>
        <source>Tern could not make the computer use the name servers of the VPN.</source>
        <translation>Tern 无法让电脑使用 VPN 的 DNS 服务器。</translation>
    </message>
    <message>
        <source>The connection ended because Tern stopped unexpectedly.</source>
        <translation>由于 Tern 意外停止，连接已结束。</translation>
    </message>
    <message>
        <source>Connect again. If it happens again, save a report and send it to us.</source>
        <translation>请重新连接。如果再次出现，请保存一份报告发给我们。</translation>
    </message>
    <message>
        <source>The connection ended because Tern&apos;s system service was stopped.</source>
        <translation>由于 Tern 的系统服务被停止，连接已结束。</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 没有响应。</translation>
    </message>
    <message>
        <source>Check the server name and your internet connection. Some networks, such as hotels, block this kind of VPN: try another network.</source>
        <translation>请检查服务器名称和网络连接。有些网络（例如酒店）会阻止这类 VPN：请换一个网络试试。</translation>
    </message>
    <message>
        <source>%1 answered at first and then went silent.</source>
        <translation>%1 起初有响应，随后没有了动静。</translation>
    </message>
    <message>
        <source>A firewall on the way probably blocks UDP port 4500. Try another network, or ask whoever runs the server or the network.</source>
        <translation>途中的防火墙可能阻止了 UDP 端口 4500。请换一个网络，或询问服务器或网络的管理者。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost.</source>
        <translation>与 %1 的连接已中断。</translation>
    </message>
    <message>
        <source>Check your internet connection, then connect again.</source>
        <translation>请检查网络连接，然后重新连接。</translation>
    </message>
    <message>
        <source>%1 ended the connection.</source>
        <translation>%1 结束了连接。</translation>
    </message>
    <message>
        <source>Connect again. If it keeps happening, ask whoever runs the server about time limits and maintenance.</source>
        <translation>请重新连接。如果总是这样，请向服务器管理者询问时间限制和维护情况。</translation>
    </message>
    <message>
        <source>The server sent something Tern cannot read.</source>
        <translation>服务器发送了 Tern 无法读取的内容。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, tell whoever runs the server and send us a report.</source>
        <translation>请重试。如果再次出现，请告诉服务器管理者并给我们发一份报告。</translation>
    </message>
    <message>
        <source>%1 insists on something that Tern does not know.</source>
        <translation>%1 坚持要求 Tern 不认识的功能。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server for standard IKEv2 settings.</source>
        <translation>请服务器管理者使用标准的 IKEv2 设置。</translation>
    </message>
    <message>
        <source>%1 does not speak IKEv2.</source>
        <translation>%1 不支持 IKEv2。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to switch on IKEv2, or use SSTP if the server offers it.</source>
        <translation>请服务器管理者启用 IKEv2；如果服务器提供 SSTP，也可以使用 SSTP。</translation>
    </message>
    <message>
        <source>%1 did not understand Tern.</source>
        <translation>%1 没有理解 Tern 的消息。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to look at its log, and send us a report.</source>
        <translation>请服务器管理者查看服务器日志，并给我们发一份报告。</translation>
    </message>
    <message>
        <source>%1 asked again and again to start over.</source>
        <translation>%1 一再要求重新开始。</translation>
    </message>
    <message>
        <source>The server may be overloaded. Try again in a few minutes.</source>
        <translation>服务器可能过载。请过几分钟再试。</translation>
    </message>
    <message>
        <source>%1 does not support VPN traffic through home routers.</source>
        <translation>%1 不支持经过家用路由器的 VPN 流量。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to switch on NAT traversal.</source>
        <translation>请服务器管理者启用 NAT 穿越。</translation>
    </message>
    <message>
        <source>%1 refused with error %2.</source>
        <translation>%1 拒绝了连接，错误 %2。</translation>
    </message>
    <message>
        <source>Give this number to whoever runs the server.</source>
        <translation>请把这个编号告诉服务器管理者。</translation>
    </message>
    <message>
        <source>%1 accepts none of the secure encryption methods Tern offers.</source>
        <translation>%1 不接受 Tern 提供的任何安全加密方式。</translation>
    </message>
    <message>
        <source>The server chose an encryption method that was not offered.</source>
        <translation>服务器选择了未曾提供的加密方式。</translation>
    </message>
    <message>
        <source>Tern ended the connection for your safety. Tell whoever runs the server.</source>
        <translation>为了您的安全，Tern 结束了连接。请告诉服务器管理者。</translation>
    </message>
    <message>
        <source>%1 insists on a key exchange that Tern considers unsafe.</source>
        <translation>%1 坚持使用 Tern 认为不安全的密钥交换。</translation>
    </message>
    <message>
        <source>%1 accepts none of the secure methods to protect your traffic.</source>
        <translation>%1 不接受任何安全的流量保护方式。</translation>
    </message>
    <message>
        <source>There is no certificate authority to check %1 with.</source>
        <translation>没有可用来核验 %1 的证书颁发机构。</translation>
    </message>
    <message>
        <source>Choose the certificate authority in the connection&apos;s settings.</source>
        <translation>请在连接设置中选择证书颁发机构。</translation>
    </message>
    <message>
        <source>%1 calls itself “%2”, which is not what the connection expects.</source>
        <translation>%1 自称“%2”，与连接所期望的不符。</translation>
    </message>
    <message>
        <source>Check the server identity in the connection&apos;s settings. No password was sent.</source>
        <translation>请检查连接设置中的服务器标识。没有发送密码。</translation>
    </message>
    <message>
        <source>%1 showed no certificate.</source>
        <translation>%1 没有出示证书。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to let it send its certificate. No password was sent.</source>
        <translation>请服务器管理者让服务器发送证书。没有发送密码。</translation>
    </message>
    <message>
        <source>%1 did not prove who it is.</source>
        <translation>%1 没有证明自己的身份。</translation>
    </message>
    <message>
        <source>Do not use this network for the VPN until whoever runs the server has looked at it.</source>
        <translation>在服务器管理者查明之前，请不要在此网络上使用 VPN。</translation>
    </message>
    <message>
        <source>%1 proves its identity in a way this connection does not allow.</source>
        <translation>%1 证明身份的方式不为此连接所允许。</translation>
    </message>
    <message>
        <source>Check whether the connection should use a shared key or a user name and password.</source>
        <translation>请确认此连接应使用共享密钥还是用户名和密码。</translation>
    </message>
    <message>
        <source>%1 refused your sign-in.</source>
        <translation>%1 拒绝了您的登录。</translation>
    </message>
    <message>
        <source>Check the user name and password. If they are right, ask whoever runs the server whether you may use the VPN.</source>
        <translation>请检查用户名和密码。如果无误，请询问服务器管理者您是否有权使用 VPN。</translation>
    </message>
    <message>
        <source>The shared key does not match the one of %1.</source>
        <translation>共享密钥与 %1 的不一致。</translation>
    </message>
    <message>
        <source>Check the key and type it again, or ask whoever runs the server.</source>
        <translation>请检查密钥并重新输入，或询问服务器管理者。</translation>
    </message>
    <message>
        <source>%1 does not sign people in with a user name and password.</source>
        <translation>%1 不用用户名和密码登录。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server which way to sign in it expects.</source>
        <translation>请询问服务器管理者应使用哪种登录方式。</translation>
    </message>
    <message>
        <source>%1 says the user name or password is wrong.</source>
        <translation>%1 表示用户名或密码错误。</translation>
    </message>
    <message>
        <source>Type the password again. You may need to add your domain, as in DOMAIN\name.</source>
        <translation>请重新输入密码。可能需要加上域，例如“域\用户名”。</translation>
    </message>
    <message>
        <source>Ask your administrator to enable it.</source>
        <translation>请管理员启用它。</translation>
    </message>
    <message>
        <source>Your account is locked after too many attempts.</source>
        <translation>尝试次数过多，您的帐户已锁定。</translation>
    </message>
    <message>
        <source>Wait a while, or ask your administrator to unlock it.</source>
        <translation>请稍等一段时间，或请管理员解锁。</translation>
    </message>
    <message>
        <source>Change it on a computer in the office or on your company&apos;s web page, then connect again.</source>
        <translation>请在办公室的电脑或公司网页上修改密码，然后重新连接。</translation>
    </message>
    <message>
        <source>%1 did not accept the new password.</source>
        <translation>%1 没有接受新密码。</translation>
    </message>
    <message>
        <source>Choose a longer password that you have not used before.</source>
        <translation>请选择一个更长且没有用过的密码。</translation>
    </message>
    <message>
        <source>Your account may not sign in at this time of day.</source>
        <translation>您的帐户在当前时段不能登录。</translation>
    </message>
    <message>
        <source>Try again during working hours, or ask your administrator.</source>
        <translation>请在工作时间重试，或询问管理员。</translation>
    </message>
    <message>
        <source>Your account may not use this VPN.</source>
        <translation>您的帐户不能使用此 VPN。</translation>
    </message>
    <message>
        <source>Ask your administrator for permission to dial in.</source>
        <translation>请管理员授予您拨入权限。</translation>
    </message>
    <message>
        <source>A rule of %1 does not allow this connection.</source>
        <translation>%1 的规则不允许此连接。</translation>
    </message>
    <message>
        <source>Ask your administrator about the server&apos;s network policy and its sign-in methods.</source>
        <translation>请向管理员询问服务器的网络策略和登录方式。</translation>
    </message>
    <message>
        <source>%1 refused with Windows error %2.</source>
        <translation>%1 拒绝了连接，Windows 错误 %2。</translation>
    </message>
    <message>
        <source>%1 has no free address for you.</source>
        <translation>%1 没有可分配给您的空闲地址。</translation>
    </message>
    <message>
        <source>Too many people may be connected. Try again later, or tell whoever runs the server.</source>
        <translation>可能连接的人太多。请稍后再试，或告诉服务器管理者。</translation>
    </message>
    <message>
        <source>%1 gave you no address in its network.</source>
        <translation>%1 没有为您分配其网络中的地址。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to set up addresses for VPN users.</source>
        <translation>请服务器管理者为 VPN 用户设置地址。</translation>
    </message>
    <message>
        <source>%1 could not give you settings for its network.</source>
        <translation>%1 无法提供其网络的设置。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to look at its address pools.</source>
        <translation>请服务器管理者检查地址池。</translation>
    </message>
    <message>
        <source>%1 and Tern could not agree on which traffic to protect.</source>
        <translation>%1 与 Tern 无法就要保护的流量达成一致。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server which networks VPN users may reach.</source>
        <translation>请询问服务器管理者 VPN 用户可以访问哪些网络。</translation>
    </message>
    <message>
        <source>%1 allows only one network per connection.</source>
        <translation>%1 每个连接只允许一个网络。</translation>
    </message>
    <message>
        <source>Switch off IPv6 in the connection&apos;s settings and try again.</source>
        <translation>请在连接设置中关闭 IPv6 后重试。</translation>
    </message>
    <message>
        <source>%1 allows no further connection of your account.</source>
        <translation>%1 不允许您的帐户建立更多连接。</translation>
    </message>
    <message>
        <source>End the VPN on your other devices, then try again.</source>
        <translation>请结束您其他设备上的 VPN，然后重试。</translation>
    </message>
    <message>
        <source>%1 is busy at the moment.</source>
        <translation>%1 目前繁忙。</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>请过一分钟再试。</translation>
    </message>
    <message>
        <source>L2TP with a shared key: everybody who has the key can pretend to be your server, and new Windows servers refuse it.</source>
        <translation>使用共享密钥的 L2TP：有密钥的人都能冒充您的服务器，而且新的 Windows 服务器拒绝使用它。</translation>
    </message>
    <message>
        <source>On Windows this connection uses %1 before anything else, which is no longer safe. Tern never does.</source>
        <translation>在 Windows 上，此连接会优先使用已不安全的 %1。Tern 绝不会这样。</translation>
    </message>
    <message>
        <source>This connection allows an old way to sign in (CHAP or MS-CHAP) from which the password can be guessed.</source>
        <translation>此连接允许旧的登录方式（CHAP 或 MS-CHAP），从中可以猜出密码。</translation>
    </message>
    <message>
        <source>This connection allows everything to be sent unencrypted.</source>
        <translation>此连接允许所有内容不加密发送。</translation>
    </message>
    <message>
        <source>Encryption is optional here: a server, or somebody in between, can switch it off.</source>
        <translation>此处的加密是可选的：服务器或中间人可以将其关闭。</translation>
    </message>
    <message>
        <source>On Windows this connection signs in without checking the server, so a false one can collect passwords. Tern always checks.</source>
        <translation>在 Windows 上，此连接登录时不核验服务器，假冒的服务器可以收集密码。Tern 始终核验。</translation>
    </message>
    <message>
        <source>On Windows this connection does not check the server&apos;s name. Tern always checks.</source>
        <translation>在 Windows 上，此连接不核验服务器的名称。Tern 始终核验。</translation>
    </message>
    <message>
        <source>All users share one key here: everybody who has it can pretend to be your server.</source>
        <translation>这里所有用户共用一个密钥：有密钥的人都能冒充您的服务器。</translation>
    </message>
    <message>
        <source>This connection asks for outdated encryption: %1.</source>
        <translation>此连接要求过时的加密方式：%1。</translation>
    </message>
    <message>
        <source>The file of one connection cannot be understood: %1, line %2.</source>
        <translation>有一个连接的文件无法理解：%1，第 %2 行。</translation>
    </message>
    <message>
        <source>Correct that line, or delete the file and import the connection again. Your other connections are not affected.</source>
        <translation>请更正该行，或删除该文件并重新导入连接。其他连接不受影响。</translation>
    </message>
    <message>
        <source>The file %1 has a value that makes no sense: &quot;%2&quot; in line %3.</source>
        <translation>文件 %1 中有不合理的值：第 %3 行的“%2”。</translation>
    </message>
    <message>
        <source>%1 is a copy of %2 with the same id, so it is not shown.</source>
        <translation>%1 是 %2 的副本且标识相同，因此没有显示。</translation>
    </message>
    <message>
        <source>To have both, delete the line that starts with &quot;id&quot; from the copy.</source>
        <translation>若两个都要，请从副本中删除以“id”开头的行。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>Check that it belongs to you and that you may read it.</source>
        <translation>请确认它属于您且您有权读取。</translation>
    </message>
    <message>
        <source>Your connections cannot be saved in %1.</source>
        <translation>无法把您的连接保存到 %1。</translation>
    </message>
    <message>
        <source>Check that the folder belongs to you and is not write-protected. What was saved before is unchanged.</source>
        <translation>请确认该文件夹属于您且没有写保护。之前保存的内容没有变化。</translation>
    </message>
    <message>
        <source>There is no room left to save your connections in %1.</source>
        <translation>%1 中没有空间保存您的连接。</translation>
    </message>
    <message>
        <source>Free some space and try again. What was saved before is unchanged.</source>
        <translation>请释放一些空间后重试。之前保存的内容没有变化。</translation>
    </message>
    <message>
        <source>The name of the VPN server leads to an address that cannot be one.</source>
        <translation>VPN 服务器的名称指向一个不可能有效的地址。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name. If it is right, try another network.</source>
        <translation>请检查服务器的名称。如果无误，请换一个网络试试。</translation>
    </message>
    <message>
        <source>The connection ended because another program removed the tunnel.</source>
        <translation>由于另一个程序移除了隧道，连接已结束。</translation>
    </message>
    <message>
        <source>Connect again. Close other VPN programs if it happens again.</source>
        <translation>请重新连接。如果再次出现，请关闭其他 VPN 程序。</translation>
    </message>
    <message>
        <source>The key file is protected with a pass phrase.</source>
        <translation>密钥文件受口令保护。</translation>
    </message>
    <message>
        <source>Enter the pass phrase that you got with the file.</source>
        <translation>请输入随文件一起得到的口令。</translation>
    </message>
    <message>
        <source>The pass phrase does not open the key file.</source>
        <translation>口令打不开密钥文件。</translation>
    </message>
    <message>
        <source>Type it again; capital letters matter.</source>
        <translation>请重新输入，注意区分大小写。</translation>
    </message>
    <message>
        <source>The key file cannot be read: it is damaged, or is something else.</source>
        <translation>无法读取密钥文件：文件已损坏，或者是别的东西。</translation>
    </message>
    <message>
        <source>Choose a file with your certificate and key (.p12, .pfx or .pem), or ask your administrator for it again. No pass phrase will help.</source>
        <translation>请选择包含您的证书和密钥的文件（.p12、.pfx 或 .pem），或向管理员重新索取。输入口令也无济于事。</translation>
    </message>
    <message>
        <source>The key file is protected in an old way that this computer has no code for.</source>
        <translation>密钥文件采用了旧的加密方式，本机没有相应的代码。</translation>
    </message>
    <message>
        <source>Export it again with AES-256 (in Windows: “AES256-SHA256”), or install OpenSSL&apos;s legacy provider (the package openssl-provider-legacy).</source>
        <translation>请用 AES-256 重新导出（在 Windows 中选“AES256-SHA256”），或安装 OpenSSL 的旧算法模块（软件包 openssl-provider-legacy）。</translation>
    </message>
    <message>
        <source>The key file holds a key of a kind (%1) that cannot be used here.</source>
        <translation>密钥文件中的密钥类型（%1）不能在这里使用。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with an RSA, ECDSA or Ed25519 key.</source>
        <translation>请向管理员索取使用 RSA、ECDSA 或 Ed25519 密钥的证书。</translation>
    </message>
    <message>
        <source>There is a certificate but no private key.</source>
        <translation>有证书，但没有私钥。</translation>
    </message>
    <message>
        <source>Export the certificate together with its private key, or name the key&apos;s file too.</source>
        <translation>请将证书连同私钥一起导出，或同时指定密钥文件。</translation>
    </message>
    <message>
        <source>There is a private key but no certificate.</source>
        <translation>有私钥，但没有证书。</translation>
    </message>
    <message>
        <source>Export the key together with its certificate, or name the certificate&apos;s file too.</source>
        <translation>请将密钥连同证书一起导出，或同时指定证书文件。</translation>
    </message>
    <message>
        <source>The private key does not belong to the certificate.</source>
        <translation>私钥与证书不匹配。</translation>
    </message>
    <message>
        <source>Choose the key that was made with this certificate.</source>
        <translation>请选择与此证书配套的密钥。</translation>
    </message>
    <message>
        <source>Your certificate (%2) ran out on %1.</source>
        <translation>您的证书（%2）已于 %1 过期。</translation>
    </message>
    <message>
        <source>Ask your administrator for a new certificate. If that date is still to come, set this computer&apos;s clock.</source>
        <translation>请向管理员索取新证书。如果该日期尚未到来，请校准本机时钟。</translation>
    </message>
    <message>
        <source>Your certificate (%2) is only good from %1 on.</source>
        <translation>您的证书（%2）从 %1 起才有效。</translation>
    </message>
    <message>
        <source>Check the date and time of this computer. If they are right, wait until then or ask your administrator.</source>
        <translation>请检查本机的日期和时间。如果无误，请等到那时，或询问管理员。</translation>
    </message>
    <message>
        <source>Your certificate (%1) was not made for signing in.</source>
        <translation>您的证书（%1）不是用于登录的。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with the key usage “digital signature”.</source>
        <translation>请向管理员索取密钥用途包含“数字签名”的证书。</translation>
    </message>
    <message>
        <source>Your private key could not sign.</source>
        <translation>您的私钥未能完成签名。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, ask your administrator for a new certificate, and save a report and send it to us.</source>
        <translation>请重试。如果再次出现，请向管理员索取新证书，并保存报告发给我们。</translation>
    </message>
    <message>
        <source>Your private key cannot sign in the way that is needed here.</source>
        <translation>您的私钥不能以这里所需的方式签名。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with an RSA or ECDSA key.</source>
        <translation>请向管理员索取使用 RSA 或 ECDSA 密钥的证书。</translation>
    </message>
    <message>
        <source>The server does not know signatures of the kind your certificate makes (%1).</source>
        <translation>服务器不认识您的证书所用的签名方式（%1）。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with an RSA or ECDSA key, or to turn on digital signatures (RFC 7427) on the server.</source>
        <translation>请向管理员索取使用 RSA 或 ECDSA 密钥的证书，或请其在服务器上启用数字签名（RFC 7427）。</translation>
    </message>
    <message>
        <source>%1 does not accept your certificate (%2, issued by %3).</source>
        <translation>%1 不接受您的证书（%2，由 %3 签发）。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server whether it knows this certificate: it may have been revoked or replaced, or be meant for another server.</source>
        <translation>请询问服务器的管理者是否认识此证书：它可能已被吊销或更换，或者是用于另一台服务器的。</translation>
    </message>
    <message>
        <source>%1 does not ask for a certificate and then a password.</source>
        <translation>%1 不要求先出示证书再输入密码。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server which of the two it wants, and set this connection to that one.</source>
        <translation>请询问服务器的管理者需要两者中的哪一个，并将此连接设为那一种。</translation>
    </message>
    <message>
        <source>“%1” does not name a smart card or token.</source>
        <translation>“%1”不是智能卡或令牌的地址。</translation>
    </message>
    <message>
        <source>Choose the certificate on the token from the list, or write a PKCS #11 address such as pkcs11:token=Name.</source>
        <translation>请从列表中选择令牌上的证书，或填写 PKCS #11 地址，例如 pkcs11:token=名称。</translation>
    </message>
    <message>
        <source>The token&apos;s address contains a PIN.</source>
        <translation>令牌地址中包含 PIN。</translation>
    </message>
    <message>
        <source>Leave the PIN out: Tern asks for it when you connect and never writes it down.</source>
        <translation>请去掉 PIN：Tern 会在连接时询问，绝不写入文件。</translation>
    </message>
    <message>
        <source>The token “%1” is not there.</source>
        <translation>找不到令牌“%1”。</translation>
    </message>
    <message>
        <source>Plug it in, or put the card into the reader. If it is in, install the PKCS #11 module of its maker.</source>
        <translation>请插入令牌，或将卡放入读卡器。如果已经插好，请安装其厂商的 PKCS #11 模块。</translation>
    </message>
    <message>
        <source>The token “%1” does not have the certificate of this connection.</source>
        <translation>令牌“%1”上没有此连接所用的证书。</translation>
    </message>
    <message>
        <source>Choose the certificate again, or plug in the right token.</source>
        <translation>请重新选择证书，或插入正确的令牌。</translation>
    </message>
    <message>
        <source>The token “%1” wants its PIN.</source>
        <translation>令牌“%1”需要 PIN。</translation>
    </message>
    <message>
        <source>Connect again and enter the PIN.</source>
        <translation>请重新连接并输入 PIN。</translation>
    </message>
    <message>
        <source>The token “%1” wants its PIN, and locks itself if the next one is wrong.</source>
        <translation>令牌“%1”需要 PIN，如果下一次再输错就会锁定。</translation>
    </message>
    <message>
        <source>Be sure of the PIN before you enter it, or ask your administrator.</source>
        <translation>请确认 PIN 无误后再输入，或询问管理员。</translation>
    </message>
    <message>
        <source>The PIN of the token “%1” is wrong.</source>
        <translation>令牌“%1”的 PIN 不正确。</translation>
    </message>
    <message>
        <source>Type it again. Most tokens lock themselves after a few wrong PINs.</source>
        <translation>请重新输入。多数令牌在几次输错 PIN 后会锁定。</translation>
    </message>
    <message>
        <source>The token “%1” has locked itself after too many wrong PINs.</source>
        <translation>令牌“%1”因多次输错 PIN 已锁定。</translation>
    </message>
    <message>
        <source>Ask your administrator to unlock it.</source>
        <translation>请管理员为其解锁。</translation>
    </message>
    <message>
        <source>The token “%1” was pulled out.</source>
        <translation>令牌“%1”已被拔出。</translation>
    </message>
    <message>
        <source>Plug it in and connect again.</source>
        <translation>请插好令牌后重新连接。</translation>
    </message>
    <message>
        <source>The token “%1” could not do what was asked of it (%2).</source>
        <translation>令牌“%1”未能完成所要求的操作（%2）。</translation>
    </message>
    <message>
        <source>Pull it out, plug it in and try again. If it happens again, save a report and send it to us.</source>
        <translation>请拔出后重新插入再试。如果再次出现，请保存报告发给我们。</translation>
    </message>
    <message>
        <source>The server may only have the outdated encryption that Windows servers start with. Ask whoever runs it to allow AES-256 with SHA-256 and group 14 or 19. Until then you can allow outdated encryption for this connection alone, in its settings or with: ternctl set NAME legacy-algorithms=on</source>
        <translation>服务器可能只支持 Windows 服务器默认的过时加密。请联系服务器管理员允许 AES-256、SHA-256 以及第 14 或 19 组。在此之前，您可以只为此连接允许过时的加密：在连接的设置中打开，或使用：ternctl set 名称 legacy-algorithms=on</translation>
    </message>
    <message>
        <source>%1 accepts none of the encryption methods Tern offers, not even the outdated ones.</source>
        <translation>%1 不接受 Tern 提供的任何加密方式，连过时的也不接受。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to allow AES-256 with SHA-256 and group 14 or 19.</source>
        <translation>请联系服务器管理员允许 AES-256、SHA-256 以及第 14 或 19 组。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to allow AES-GCM, or AES-CBC with SHA-256, for the tunnel&apos;s traffic. Until then you can allow outdated encryption for this connection alone, in its settings or with: ternctl set NAME legacy-algorithms=on</source>
        <translation>请联系服务器管理员，允许用 AES-GCM，或 AES-CBC 加 SHA-256 保护隧道流量。在此之前，您可以只为此连接允许过时的加密：在连接的设置中打开，或使用：ternctl set 名称 legacy-algorithms=on</translation>
    </message>
    <message>
        <source>You have allowed outdated encryption (3DES, SHA-1, short keys) for this connection. Somebody with enough effort can read along.</source>
        <translation>您已为此连接允许过时的加密（3DES、SHA-1、短密钥）。只要肯下功夫，别人就能读取内容。</translation>
    </message>
    <message>
        <source>Switch it off again as soon as the server can do better: it is in the connection&apos;s settings.</source>
        <translation>服务器一旦支持更好的加密，请在连接的设置中重新关闭。</translation>
    </message>
    <message>
        <source>This connection is protected by outdated encryption: %1.</source>
        <translation>此连接由过时的加密保护：%1。</translation>
    </message>
    <message>
        <source>The server has chosen it, because you have allowed it. Ask whoever runs the server for AES-256 with SHA-256 and group 14 or 19.</source>
        <translation>因为您已允许，服务器选择了它。请联系服务器管理员启用 AES-256、SHA-256 以及第 14 或 19 组。</translation>
    </message>
    <message>
        <source>%1 would not renew the keys of the connection.</source>
        <translation>%1 不肯更新连接的密钥。</translation>
    </message>
    <message>
        <source>Connect again. If it keeps happening, ask whoever runs the server about rekeying.</source>
        <translation>请重新连接。如果总是这样，请向服务器管理者询问密钥更新的设置。</translation>
    </message>
    <message>
        <source>%1 will end this connection soon, and signing in again failed.</source>
        <translation>%1 即将结束此连接，而重新登录没有成功。</translation>
    </message>
    <message>
        <source>Save your work, then disconnect and connect again.</source>
        <translation>请保存您的工作，然后断开并重新连接。</translation>
    </message>
    <message>
        <source>“%1” does not say which certificate is yours.</source>
        <translation>“%1”没有指明您的证书。</translation>
    </message>
    <message>
        <source>Choose your certificate in the connection&apos;s settings: a file from your administrator, or one on a smart card.</source>
        <translation>请在连接设置中选择您的证书：管理员给您的文件，或智能卡上的证书。</translation>
    </message>
    <message>
        <source>“%1” is not the full path of a file.</source>
        <translation>“%1”不是文件的完整路径。</translation>
    </message>
    <message>
        <source>Write the path from the beginning, such as /home/me/vpn.p12, or the address of a certificate on a token (pkcs11:…).</source>
        <translation>请从根目录写起，例如 /home/me/vpn.p12，或填写令牌上证书的地址（pkcs11:…）。</translation>
    </message>
    <message>
        <source>The server broke the rules of TLS while signing in.</source>
        <translation>登录时服务器违反了 TLS 规则。</translation>
    </message>
    <message>
        <source>The server that checks your sign-in only knows outdated TLS.</source>
        <translation>检查登录的服务器只支持过时的 TLS。</translation>
    </message>
    <message>
        <source>Ask your administrator to turn on TLS 1.2 on the sign-in server (RADIUS or NPS).</source>
        <translation>请让管理员在登录服务器（RADIUS 或 NPS）上启用 TLS 1.2。</translation>
    </message>
    <message>
        <source>The server that checks your sign-in uses encryption that is too weak.</source>
        <translation>检查登录的服务器使用的加密强度太弱。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with an RSA key of 2048 bits or more and current ciphers on the sign-in server.</source>
        <translation>请让管理员在登录服务器上使用 2048 位以上的 RSA 证书和新的加密套件。</translation>
    </message>
    <message>
        <source>Your certificate or its key cannot be used to sign in.</source>
        <translation>您的证书或其密钥无法用于登录。</translation>
    </message>
    <message>
        <source>Import the certificate with its private key again, or ask your administrator for a new one.</source>
        <translation>请重新导入带私钥的证书，或向管理员索取新证书。</translation>
    </message>
    <message>
        <source>The sign-in server ended the conversation.</source>
        <translation>登录服务器结束了会话。</translation>
    </message>
    <message>
        <source>The sign-in server says that what Tern sent arrived damaged, or was signed wrongly.</source>
        <translation>登录服务器表示 Tern 发送的内容已损坏或签名错误。</translation>
    </message>
    <message>
        <source>Try again from another network. If it happens again, check that your certificate belongs to your key.</source>
        <translation>请换一个网络重试。如果仍然发生，请检查证书与密钥是否匹配。</translation>
    </message>
    <message>
        <source>The sign-in server and Tern found no way to speak TLS that both accept.</source>
        <translation>登录服务器与 Tern 找不到双方都接受的 TLS 方式。</translation>
    </message>
    <message>
        <source>Ask your administrator which TLS version and ciphers the sign-in server allows, and whether it needs a certificate of yours.</source>
        <translation>请询问管理员登录服务器允许哪些 TLS 版本和加密套件，以及是否需要您的证书。</translation>
    </message>
    <message>
        <source>The sign-in server says that your certificate is damaged or wrong.</source>
        <translation>登录服务器表示您的证书损坏或不正确。</translation>
    </message>
    <message>
        <source>Import your certificate again, or ask your administrator for a new one.</source>
        <translation>请重新导入证书，或向管理员索取新证书。</translation>
    </message>
    <message>
        <source>The sign-in server does not take certificates of the kind you have.</source>
        <translation>登录服务器不接受您这种类型的证书。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate for client authentication with an RSA or ECDSA key.</source>
        <translation>请向管理员索取使用 RSA 或 ECDSA 密钥的客户端身份验证证书。</translation>
    </message>
    <message>
        <source>Your certificate has been revoked.</source>
        <translation>您的证书已被吊销。</translation>
    </message>
    <message>
        <source>Ask your administrator for a new one.</source>
        <translation>请向管理员索取新证书。</translation>
    </message>
    <message>
        <source>The sign-in server says that your certificate has run out.</source>
        <translation>登录服务器表示您的证书已过期。</translation>
    </message>
    <message>
        <source>Check the clock of this computer, then ask your administrator for a new certificate.</source>
        <translation>请检查本机时钟，然后向管理员索取新证书。</translation>
    </message>
    <message>
        <source>The sign-in server could not accept your certificate.</source>
        <translation>登录服务器无法接受您的证书。</translation>
    </message>
    <message>
        <source>The sign-in server does not know the authority that issued your certificate.</source>
        <translation>登录服务器不认识签发您证书的机构。</translation>
    </message>
    <message>
        <source>The sign-in server knows your certificate, but does not let you in.</source>
        <translation>登录服务器认得您的证书，但不允许您登录。</translation>
    </message>
    <message>
        <source>Ask your administrator whether your account may use the VPN.</source>
        <translation>请询问管理员您的帐户是否可以使用 VPN。</translation>
    </message>
    <message>
        <source>The sign-in server does not take the TLS versions that Tern offers.</source>
        <translation>登录服务器不接受 Tern 提供的 TLS 版本。</translation>
    </message>
    <message>
        <source>The sign-in server wants stronger encryption than Tern offered.</source>
        <translation>登录服务器要求比 Tern 提供的更强的加密。</translation>
    </message>
    <message>
        <source>Ask your administrator which TLS ciphers the sign-in server allows.</source>
        <translation>请询问管理员登录服务器允许哪些 TLS 加密套件。</translation>
    </message>
    <message>
        <source>The sign-in server has a fault of its own.</source>
        <translation>登录服务器自身出现故障。</translation>
    </message>
    <message>
        <source>Try again later, and tell your administrator.</source>
        <translation>请稍后重试，并告知管理员。</translation>
    </message>
    <message>
        <source>The sign-in server does not know the name it was called by.</source>
        <translation>登录服务器不认识被呼叫的名称。</translation>
    </message>
    <message>
        <source>The sign-in server wants a certificate of yours, and none was sent.</source>
        <translation>登录服务器需要您的证书，但没有发送。</translation>
    </message>
    <message>
        <source>The sign-in server refused with TLS alert %1.</source>
        <translation>登录服务器以 TLS 警报 %1 拒绝。</translation>
    </message>
    <message>
        <source>The authority that this connection expects for the sign-in server is not on this computer.</source>
        <translation>此连接要求的登录服务器证书颁发机构不在本机上。</translation>
    </message>
    <message>
        <source>This computer forbids %1, which the server insists on.</source>
        <translation>本机禁止使用服务器要求的 %1。</translation>
    </message>
    <message>
        <source>Ask your administrator for another way to sign in, such as EAP-TLS or PEAP.</source>
        <translation>请让管理员提供其他登录方式，例如 EAP-TLS 或 PEAP。</translation>
    </message>
    <message>
        <source>There is no certificate authority to check the sign-in server with.</source>
        <translation>没有可用于检查登录服务器的证书颁发机构。</translation>
    </message>
    <message>
        <source>The server wants to see a certificate of yours, and this connection has none.</source>
        <translation>服务器要求查看您的证书，而此连接没有证书。</translation>
    </message>
    <message>
        <source>The server saw your certificate and refused to let you in.</source>
        <translation>服务器看到了您的证书，但拒绝您登录。</translation>
    </message>
    <message>
        <source>Ask your administrator whether your certificate belongs to an account that may use the VPN.</source>
        <translation>请询问管理员您的证书是否属于可以使用 VPN 的帐户。</translation>
    </message>
    <message>
        <source>The sign-in does not belong to the server that Tern verified. Somebody may be in between.</source>
        <translation>登录不属于 Tern 已验证的服务器。中间可能有人。</translation>
    </message>
    <message>
        <source>The server does not bind the sign-in to its certificate, which this connection requires.</source>
        <translation>服务器没有将登录与其证书绑定，而此连接要求绑定。</translation>
    </message>
    <message>
        <source>Ask your administrator to turn on cryptobinding for PEAP, or to change this connection.</source>
        <translation>请让管理员启用 PEAP 的加密绑定，或更改此连接。</translation>
    </message>
    <message>
        <source>The server did not accept the code.</source>
        <translation>服务器不接受该验证码。</translation>
    </message>
    <message>
        <source>Connect again and enter a fresh code. Codes are good for a short time and only once.</source>
        <translation>请重新连接并输入新的验证码。验证码仅在短时间内有效，且只能使用一次。</translation>
    </message>
    <message>
        <source>The new password is empty or too long.</source>
        <translation>新密码为空或太长。</translation>
    </message>
    <message>
        <source>Choose one of 1 to 256 characters.</source>
        <translation>请选择 1 到 256 个字符的密码。</translation>
    </message>
    <message>
        <source>%1 did not wait for your answer.</source>
        <translation>%1 没有等待您的回答。</translation>
    </message>
    <message>
        <source>Connect again and answer sooner; have your password or code at hand.</source>
        <translation>请重新连接并尽快回答；请事先准备好密码或验证码。</translation>
    </message>
    <message>
        <source>Your account has run out.</source>
        <translation>您的帐户已到期。</translation>
    </message>
    <message>
        <source>Ask your administrator to extend it.</source>
        <translation>请让管理员延长有效期。</translation>
    </message>
    <message>
        <source>A restriction of your account does not allow this sign-in.</source>
        <translation>您的帐户受到限制，不允许此次登录。</translation>
    </message>
    <message>
        <source>Ask your administrator about restrictions of your account, such as an empty password or certain computers.</source>
        <translation>请询问管理员您帐户的限制，例如空密码或指定计算机。</translation>
    </message>
    <message>
        <source>You must change your password before you sign in for the first time.</source>
        <translation>首次登录前必须更改密码。</translation>
    </message>
    <message>
        <source>The clocks of %1 and its domain differ too much.</source>
        <translation>%1 与其域的时钟相差太大。</translation>
    </message>
    <message>
        <source>Check the clock of this computer, then tell your administrator.</source>
        <translation>请检查本机时钟，然后告知管理员。</translation>
    </message>
    <message>
        <source>%1 cannot reach the server that knows your account.</source>
        <translation>%1 无法联系保存您帐户的服务器。</translation>
    </message>
    <message>
        <source>The sign-in server behind %1 did not answer.</source>
        <translation>%1 后面的登录服务器没有响应。</translation>
    </message>
    <message>
        <source>Try again later, and tell your administrator that the RADIUS server (NPS) is silent.</source>
        <translation>请稍后重试，并告知管理员 RADIUS 服务器（NPS）没有响应。</translation>
    </message>
    <message>
        <source>All connections that %1 allows are in use.</source>
        <translation>%1 允许的连接已全部占用。</translation>
    </message>
    <message>
        <source>Try again later, or ask your administrator for more ports.</source>
        <translation>请稍后重试，或让管理员增加端口。</translation>
    </message>
    <message>
        <source>%1 does not allow the way this connection signs in.</source>
        <translation>%1 不允许此连接的登录方式。</translation>
    </message>
    <message>
        <source>%1 does not accept the certificate or key of this connection (13801).</source>
        <translation>%1 不接受此连接的证书或密钥（13801）。</translation>
    </message>
    <message>
        <source>%1 found no certificate it can use (13806).</source>
        <translation>%1 找不到可用的证书（13806）。</translation>
    </message>
    <message>
        <source>%1 and Tern found no encryption that both allow (13868).</source>
        <translation>%1 与 Tern 找不到双方都允许的加密方式（13868）。</translation>
    </message>
    <message>
        <source>Ask your administrator to allow AES-256 with SHA-256 and group 14 on the server, or allow older encryption for this connection.</source>
        <translation>请让管理员在服务器上允许 AES-256、SHA-256 和组 14，或为此连接允许较旧的加密。</translation>
    </message>
    <message>
        <source>%1 could not find out whether a certificate has been revoked.</source>
        <translation>%1 无法确定证书是否已被吊销。</translation>
    </message>
    <message>
        <source>Tell your administrator that the revocation list (CRL) of the authority cannot be reached.</source>
        <translation>请告知管理员无法访问该机构的吊销列表（CRL）。</translation>
    </message>
    <message>
        <source>%1 says that a certificate is not meant for VPN sign-in.</source>
        <translation>%1 表示证书不适用于 VPN 登录。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with the usage “Client Authentication”.</source>
        <translation>请向管理员索取带有“客户端身份验证”用途的证书。</translation>
    </message>
    <message>
        <source>%1 does not trust the authority that issued the certificate.</source>
        <translation>%1 不信任签发该证书的机构。</translation>
    </message>
    <message>
        <source>Ask your administrator to trust that authority on the server, or choose another certificate.</source>
        <translation>请让管理员在服务器上信任该机构，或选择其他证书。</translation>
    </message>
    <message>
        <source>%1 says that a certificate has run out.</source>
        <translation>%1 表示证书已过期。</translation>
    </message>
    <message>
        <source>%1 says that the certificate has been revoked.</source>
        <translation>%1 表示证书已被吊销。</translation>
    </message>
    <message>
        <source>%1 could not verify a signature.</source>
        <translation>%1 无法验证签名。</translation>
    </message>
    <message>
        <source>Check that your certificate belongs to your key, then tell your administrator.</source>
        <translation>请检查证书与密钥是否匹配，然后告知管理员。</translation>
    </message>
    <message>
        <source>%1 failed in the key exchange.</source>
        <translation>%1 在密钥交换中失败。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, ask your administrator to switch off PFS for VPN clients on the server.</source>
        <translation>请重试。如果仍然发生，请让管理员在服务器上为 VPN 客户端关闭 PFS。</translation>
    </message>
    <message>
        <source>%1 waited too long for an answer.</source>
        <translation>%1 等待应答超时。</translation>
    </message>
    <message>
        <source>Try again from another network; large packets may be lost on the way.</source>
        <translation>请换一个网络重试；大数据包可能在途中丢失。</translation>
    </message>
    <message>
        <source>%1 has no rule for this kind of connection.</source>
        <translation>%1 没有适用于此类连接的规则。</translation>
    </message>
    <message>
        <source>Ask your administrator to set up IKEv2 for VPN users on the server.</source>
        <translation>请让管理员在服务器上为 VPN 用户设置 IKEv2。</translation>
    </message>
    <message>
        <source>%1 could not complete the negotiation.</source>
        <translation>%1 无法完成协商。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, give the details to your administrator.</source>
        <translation>请重试。如果仍然发生，请将详细信息告知管理员。</translation>
    </message>
    <message>
        <source>A code is needed for “%1”.</source>
        <translation>“%1”需要验证码。</translation>
    </message>
    <message>
        <source>Connect again where you can type it.</source>
        <translation>请在可以输入的地方重新连接。</translation>
    </message>
    <message>
        <source>The TCP connection to %1 could not be made, or has ended.</source>
        <translation>无法与 %1 建立 TCP 连接，或该连接已断开。</translation>
    </message>
    <message>
        <source>The server may not offer IKEv2 over TCP. Try another network, or ask the server&apos;s administrator.</source>
        <translation>服务器可能不支持通过 TCP 的 IKEv2。请换一个网络再试，或咨询服务器管理员。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, ask your administrator to look at the sign-in server&apos;s log.</source>
        <translation>请重试。如果仍然发生，请让管理员查看登录服务器的日志。</translation>
    </message>
    <message>
        <source>The sign-in server did not understand Tern&apos;s TLS.</source>
        <translation>登录服务器无法理解 Tern 的 TLS。</translation>
    </message>
    <message>
        <source>Ask your administrator to look at the sign-in server&apos;s log, and send us a report.</source>
        <translation>请让管理员查看登录服务器的日志，并向我们发送报告。</translation>
    </message>
    <message>
        <source>Ask your administrator to look at the sign-in server&apos;s log for the reason.</source>
        <translation>请让管理员在登录服务器的日志中查找原因。</translation>
    </message>
    <message>
        <source>Choose a certificate from your company&apos;s authority, or ask your administrator to trust this one on the server.</source>
        <translation>请选择由贵公司机构签发的证书，或让管理员在服务器上信任该机构。</translation>
    </message>
    <message>
        <source>Ask your administrator to turn on TLS 1.2 on the sign-in server. If it only takes TLS 1.3, allow that in the connection&apos;s settings.</source>
        <translation>请让管理员在登录服务器上启用 TLS 1.2。如果它只接受 TLS 1.3，请在连接设置中允许。</translation>
    </message>
    <message>
        <source>Ask your administrator to look at the sign-in server&apos;s TLS settings.</source>
        <translation>请让管理员检查登录服务器的 TLS 设置。</translation>
    </message>
    <message>
        <source>Choose your certificate in the connection&apos;s settings.</source>
        <translation>请在连接设置中选择您的证书。</translation>
    </message>
    <message>
        <source>Ask your administrator for the authority&apos;s certificate file and add it to the connection.</source>
        <translation>请向管理员索取该机构的证书文件，并添加到连接中。</translation>
    </message>
    <message>
        <source>Choose the certificate authority in the connection&apos;s settings. No password was sent.</source>
        <translation>请在连接设置中选择证书颁发机构。未发送任何密码。</translation>
    </message>
    <message>
        <source>Choose your certificate in the connection&apos;s settings, or ask your administrator for one.</source>
        <translation>请在连接设置中选择您的证书，或向管理员索取。</translation>
    </message>
    <message>
        <source>Ask your administrator which authentication methods the server&apos;s policy allows.</source>
        <translation>请询问管理员服务器策略允许哪些身份验证方法。</translation>
    </message>
    <message>
        <source>Check which certificate the connection uses. On the server, the certificate needs the server&apos;s name, the usage “Server Authentication” and an authority both sides trust.</source>
        <translation>请检查连接使用的证书。服务器上的证书需要包含服务器名称和“服务器身份验证”用途，并由双方信任的机构签发。</translation>
    </message>
    <message>
        <source>Ask your administrator to install a machine certificate on the server, or choose your own in the connection&apos;s settings.</source>
        <translation>请让管理员在服务器上安装计算机证书，或在连接设置中选择您的证书。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate (%1) is signed by the server itself: nobody vouches for it.</source>
        <translation>服务器的证书（%1）由它自己签发：没有任何机构为它担保。</translation>
    </message>
    <message>
        <source>Compare its fingerprint with the one your administrator tells you. If they are the same, trust this certificate for this connection.</source>
        <translation>请将它的指纹与管理员告诉您的指纹比较。如果相同，可为此连接信任该证书。</translation>
    </message>
    <message>
        <source>The signature on the certificate of %1 is wrong: it was changed, or somebody made it up.</source>
        <translation>%1 的证书签名不正确：它被改动过，或是伪造的。</translation>
    </message>
    <message>
        <source>%1 has issued the server&apos;s certificate, but is not allowed to issue any.</source>
        <translation>服务器的证书由 %1 签发，但它无权签发证书。</translation>
    </message>
    <message>
        <source>Tell your administrator that the server&apos;s certificate hangs on one that is no certification authority.</source>
        <translation>请告诉管理员：服务器证书的上级不是证书颁发机构。</translation>
    </message>
    <message>
        <source>%1 may not vouch for the server over so many steps.</source>
        <translation>%1 不能经过这么多层为服务器担保。</translation>
    </message>
    <message>
        <source>Tell your administrator that the chain of the server&apos;s certificate is longer than its authority allows.</source>
        <translation>请告诉管理员：服务器证书链的长度超过了颁发机构所允许的范围。</translation>
    </message>
    <message>
        <source>The authority of the server&apos;s certificate may not vouch for the names in it (%1).</source>
        <translation>服务器证书的颁发机构无权为其中的名称担保（%1）。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate from an authority that is allowed to vouch for this name.</source>
        <translation>请管理员换用由有权为此名称担保的机构签发的证书。</translation>
    </message>
    <message>
        <source>The certificate of %1 has a condition that Tern does not know.</source>
        <translation>%1 的证书带有 Tern 不认识的条件。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate without unusual critical extensions, and save a report and send it to us.</source>
        <translation>请管理员换用不含特殊关键扩展的证书，并保存报告发送给我们。</translation>
    </message>
    <message>
        <source>The certificate of %2, which vouches for the server, is only good from %1 on.</source>
        <translation>为服务器担保的 %2 的证书要到 %1 才生效。</translation>
    </message>
    <message>
        <source>The certificate of %1 was not made for a VPN server.</source>
        <translation>%1 的证书不是为 VPN 服务器签发的。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate may not be used to sign.</source>
        <translation>服务器的证书不能用于签名。</translation>
    </message>
    <message>
        <source>The key of %1 is too short to be trusted today (%2).</source>
        <translation>%1 的密钥太短，如今已不可信（%2）。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with an RSA key of 2048 bits or more, or an ECDSA key.</source>
        <translation>请管理员换用 2048 位以上 RSA 密钥或 ECDSA 密钥的证书。</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed in a way that can be forged today (%2).</source>
        <translation>%1 的证书的签名方式如今可以被伪造（%2）。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate that is signed with SHA-256.</source>
        <translation>请管理员换用以 SHA-256 签名的证书。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate (%1) is not the one this connection was told to trust.</source>
        <translation>服务器的证书（%1）不是此连接被指定信任的那一个。</translation>
    </message>
    <message>
        <source>If your administrator has changed the server&apos;s key, compare the new fingerprint and trust the new certificate. If not, do not connect.</source>
        <translation>如果管理员更换了服务器的密钥，请核对新指纹后信任新证书；否则请不要连接。</translation>
    </message>
    <message>
        <source>The certificate of %1 was revoked on %2 (%3).</source>
        <translation>%1 的证书已于 %2 被吊销（%3）。</translation>
    </message>
    <message>
        <source>Do not connect: whoever shows this certificate may not be your server. Tell your administrator.</source>
        <translation>请不要连接：出示此证书的可能不是您的服务器。请告诉管理员。</translation>
    </message>
    <message>
        <source>It could not be checked whether the certificate of %1 was revoked, and this connection insists on it.</source>
        <translation>无法检查 %1 的证书是否已被吊销，而此连接要求必须检查。</translation>
    </message>
    <message>
        <source>Try again when the network works. If it goes on, ask your administrator whether the certificate&apos;s authority can be reached, or set the check to “if possible”.</source>
        <translation>请在网络正常时重试。如果问题依旧，请询问管理员能否访问证书颁发机构，或将检查设为“尽可能”。</translation>
    </message>
    <message>
        <source>The certificate of %1 names no place where to ask whether it was revoked, and this connection insists on that.</source>
        <translation>%1 的证书没有说明在哪里查询是否已被吊销，而此连接要求必须检查。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with an OCSP or CRL address, or set the check to “if possible”.</source>
        <translation>请管理员换用带有 OCSP 或 CRL 地址的证书，或将检查设为“尽可能”。</translation>
    </message>
    <message>
        <source>The answer about a revoked certificate cannot be read.</source>
        <translation>关于证书吊销的答复无法读取。</translation>
    </message>
    <message>
        <source>Tell your administrator that the service for revoked certificates does not work.</source>
        <translation>请告诉管理员：证书吊销查询服务工作不正常。</translation>
    </message>
    <message>
        <source>The service for revoked certificates gave no answer (%1).</source>
        <translation>证书吊销查询服务没有给出答复（%1）。</translation>
    </message>
    <message>
        <source>The answer about a revoked certificate is not signed by the certificate&apos;s authority.</source>
        <translation>关于证书吊销的答复不是由该证书的颁发机构签名的。</translation>
    </message>
    <message>
        <source>The answer about a revoked certificate is about something else.</source>
        <translation>关于证书吊销的答复与所询问的证书无关。</translation>
    </message>
    <message>
        <source>The answer about a revoked certificate is of %1 and was good until %2.</source>
        <translation>关于证书吊销的答复产生于 %1，有效期至 %2。</translation>
    </message>
    <message>
        <source>%1 gave no answer.</source>
        <translation>%1 没有答复。</translation>
    </message>
    <message>
        <source>Nothing has to be done: Tern asks again next time.</source>
        <translation>无需操作：Tern 下次会再次查询。</translation>
    </message>
    <message>
        <source>The answer of %1 took too long.</source>
        <translation>%1 的答复耗时过长。</translation>
    </message>
    <message>
        <source>The answer of %1 is too large.</source>
        <translation>%1 的答复过大。</translation>
    </message>
    <message>
        <source>Tell your administrator that the list of revoked certificates has grown too large.</source>
        <translation>请告诉管理员：证书吊销列表过大。</translation>
    </message>
    <message>
        <source>Nobody could be asked while the connection was being restored.</source>
        <translation>恢复连接期间无法查询。</translation>
    </message>
    <message>
        <source>The server of %1 has shown another certificate meanwhile.</source>
        <translation>%1 的服务器此时出示了另一个证书。</translation>
    </message>
    <message>
        <source>Look at the certificate again before you trust it.</source>
        <translation>请再次查看证书后再决定是否信任。</translation>
    </message>
    <message>
        <source>The certificate of the server of %1 cannot be trusted by saying so.</source>
        <translation>%1 的服务器证书不能仅凭用户确认就被信任。</translation>
    </message>
    <message>
        <source>Look at what is wrong with it and ask your administrator for a new one.</source>
        <translation>请查看它的问题，并请管理员更换证书。</translation>
    </message>
    <message>
        <source>%1 sent an address from which its certificate is to be fetched, instead of the certificate.</source>
        <translation>%1 没有发送证书，而是发送了一个下载证书的地址。</translation>
    </message>
    <message>
        <source>Tern fetches nothing for a server it does not know yet. Ask whoever runs the server to turn “hash and URL” off. No password was sent.</source>
        <translation>Tern 不会为尚未确认身份的服务器下载任何内容。请服务器管理者关闭“hash and URL”。密码没有发送。</translation>
    </message>
    <message>
        <source>This connection is to trust a certificate by a fingerprint that makes no sense (%1).</source>
        <translation>此连接指定信任的证书指纹无效（%1）。</translation>
    </message>
    <message>
        <source>Write it as “sha256:” and 64 hexadecimal digits, or remove it.</source>
        <translation>请写成“sha256:”加 64 位十六进制数字，或将其删除。</translation>
    </message>
    <message>
        <source>There was no way to “%1” for too long.</source>
        <translation>太长时间没有通往“%1”的网络。</translation>
    </message>
    <message>
        <source>Connect this computer to a network, then connect again.</source>
        <translation>请先将此电脑连接到网络，然后重新连接。</translation>
    </message>
    <message>
        <source>The server&apos;s new address could not be confirmed.</source>
        <translation>无法确认服务器的新地址。</translation>
    </message>
    <message>
        <source>Somebody on the way may have changed packets. Connect again; if it keeps happening, use another network.</source>
        <translation>途中可能有人篡改了数据包。请重新连接；如果一再发生，请换一个网络。</translation>
    </message>
    <message>
        <source>%1 sends this connection to another server.</source>
        <translation>%1 将此连接转到了另一台服务器。</translation>
    </message>
    <message>
        <source>Connect again. If that does not help, ask whoever runs the server.</source>
        <translation>请重新连接。如果没有用，请询问服务器的管理者。</translation>
    </message>
    <message>
        <source>The servers send this connection round in a circle, back to %1.</source>
        <translation>各服务器将此连接转来转去，又回到了 %1。</translation>
    </message>
    <message>
        <source>Tell whoever runs the servers.</source>
        <translation>请告知服务器的管理者。</translation>
    </message>
    <message>
        <source>The servers sent this connection on too often, at last to %1.</source>
        <translation>服务器转移此连接的次数太多，最后一次转到 %1。</translation>
    </message>
    <message>
        <source>Try again in five minutes. If it happens again, tell whoever runs the servers.</source>
        <translation>请五分钟后再试。如果再次发生，请告知服务器的管理者。</translation>
    </message>
    <message>
        <source>%1 does not take up the earlier session.</source>
        <translation>%1 不接受恢复先前的会话。</translation>
    </message>
    <message>
        <source>The certificate of the server that checks your sign-in was issued by %1, which this connection does not trust. No password was sent.</source>
        <translation>负责验证登录的服务器的证书由 %1 签发，而此连接不信任该机构。没有发送任何密码。</translation>
    </message>
    <message>
        <source>The certificate of the server that checks your sign-in (%1) is signed by that server itself: nobody vouches for it. No password was sent.</source>
        <translation>负责验证登录的服务器的证书（%1）由该服务器自己签名，没有任何机构为其担保。没有发送任何密码。</translation>
    </message>
    <message>
        <source>Ask your administrator for this certificate, and add it to this connection as its authority. Do not go on if nobody knows it.</source>
        <translation>请向管理员索取此证书，并将其作为颁发机构添加到此连接中。如果没有人认识它，请不要继续。</translation>
    </message>
    <message>
        <source>The certificate of the server that checks your sign-in is for %2, not for %1. No password was sent.</source>
        <translation>负责验证登录的服务器的证书属于 %2，而不是 %1。没有发送任何密码。</translation>
    </message>
    <message>
        <source>Ask your administrator for the name of the sign-in server (RADIUS or NPS), and enter it in the connection&apos;s settings.</source>
        <translation>请向管理员询问登录服务器（RADIUS 或 NPS）的名称，并填入此连接的设置中。</translation>
    </message>
    <message>
        <source>The certificate of the server that checks your sign-in ran out on %1.</source>
        <translation>负责验证登录的服务器的证书已于 %1 过期。</translation>
    </message>
    <message>
        <source>The certificate of the server that checks your sign-in is only good from %1 on.</source>
        <translation>负责验证登录的服务器的证书自 %1 起才有效。</translation>
    </message>
    <message>
        <source>The certificate that the server that checks your sign-in has shown (%1) was not made for servers.</source>
        <translation>负责验证登录的服务器出示的证书（%1）不是为服务器签发的。</translation>
    </message>
    <message>
        <source>The certificate of the server that checks your sign-in cannot be accepted. No password was sent.</source>
        <translation>无法接受负责验证登录的服务器的证书。没有发送任何密码。</translation>
    </message>
    <message>
        <source>Give the details of this message to your administrator: the sign-in server (RADIUS or NPS) needs another certificate.</source>
        <translation>请将此消息的详细信息交给管理员：登录服务器（RADIUS 或 NPS）需要换一张证书。</translation>
    </message>
    <message>
        <source>“%1” is not the address of a proxy.</source>
        <translation>“%1”不是代理的地址。</translation>
    </message>
    <message>
        <source>Write it like http://proxy.example.com:3128 or socks5://proxy.example.com:1080.</source>
        <translation>请写成 http://proxy.example.com:3128 或 socks5://proxy.example.com:1080 的形式。</translation>
    </message>
    <message>
        <source>There is no proxy of the name in %1.</source>
        <translation>找不到 %1 中的代理名称。</translation>
    </message>
    <message>
        <source>Check the proxy in the connection&apos;s or in the desktop&apos;s settings.</source>
        <translation>请检查连接设置或桌面设置中的代理。</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached.</source>
        <translation>无法连接到代理 %1。</translation>
    </message>
    <message>
        <source>Check that you are in the network the proxy is for, or take the proxy out of the settings.</source>
        <translation>请确认您处于该代理所属的网络中，或从设置中去掉该代理。</translation>
    </message>
    <message>
        <source>The proxy %1 does not answer.</source>
        <translation>代理 %1 没有响应。</translation>
    </message>
    <message>
        <source>Try again in a while; if it stays so, tell whoever runs the proxy.</source>
        <translation>请稍后再试；如果仍然如此，请告知代理的管理员。</translation>
    </message>
    <message>
        <source>The proxy %1 wants a user name and a password.</source>
        <translation>代理 %1 要求用户名和密码。</translation>
    </message>
    <message>
        <source>Enter those of the proxy; often they are those you log in with at work.</source>
        <translation>请输入代理的用户名和密码；通常就是您在单位登录时使用的那一组。</translation>
    </message>
    <message>
        <source>The proxy %1 does not accept this user name and password.</source>
        <translation>代理 %1 不接受此用户名和密码。</translation>
    </message>
    <message>
        <source>Check both; the proxy&apos;s may be others than the VPN&apos;s.</source>
        <translation>请检查两者；代理的用户名和密码可能与 VPN 的不同。</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the VPN server (%2).</source>
        <translation>代理 %1 拒绝连接到 VPN 服务器（%2）。</translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy to allow connections to the VPN server.</source>
        <translation>请联系代理的管理员，允许连接到该 VPN 服务器。</translation>
    </message>
    <message>
        <source>The connection through the proxy %1 failed.</source>
        <translation>通过代理 %1 的连接失败。</translation>
    </message>
    <message>
        <source>Try again. If it stays so, tell whoever runs the proxy.</source>
        <translation>请重试。如果仍然如此，请告知代理的管理员。</translation>
    </message>
    <message>
        <source>The server took the connection, but then said nothing more.</source>
        <translation>服务器接受了连接，但之后没有任何回应。</translation>
    </message>
    <message>
        <source>Try again in a few minutes. If it happens again, tell your administrator that PPP does not answer.</source>
        <translation>请过几分钟再试。如果再次出现，请告诉管理员 PPP 没有回应。</translation>
    </message>
    <message>
        <source>Tern and the server could not agree on how to talk.</source>
        <translation>Tern 与服务器未能就通信方式达成一致。</translation>
    </message>
    <message>
        <source>Save a report and send it to your administrator.</source>
        <translation>请保存一份报告发给管理员。</translation>
    </message>
    <message>
        <source>Tern hears itself: what it sends comes back instead of an answer.</source>
        <translation>Tern 收到的是自己发出的内容，而不是服务器的回应。</translation>
    </message>
    <message>
        <source>Something on the way, or the server, is set up wrongly. Tell your administrator.</source>
        <translation>途中的某个设备或服务器设置有误。请告诉管理员。</translation>
    </message>
    <message>
        <source>The server broke the rules of PPP.</source>
        <translation>服务器违反了 PPP 的规则。</translation>
    </message>
    <message>
        <source>The server ended the connection and gave no reason.</source>
        <translation>服务器断开了连接，且没有说明原因。</translation>
    </message>
    <message>
        <source>Connect again. If it ends again, ask your administrator whether there is a limit on connections or on their time.</source>
        <translation>请重新连接。如果再次断开，请询问管理员是否限制了连接数或连接时长。</translation>
    </message>
    <message>
        <source>The server ended the connection: %1</source>
        <translation>服务器断开了连接：%1</translation>
    </message>
    <message>
        <source>Connect again. If it ends again, give these words of the server to your administrator.</source>
        <translation>请重新连接。如果再次断开，请把服务器的这段话转告管理员。</translation>
    </message>
    <message>
        <source>The server waited too long for an answer and ended the connection.</source>
        <translation>服务器等待回应的时间过长，断开了连接。</translation>
    </message>
    <message>
        <source>Connect again, and answer sooner when you are asked for something.</source>
        <translation>请重新连接，并在被询问时尽快回答。</translation>
    </message>
    <message>
        <source>The server let you in, but connects you to no network.</source>
        <translation>服务器允许您登录，但没有为您接通任何网络。</translation>
    </message>
    <message>
        <source>Tell your administrator that the server offers neither IPv4 nor IPv6.</source>
        <translation>请告诉管理员：服务器既不提供 IPv4，也不提供 IPv6。</translation>
    </message>
    <message>
        <source>The server let you in, but has no address for you.</source>
        <translation>服务器允许您登录，但没有可分配给您的地址。</translation>
    </message>
    <message>
        <source>Try again later: all addresses may be taken. If it happens again, tell your administrator.</source>
        <translation>请稍后再试：地址可能已全部被占用。如果再次出现，请告诉管理员。</translation>
    </message>
    <message>
        <source>The server took back the network it had given you.</source>
        <translation>服务器收回了为您接通的网络。</translation>
    </message>
    <message>
        <source>Connect again. If it happens again, tell your administrator.</source>
        <translation>请重新连接。如果再次出现，请告诉管理员。</translation>
    </message>
    <message>
        <source>The server insists on an old encryption (MPPE) inside the one that protects this connection already.</source>
        <translation>此连接已有加密保护，但服务器坚持在其中再使用一种旧的加密（MPPE）。</translation>
    </message>
    <message>
        <source>Ask your administrator not to require MPPE for SSTP: TLS encrypts everything.</source>
        <translation>请让管理员不要对 SSTP 强制使用 MPPE：TLS 已加密全部内容。</translation>
    </message>
    <message>
        <source>The server does not answer any more.</source>
        <translation>服务器不再回应。</translation>
    </message>
    <message>
        <source>Check your network, then connect again.</source>
        <translation>请检查网络，然后重新连接。</translation>
    </message>
    <message>
        <source>The server wants a sign-in by %1; this connection allows %2.</source>
        <translation>服务器要求以 %1 登录，而此连接允许的是 %2。</translation>
    </message>
    <message>
        <source>Ask your administrator which is right, and change the connection&apos;s sign-in if it is the server&apos;s.</source>
        <translation>请询问管理员哪一种正确；如果以服务器为准，请修改此连接的登录方式。</translation>
    </message>
    <message>
        <source>The server would let anybody in: it asked for no sign-in.</source>
        <translation>服务器没有要求登录，任何人都可以进入。</translation>
    </message>
    <message>
        <source>It may not be the real one. Tell your administrator.</source>
        <translation>它可能不是真正的服务器。请告诉管理员。</translation>
    </message>
    <message>
        <source>The server did not decide in time whether to let you in.</source>
        <translation>服务器未能及时决定是否允许您登录。</translation>
    </message>
    <message>
        <source>If your sign-in has to be confirmed on another device, connect again and confirm it there.</source>
        <translation>如果登录需要在另一台设备上确认，请重新连接并在该设备上确认。</translation>
    </message>
    <message>
        <source>The user name or the password is too long for %1.</source>
        <translation>用户名或密码对 %1 来说过长。</translation>
    </message>
    <message>
        <source>Ask your administrator for another kind of sign-in.</source>
        <translation>请让管理员提供另一种登录方式。</translation>
    </message>
    <message>
        <source>%1 does not take calls on port %2.</source>
        <translation>%1 不接受端口 %2 上的连接。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name and port in the connection&apos;s settings, or ask the administrator whether the VPN server is running and has room for one more connection.</source>
        <translation>请检查连接设置中的服务器名称和端口，或询问管理员 VPN 服务器是否正在运行、连接数是否已满。</translation>
    </message>
    <message>
        <source>%1 does not answer on port %2.</source>
        <translation>%1 在端口 %2 上没有应答。</translation>
    </message>
    <message>
        <source>Check that the computer is online. A firewall on the way may be blocking this port: try another network.</source>
        <translation>请检查计算机是否联网。途中的防火墙可能拦截了此端口：请换一个网络再试。</translation>
    </message>
    <message>
        <source>What answered is no SSTP server: it does not speak HTTP.</source>
        <translation>应答方不是 SSTP 服务器：它使用的不是 HTTP。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name and port in the connection&apos;s settings.</source>
        <translation>请检查连接设置中的服务器名称和端口。</translation>
    </message>
    <message>
        <source>The server&apos;s answer has no end.</source>
        <translation>服务器的应答没有尽头。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name and port. If they are right, send us a report.</source>
        <translation>请检查服务器名称和端口。如果无误，请向我们发送报告。</translation>
    </message>
    <message>
        <source>The server took the connection, but does not answer.</source>
        <translation>服务器接受了连接，但没有应答。</translation>
    </message>
    <message>
        <source>Try again later. If it happens again, ask the administrator whether SSTP is on on this server.</source>
        <translation>请稍后重试。如果再次发生，请询问管理员此服务器是否启用了 SSTP。</translation>
    </message>
    <message>
        <source>The server sends us on to %1, which VPN servers do not do.</source>
        <translation>服务器让我们转到 %1，而 VPN 服务器不会这样做。</translation>
    </message>
    <message>
        <source>If you are in a hotel, a café or on a train, sign in to the network in a browser first. Otherwise check the server&apos;s name.</source>
        <translation>如果您在酒店、咖啡馆或列车上，请先在浏览器中登录该网络。否则请检查服务器名称。</translation>
    </message>
    <message>
        <source>A web page answered instead of a VPN server.</source>
        <translation>应答的是网页，而不是 VPN 服务器。</translation>
    </message>
    <message>
        <source>If you are in a hotel, a café or on a train, sign in to the network in a browser first. Otherwise check the server&apos;s name and port.</source>
        <translation>如果您在酒店、咖啡馆或列车上，请先在浏览器中登录该网络。否则请检查服务器名称和端口。</translation>
    </message>
    <message>
        <source>A proxy on the way wants to know who you are.</source>
        <translation>途中的代理要求验证您的身份。</translation>
    </message>
    <message>
        <source>Ask your administrator how programs sign in to the proxy of this network, or try another network.</source>
        <translation>请询问管理员程序如何登录此网络的代理，或换一个网络再试。</translation>
    </message>
    <message>
        <source>The server does not let this computer call it (HTTP %1).</source>
        <translation>服务器不允许这台计算机连接（HTTP %1）。</translation>
    </message>
    <message>
        <source>Ask the administrator whether the VPN may be used from here.</source>
        <translation>请询问管理员是否允许从这里使用 VPN。</translation>
    </message>
    <message>
        <source>A web server answered that knows nothing of SSTP (HTTP %1).</source>
        <translation>应答的是不支持 SSTP 的 Web 服务器（HTTP %1）。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name and port, or ask the administrator whether SSTP is on on this server.</source>
        <translation>请检查服务器名称和端口，或询问管理员此服务器是否启用了 SSTP。</translation>
    </message>
    <message>
        <source>The server cannot take the call now (HTTP %1).</source>
        <translation>服务器目前无法接受连接（HTTP %1）。</translation>
    </message>
    <message>
        <source>Try again later. It may have no free connections left, or be starting.</source>
        <translation>请稍后重试。它可能没有空闲的连接，或正在启动。</translation>
    </message>
    <message>
        <source>The server answered with HTTP %1, which Tern does not know what to do with.</source>
        <translation>服务器以 HTTP %1 应答，Tern 不知如何处理。</translation>
    </message>
    <message>
        <source>The server does not keep to SSTP.</source>
        <translation>服务器没有遵守 SSTP 协议。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, check that this is the VPN server, and send us a report.</source>
        <translation>请重试。如果再次发生，请检查这是否是 VPN 服务器，并向我们发送报告。</translation>
    </message>
    <message>
        <source>The server sent a message that has no place in SSTP.</source>
        <translation>服务器发送了 SSTP 中不该出现的消息。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, send us a report.</source>
        <translation>请重试。如果再次发生，请向我们发送报告。</translation>
    </message>
    <message>
        <source>The server wants the sign-in bound to its certificate in a way that Tern does not know.</source>
        <translation>服务器要求以 Tern 不了解的方式将登录与其证书绑定。</translation>
    </message>
    <message>
        <source>Ask your administrator to bring the server up to date.</source>
        <translation>请让管理员更新服务器。</translation>
    </message>
    <message>
        <source>The server dropped the connection right after the sign-in. Somebody on the way seems to have put another certificate in place of the server&apos;s.</source>
        <translation>服务器在登录之后立即断开了连接。途中似乎有人把服务器的证书换成了另一个。</translation>
    </message>
    <message>
        <source>This happens where TLS is inspected or ended before the VPN server. Ask the administrator to let it through unchanged, or to give the VPN server the certificate that is shown. Until then try another network.</source>
        <translation>在 VPN 服务器之前检查或终止 TLS 时会发生这种情况。请让管理员原样放行，或为 VPN 服务器配置所出示的证书。在此之前请换一个网络再试。</translation>
    </message>
    <message>
        <source>The server refused the call (%1).</source>
        <translation>服务器拒绝了连接（%1）。</translation>
    </message>
    <message>
        <source>Try again later. If it happens again, give this to your administrator.</source>
        <translation>请稍后重试。如果再次发生，请将此信息告知管理员。</translation>
    </message>
    <message>
        <source>The server stopped answering while the connection was being set up.</source>
        <translation>建立连接时服务器停止了应答。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, ask your administrator to look at the server&apos;s log.</source>
        <translation>请重试。如果再次发生，请让管理员查看服务器日志。</translation>
    </message>
    <message>
        <source>The server broke the connection off (%1).</source>
        <translation>服务器中止了连接（%1）。</translation>
    </message>
    <message>
        <source>The server ended the connection.</source>
        <translation>服务器结束了连接。</translation>
    </message>
    <message>
        <source>Connect again. If it happens again, ask your administrator whether the server limits how long or how often one may connect.</source>
        <translation>请重新连接。如果再次发生，请询问管理员服务器是否限制连接的时长或次数。</translation>
    </message>
    <message>
        <source>The connection to the server was cut.</source>
        <translation>与服务器的连接被切断。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, try another network.</source>
        <translation>请重试。如果再次发生，请换一个网络。</translation>
    </message>
    <message>
        <source>The server gives no sign of life any more.</source>
        <translation>服务器不再有任何响应。</translation>
    </message>
    <message>
        <source>Check that the computer is online. Tern calls the server again by itself.</source>
        <translation>请检查计算机是否联网。Tern 会自动重新连接服务器。</translation>
    </message>
    <message>
        <source>The server took the connection, but does not speak TLS with us.</source>
        <translation>服务器接受了连接，但没有与我们进行 TLS 通信。</translation>
    </message>
    <message>
        <source>Check the server&apos;s port, or try another network.</source>
        <translation>请检查服务器端口，或换一个网络再试。</translation>
    </message>
    <message>
        <source>The TLS connection to the server failed.</source>
        <translation>与服务器的 TLS 连接失败。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name and port. A firewall on the way may interfere: try another network.</source>
        <translation>请检查服务器名称和端口。途中的防火墙可能造成干扰：请换一个网络再试。</translation>
    </message>
    <message>
        <source>The server only knows versions of TLS that are no longer safe.</source>
        <translation>服务器只支持不再安全的 TLS 版本。</translation>
    </message>
    <message>
        <source>Ask your administrator to turn on TLS 1.2 or 1.3 on the server.</source>
        <translation>请让管理员在服务器上启用 TLS 1.2 或 1.3。</translation>
    </message>
    <message>
        <source>The server and Tern found no encryption that both accept.</source>
        <translation>服务器与 Tern 没有找到双方都接受的加密方式。</translation>
    </message>
    <message>
        <source>Ask your administrator which TLS versions and ciphers the server allows, and whether it wants a certificate of yours.</source>
        <translation>请询问管理员服务器允许哪些 TLS 版本和密码套件，以及是否需要您的证书。</translation>
    </message>
    <message>
        <source>The server&apos;s key for TLS is too weak.</source>
        <translation>服务器的 TLS 密钥强度太弱。</translation>
    </message>
    <message>
        <source>Ask your administrator for a certificate with an RSA key of 2048 bits or more and current ciphers on the server.</source>
        <translation>请让管理员为服务器配置 2048 位或更长的 RSA 密钥证书和现代密码套件。</translation>
    </message>
    <message>
        <source>The server does not know the name it was called by.</source>
        <translation>服务器不认识呼叫它所用的名称。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name, or choose another name to call it by, or none, in the connection&apos;s settings.</source>
        <translation>请检查服务器名称，或在连接设置中选择其他呼叫名称，或不使用名称。</translation>
    </message>
    <message>
        <source>The server wants to see a certificate of yours, and none was sent.</source>
        <translation>服务器要求出示您的证书，但没有发送。</translation>
    </message>
    <message>
        <source>The server does not accept your certificate.</source>
        <translation>服务器不接受您的证书。</translation>
    </message>
    <message>
        <source>Ask your administrator whether your certificate is still good and belongs to an account that may use the VPN.</source>
        <translation>请询问管理员您的证书是否仍然有效，以及它所属的帐户是否可以使用 VPN。</translation>
    </message>
    <message>
        <source>Your certificate or its key cannot be used for TLS.</source>
        <translation>您的证书或其密钥无法用于 TLS。</translation>
    </message>
    <message>
        <source>The server ended the TLS connection.</source>
        <translation>服务器结束了 TLS 连接。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, try another network, or ask your administrator to look at the server&apos;s log.</source>
        <translation>请重试。如果再次发生，请换一个网络，或让管理员查看服务器日志。</translation>
    </message>
    <message>
        <source>The server refused with TLS alert %1.</source>
        <translation>服务器以 TLS 警报 %1 拒绝。</translation>
    </message>
    <message>
        <source>PPTP is not safe any more, and new Windows servers refuse it.</source>
        <translation>PPTP 已不再安全，新的 Windows 服务器也拒绝使用它。</translation>
    </message>
    <message>
        <source>Whoever records one sign-in by PPTP can work out the password (MS-CHAP) and then read everything that was sent.</source>
        <translation>只要有人录下一次 PPTP 登录，就能算出密码（MS-CHAP），进而读到发送过的全部内容。</translation>
    </message>
    <message>
        <source>Move to IKEv2 or SSTP, and change this password afterwards.</source>
        <translation>请改用 IKEv2 或 SSTP，之后再更换这个密码。</translation>
    </message>
    <message>
        <source>PPTP encrypts with RC4, which has been broken, and nobody notices when data is changed on the way.</source>
        <translation>PPTP 使用已被攻破的 RC4 加密，数据在途中被篡改也无人察觉。</translation>
    </message>
    <message>
        <source>PPTP has nothing better; IKEv2 and SSTP have.</source>
        <translation>PPTP 没有更好的办法；IKEv2 和 SSTP 有。</translation>
    </message>
    <message>
        <source>L2TP is outdated and easily set up wrong, and new Windows servers refuse it.</source>
        <translation>L2TP 已经过时，容易配置出错，新的 Windows 服务器也拒绝使用它。</translation>
    </message>
    <message>
        <source>This L2TP connection is set up without IPsec: nothing is encrypted, and everybody on the way can read along.</source>
        <translation>此 L2TP 连接没有使用 IPsec：什么都没有加密，途中的任何人都能读到内容。</translation>
    </message>
    <message>
        <source>On Windows this connection can silently fall back to what is no longer safe (%1). Tern never does.</source>
        <translation>在 Windows 上，此连接可能会不声不响地退回到不再安全的方式（%1）。Tern 绝不会这样做。</translation>
    </message>
    <message>
        <source>This connection allows the password to be sent as readable text, or as good as readable (PAP, SPAP).</source>
        <translation>此连接允许以明文或近乎明文的方式发送密码（PAP、SPAP）。</translation>
    </message>
    <message>
        <source>Where this connection comes from, any certificate of the server was good enough, also a false one. Tern always checks.</source>
        <translation>在此连接的来源处，服务器出示任何证书都会被接受，包括假证书。Tern 始终会检查。</translation>
    </message>
    <message>
        <source>Nobody asks whether the server&apos;s certificate was withdrawn: one that was stolen would go unnoticed.</source>
        <translation>没有检查服务器证书是否已被吊销：证书若被盗用也不会被发现。</translation>
    </message>
    <message>
        <source>Switch the check on again: it is in the server certificate of this connection.</source>
        <translation>请重新打开此检查：它在此连接的“服务器证书”里。</translation>
    </message>
    <message>
        <source>The shared key is short (below %1 characters): from one recorded sign-in it can be guessed.</source>
        <translation>共享密钥太短（少于 %1 个字符）：录下一次登录就可能猜出它。</translation>
    </message>
    <message>
        <source>On Windows this connection asks for encryption that can be broken today: %1. Tern never uses it.</source>
        <translation>在 Windows 上，此连接要求使用如今已能被破解的加密：%1。Tern 绝不会使用它。</translation>
    </message>
    <message>
        <source>Keys are renewed without a new key exchange (no PFS): who finds out one key can read more of what was recorded.</source>
        <translation>更新密钥时没有重新进行密钥交换（无 PFS）：得到一个密钥的人能读到更多被录下的内容。</translation>
    </message>
    <message>
        <source>Your certificate %1 has expired on %2: the server will refuse it.</source>
        <translation>您的证书 %1 已于 %2 过期：服务器会拒绝它。</translation>
    </message>
    <message>
        <source>Your certificate %1 expires on %2.</source>
        <translation>您的证书 %1 将于 %2 过期。</translation>
    </message>
    <message>
        <source>The certificate %1, by which this connection recognises its server, has expired on %2.</source>
        <translation>此连接用来识别服务器的证书 %1 已于 %2 过期。</translation>
    </message>
    <message>
        <source>The certificate %1, by which this connection recognises its server, expires on %2.</source>
        <translation>此连接用来识别服务器的证书 %1 将于 %2 过期。</translation>
    </message>
    <message>
        <source>Show this to whoever looks after this computer. Until it is mended Tern connects nothing, because it cannot know what is forbidden.</source>
        <translation>请把这条信息给管理此计算机的人看。在修复之前 Tern 不会建立任何连接，因为它无法知道哪些是被禁止的。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, cannot be read.</source>
        <translation>无法读取本机的策略 %1。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, is not taken: others than the administrator can change it.</source>
        <translation>不采用本机的策略 %1：管理员以外的人也能修改它。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, cannot be understood: line %2.</source>
        <translation>无法理解本机的策略 %1：第 %2 行。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, has a setting in line %2 that Tern does not know: %3.</source>
        <translation>本机的策略 %1 第 %2 行有一个 Tern 不认识的设置：%3。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, has a value in line %2 that does not fit: %3.</source>
        <translation>本机的策略 %1 第 %2 行的值不合适：%3。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, allows L2TP in line %2 without saying until when.</source>
        <translation>本机的策略 %1 第 %2 行允许 L2TP，却没有说明到何时为止。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, names an authority in line %2 that cannot be read.</source>
        <translation>本机的策略 %1 第 %2 行指定的颁发机构无法读取。</translation>
    </message>
    <message>
        <source>The policy of this computer, %1, names an authority in line %2 without saying for which servers.</source>
        <translation>本机的策略 %1 第 %2 行指定了颁发机构，却没有说明用于哪些服务器。</translation>
    </message>
    <message>
        <source>Nothing can be connected: the policy of this computer has a mistake (%1).</source>
        <translation>无法建立任何连接：本机的策略有错误（%1）。</translation>
    </message>
    <message>
        <source>This connection is not safe enough for the policy of this computer.</source>
        <translation>对于本机的策略而言，此连接不够安全。</translation>
    </message>
    <message>
        <source>The connection&apos;s page says what would make it better. Ask your administrator for that.</source>
        <translation>此连接的页面说明了如何改进。请向管理员提出。</translation>
    </message>
    <message>
        <source>L2TP was allowed until %1. That day is over.</source>
        <translation>L2TP 获准使用到 %1。这一天已经过去。</translation>
    </message>
    <message>
        <source>Ask your administrator for a connection by IKEv2 or SSTP.</source>
        <translation>请向管理员要求使用 IKEv2 或 SSTP 的连接。</translation>
    </message>
    <message>
        <source>The folder “%1” cannot be looked through.</source>
        <translation>无法查看文件夹“%1”的内容。</translation>
    </message>
    <message>
        <source>Check that you may open it, or ask somebody who may.</source>
        <translation>请确认您有权打开它，或请有权限的人来做。</translation>
    </message>
    <message>
        <source>The file “%1” could not be written.</source>
        <translation>无法写入文件“%1”。</translation>
    </message>
    <message>
        <source>Check that you may write there and that there is room.</source>
        <translation>请确认您可以在那里写入，并且空间足够。</translation>
    </message>
    <message>
        <source>L2TP is left to NetworkManager, which does not run on this computer.</source>
        <translation>L2TP 交由 NetworkManager 处理，而它没有在本机运行。</translation>
    </message>
    <message>
        <source>Ask your administrator for a connection by IKEv2 or SSTP, which need nothing else.</source>
        <translation>请向管理员要求使用 IKEv2 或 SSTP 的连接，它们不需要其他程序。</translation>
    </message>
    <message>
        <source>L2TP is left to NetworkManager&apos;s L2TP plug-in, which is not installed.</source>
        <translation>L2TP 交由 NetworkManager 的 L2TP 插件处理，而该插件没有安装。</translation>
    </message>
    <message>
        <source>Whoever looks after this computer can install network-manager-l2tp. Better is a connection by IKEv2 or SSTP.</source>
        <translation>管理此计算机的人可以安装 network-manager-l2tp。更好的办法是使用 IKEv2 或 SSTP 的连接。</translation>
    </message>
    <message>
        <source>NetworkManager does not let you start this connection.</source>
        <translation>NetworkManager 不允许您启动此连接。</translation>
    </message>
    <message>
        <source>Ask whoever looks after this computer for the permission.</source>
        <translation>请向管理此计算机的人申请权限。</translation>
    </message>
    <message>
        <source>NetworkManager did not take the L2TP connection.</source>
        <translation>NetworkManager 没有接受此 L2TP 连接。</translation>
    </message>
    <message>
        <source>The details say why. NetworkManager&apos;s own log says more.</source>
        <translation>详细信息说明了原因。NetworkManager 自己的日志里有更多内容。</translation>
    </message>
    <message>
        <source>The L2TP server did not accept the user name or the password.</source>
        <translation>L2TP 服务器不接受此用户名或密码。</translation>
    </message>
    <message>
        <source>Check both, and try again.</source>
        <translation>请检查两者后重试。</translation>
    </message>
    <message>
        <source>The L2TP server %1 did not answer in time.</source>
        <translation>L2TP 服务器 %1 没有及时应答。</translation>
    </message>
    <message>
        <source>Check that you are online. A wrong shared key looks the same.</source>
        <translation>请检查网络是否连通。共享密钥错误时也是同样的表现。</translation>
    </message>
    <message>
        <source>The L2TP connection to %1 could not be made.</source>
        <translation>无法建立到 %1 的 L2TP 连接。</translation>
    </message>
    <message>
        <source>Check the shared key, the user name and the password. NetworkManager&apos;s own log says more.</source>
        <translation>请检查共享密钥、用户名和密码。NetworkManager 自己的日志里有更多内容。</translation>
    </message>
    <message>
        <source>The L2TP connection to %1 has ended.</source>
        <translation>到 %1 的 L2TP 连接已经结束。</translation>
    </message>
    <message>
        <source>This connection uses L2TP, which is not safe any more. It is allowed until %1, for those who know that.</source>
        <translation>此连接使用已不再安全的 L2TP。对知情者，它获准使用到 %1。</translation>
    </message>
    <message>
        <source>Confirm it in the window, or on the command line with --acknowledge-l2tp. Ask your administrator for IKEv2 or SSTP.</source>
        <translation>请在窗口中确认，或在命令行使用 --acknowledge-l2tp。请向管理员要求 IKEv2 或 SSTP。</translation>
    </message>
    <message>
        <source>The sign-in server does not finish TLS 1.3 in the way that the standard has it.</source>
        <translation>登录服务器未按标准规定的方式完成 TLS 1.3。</translation>
    </message>
    <message>
        <source>Turn off TLS 1.3 for the sign-in of this connection (ternctl set NAME eap-tls-1.3=off), or ask your administrator to update the server.</source>
        <translation>请为此连接关闭登录所用的 TLS 1.3（ternctl set NAME eap-tls-1.3=off），或请管理员更新服务器。</translation>
    </message>
    <message>
        <source>The certificate and key of “%1” could not be saved.</source>
        <translation>“%1”的证书和密钥无法保存。</translation>
    </message>
    <message>
        <source>Make room on the disk, remove the connection and import it again.</source>
        <translation>请腾出磁盘空间，删除该连接后重新导入。</translation>
    </message>
    <message>
        <source>“%1” trusts the certificates in %2, which cannot be read.</source>
        <translation>“%1”信任 %2 中的证书，但该文件无法读取。</translation>
    </message>
    <message>
        <source>If the server is not trusted, ask your administrator for the certificate of its authority.</source>
        <translation>如果服务器不受信任，请向管理员索取其颁发机构的证书。</translation>
    </message>
    <message>
        <source>The password or key of “%1” is in your keyring now. The file %2 still holds it, for everybody who can open it.</source>
        <translation>“%1”的密码或密钥现已存入您的密钥环。文件 %2 中仍保留着它，任何能打开该文件的人都能看到。</translation>
    </message>
    <message>
        <source>Delete the file, or keep it away from others.</source>
        <translation>请删除该文件，或不要让他人得到它。</translation>
    </message>
    <message>
        <source>The password or key of “%1” could not be put into the keyring. The file %2 holds it, for everybody who can open it.</source>
        <translation>“%1”的密码或密钥无法存入密钥环。文件 %2 中有它，任何能打开该文件的人都能看到。</translation>
    </message>
    <message>
        <source>Enter it when you connect. Delete the file, or keep it away from others.</source>
        <translation>请在连接时输入。请删除该文件，或不要让他人得到它。</translation>
    </message>
    <message>
        <source>Ask your administrator for the file with the VPN connection.</source>
        <translation>请向管理员索取包含 VPN 连接的文件。</translation>
    </message>
    <message>
        <source>%1 is a %3 file, but it is damaged at line %2.</source>
        <translation>%1 是 %3 文件，但第 %2 行已损坏。</translation>
    </message>
    <message>
        <source>%1 wants other files to be read, or tries to grow without end. Tern does not open such files.</source>
        <translation>%1 要求读取其他文件，或企图无限膨胀。Tern 不打开这样的文件。</translation>
    </message>
    <message>
        <source>Ask your administrator where the file comes from.</source>
        <translation>请询问管理员该文件的来源。</translation>
    </message>
    <message>
        <source>%1 is built in far more parts than any list of VPN connections.</source>
        <translation>%1 的组成部分远多于任何 VPN 连接列表。</translation>
    </message>
    <message>
        <source>%1 is a %2 file, but there is no VPN connection in it.</source>
        <translation>%1 是 %2 文件，但其中没有 VPN 连接。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a connection of another kind (%2), not a VPN that Tern knows.</source>
        <translation>“%1”是另一种连接（%2），不是 Tern 认识的 VPN。</translation>
    </message>
    <message>
        <source>The file %2 holds the password or key of &quot;%1&quot;; whoever has the file can read it.</source>
        <translation>文件 %2 中有“%1”的密码或密钥；拿到该文件的人都能读取它。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has settings that Tern does not use: %2.</source>
        <translation>“%1”中有 Tern 不使用的设置：%2。</translation>
    </message>
    <message>
        <source>In &quot;%1&quot;, the certificate in %2 cannot be read. It is not used.</source>
        <translation>在“%1”中，%2 里的证书无法读取，因此不使用。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; needs another file, %3 (%2), and does not say where it is.</source>
        <translation>“%1”需要另一个文件 %3（%2），但没有说明它在哪里。</translation>
    </message>
    <message>
        <source>Choose that file in the connection&apos;s settings.</source>
        <translation>请在连接的设置中选择该文件。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes your certificate from another place (%2).</source>
        <translation>“%1”从其他位置（%2）取用您的证书。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; names several kinds of encryption; Tern proposes the first and then its own.</source>
        <translation>“%1”列出了多种加密方式；Tern 先提议第一种，再提议自己的。</translation>
    </message>
    <message>
        <source>The signed file is damaged.</source>
        <translation>已签名的文件已损坏。</translation>
    </message>
    <message>
        <source>Copy the file again.</source>
        <translation>请重新复制该文件。</translation>
    </message>
    <message>
        <source>The file was changed after it was signed.</source>
        <translation>文件在签名之后被改动过。</translation>
    </message>
    <message>
        <source>Ask whoever sent it to you for the file as it was.</source>
        <translation>请向发送者索取原始文件。</translation>
    </message>
    <message>
        <source>%1 was changed after it was signed. Tern does not open it.</source>
        <translation>%1 在签名之后被改动过。Tern 不打开它。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is an order to remove a connection.</source>
        <translation>“%1”是删除某个连接的指令。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is for a computer that is called by others: it names no server to connect to.</source>
        <translation>“%1”用于被他人连接的计算机：其中没有要连接的服务器。</translation>
    </message>
    <message>
        <source>The servers of &quot;%1&quot; are in a file of their own.</source>
        <translation>“%1”的服务器列在另一个文件中。</translation>
    </message>
    <message>
        <source>Ask your administrator for the server&apos;s name.</source>
        <translation>请向管理员询问服务器的名称。</translation>
    </message>
    <message>
        <source>%1 is signed by %2.</source>
        <translation>%1 由 %2 签名。</translation>
    </message>
    <message>
        <source>%1 is signed by %2, but this computer does not know whether that is true.</source>
        <translation>%1 声称由 %2 签名，但本机无法确认是否属实。</translation>
    </message>
    <message>
        <source>Ask your administrator whether the file comes from them.</source>
        <translation>请询问管理员该文件是否来自他们。</translation>
    </message>
    <message>
        <source>%1 also holds settings for other things (%2); Tern does not use them.</source>
        <translation>%1 中还有其他用途的设置（%2）；Tern 不使用它们。</translation>
    </message>
    <message>
        <source>%1 holds further passwords or keys, which belong to none of its connections. Tern leaves them out.</source>
        <translation>%1 中还有不属于任何连接的密码或密钥。Tern 不会取用它们。</translation>
    </message>
    <message>
        <source>Keep that file away from others.</source>
        <translation>请不要让他人得到该文件。</translation>
    </message>
    <message>
        <source>%1 refers to other files, which are not read along with it.</source>
        <translation>%1 引用了其他文件，这些文件不会随它一起读取。</translation>
    </message>
    <message>
        <source>Import those files too.</source>
        <translation>请也导入那些文件。</translation>
    </message>
    <message>
        <source>%1 is a script that works out some settings when it runs (%2); Tern runs nothing and leaves them out.</source>
        <translation>%1 是在运行时才得出某些设置（%2）的脚本；Tern 不运行任何内容，因此略去这些设置。</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>无需任何操作。</translation>
    </message>
    <message>
        <source>That is good: it is no longer safe.</source>
        <translation>这很好：它已不再安全。</translation>
    </message>
    <message>
        <source>“%1” is not a server&apos;s name or address.</source>
        <translation>“%1”不是服务器的名称或地址。</translation>
    </message>
    <message>
        <source>Write a name like vpn.example.com or an address, with :PORT behind it where SSTP is not on port 443.</source>
        <translation>请填写 vpn.example.com 这样的名称或地址；如果 SSTP 不在端口 443，请在后面加上“:端口”。</translation>
    </message>
    <message>
        <source>Too many servers are being checked at once.</source>
        <translation>同时检查的服务器太多。</translation>
    </message>
    <message>
        <source>Try again in a few seconds.</source>
        <translation>请过几秒再试。</translation>
    </message>
    <message>
        <source>No network leads to %1.</source>
        <translation>没有通往 %1 的网络。</translation>
    </message>
    <message>
        <source>Check that the computer is online, and try again.</source>
        <translation>请确认电脑已联网，然后重试。</translation>
    </message>
    <message>
        <source>%1 offers IKEv2 and SSTP.</source>
        <translation>%1 提供 IKEv2 和 SSTP。</translation>
    </message>
    <message>
        <source>Use IKEv2: it is the faster one. SSTP is there for networks that let only web traffic through.</source>
        <translation>请使用 IKEv2：它更快。SSTP 适用于只放行网页流量的网络。</translation>
    </message>
    <message>
        <source>%1 is ready for IKEv2.</source>
        <translation>%1 已可使用 IKEv2。</translation>
    </message>
    <message>
        <source>Set the connection to IKEv2.</source>
        <translation>请将连接设为 IKEv2。</translation>
    </message>
    <message>
        <source>%1 is ready for SSTP.</source>
        <translation>%1 已可使用 SSTP。</translation>
    </message>
    <message>
        <source>Set the connection to SSTP.</source>
        <translation>请将连接设为 SSTP。</translation>
    </message>
    <message>
        <source>%1 offers IKEv2, but with outdated encryption only.</source>
        <translation>%1 提供 IKEv2，但只有过时的加密。</translation>
    </message>
    <message>
        <source>%1 has something to offer, but it cannot be used as it is.</source>
        <translation>%1 有所提供，但目前无法使用。</translation>
    </message>
    <message>
        <source>%1 offers only PPTP or L2TP, which are no longer safe.</source>
        <translation>%1 只提供 PPTP 或 L2TP，它们已不再安全。</translation>
    </message>
    <message>
        <source>No VPN answers at %1.</source>
        <translation>%1 上没有 VPN 应答。</translation>
    </message>
    <message>
        <source>IKEv2 answers: %1.</source>
        <translation>IKEv2 有应答：%1。</translation>
    </message>
    <message>
        <source>IKEv2 answers and sends callers on to another server.</source>
        <translation>IKEv2 有应答，并将来访者转到另一台服务器。</translation>
    </message>
    <message>
        <source>IKEv2 answers, with outdated encryption: %1.</source>
        <translation>IKEv2 有应答，但加密已过时：%1。</translation>
    </message>
    <message>
        <source>IKEv2 answers, but takes none of the encryption that Tern knows.</source>
        <translation>IKEv2 有应答，但不接受 Tern 支持的任何加密。</translation>
    </message>
    <message>
        <source>IKEv2 answers, and refuses us (%1).</source>
        <translation>IKEv2 有应答，但拒绝了我们（%1）。</translation>
    </message>
    <message>
        <source>IKEv2 is not offered.</source>
        <translation>未提供 IKEv2。</translation>
    </message>
    <message>
        <source>IKEv2: no answer. It is off, or something on the way drops it.</source>
        <translation>IKEv2：没有应答。它未启用，或在途中被丢弃。</translation>
    </message>
    <message>
        <source>The server agrees to outdated encryption only: %1.</source>
        <translation>服务器只接受过时的加密：%1。</translation>
    </message>
    <message>
        <source>IKEv2 answers by TCP only: UDP is blocked somewhere.</source>
        <translation>IKEv2 只通过 TCP 应答：UDP 在某处被阻挡。</translation>
    </message>
    <message>
        <source>UDP port 500 answers, port 4500 does not.</source>
        <translation>UDP 端口 500 有应答，端口 4500 没有。</translation>
    </message>
    <message>
        <source>The server cannot cut large messages into pieces.</source>
        <translation>服务器不能将大的消息分片。</translation>
    </message>
    <message>
        <source>SSTP answers: %1.</source>
        <translation>SSTP 有应答：%1。</translation>
    </message>
    <message>
        <source>SSTP answers, but the server&apos;s certificate cannot be used.</source>
        <translation>SSTP 有应答，但服务器的证书无法使用。</translation>
    </message>
    <message>
        <source>A server answers, and refuses our call.</source>
        <translation>服务器有应答，但拒绝了我们的呼叫。</translation>
    </message>
    <message>
        <source>A server answers, and cannot take our call now.</source>
        <translation>服务器有应答，但现在无法接受我们的呼叫。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>A server answers, but no secure connection to it is possible.</source>
        <translation>服务器有应答，但无法与其建立安全连接。</translation>
    </message>
    <message>
        <source>A web server without SSTP answers.</source>
        <translation>应答的是没有 SSTP 的网页服务器。</translation>
    </message>
    <message>
        <source>A web page answers instead of SSTP.</source>
        <translation>应答的是网页，而不是 SSTP。</translation>
    </message>
    <message>
        <source>Something other than SSTP answers.</source>
        <translation>应答的不是 SSTP。</translation>
    </message>
    <message>
        <source>SSTP is not offered.</source>
        <translation>未提供 SSTP。</translation>
    </message>
    <message>
        <source>SSTP: no answer. It is off, or something on the way drops it.</source>
        <translation>SSTP：没有应答。它未启用，或在途中被丢弃。</translation>
    </message>
    <message>
        <source>The server still offers %1.</source>
        <translation>服务器仍提供 %1。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate expires in %1 days.</source>
        <translation>服务器的证书将在 %1 天后过期。</translation>
    </message>
    <message>
        <source>PPTP answers.</source>
        <translation>PPTP 有应答。</translation>
    </message>
    <message>
        <source>PPTP answers, and refuses us.</source>
        <translation>PPTP 有应答，但拒绝了我们。</translation>
    </message>
    <message>
        <source>PPTP is not offered.</source>
        <translation>未提供 PPTP。</translation>
    </message>
    <message>
        <source>PPTP: no answer.</source>
        <translation>PPTP：没有应答。</translation>
    </message>
    <message>
        <source>The server takes what L2TP over IPsec begins with: %1.</source>
        <translation>服务器接受 L2TP/IPsec 的首个请求：%1。</translation>
    </message>
    <message>
        <source>L2TP answers.</source>
        <translation>L2TP 有应答。</translation>
    </message>
    <message>
        <source>L2TP answers without IPsec: everything in it can be read on the way.</source>
        <translation>L2TP 在没有 IPsec 的情况下应答：其中的一切都可能在途中被读取。</translation>
    </message>
    <message>
        <source>IKEv1 answers, but takes nothing that L2TP begins with.</source>
        <translation>IKEv1 有应答，但不接受 L2TP 的首个请求。</translation>
    </message>
    <message>
        <source>L2TP is not offered.</source>
        <translation>未提供 L2TP。</translation>
    </message>
    <message>
        <source>L2TP: no answer.</source>
        <translation>L2TP：没有应答。</translation>
    </message>
    <message>
        <source>Choose another format for the export.</source>
        <translation>请为导出选择其他格式。</translation>
    </message>
    <message>
        <source>Set it by hand where the file is used, if it is needed there.</source>
        <translation>如有需要，请在使用该文件的地方手动设置。</translation>
    </message>
    <message>
        <source>There is no format “%1” to export to.</source>
        <translation>没有可供导出的格式“%1”。</translation>
    </message>
    <message>
        <source>%2 is retired: such a connection is only exported as a phonebook, never as a %1 file.</source>
        <translation>%2 已淘汰：此类连接只能导出为电话簿，不能导出为 %1 文件。</translation>
    </message>
    <message>
        <source>Move the connection to IKEv2 or SSTP first, or export it as a phonebook (.pbk).</source>
        <translation>请先将连接迁移到 IKEv2 或 SSTP，或将其导出为电话簿（.pbk）。</translation>
    </message>
    <message>
        <source>A %1 file cannot hold this kind of VPN (%2).</source>
        <translation>%1 文件不能包含这种 VPN（%2）。</translation>
    </message>
    <message>
        <source>A %1 file cannot hold a connection that signs in this way.</source>
        <translation>%1 文件不能包含以这种方式登录的连接。</translation>
    </message>
    <message>
        <source>A %1 file holds one kind of VPN: SSTP, as the other way in, is not in it.</source>
        <translation>%1 文件只能包含一种 VPN：作为另一途径的 SSTP 不在其中。</translation>
    </message>
    <message>
        <source>A %1 file has no place for further servers.</source>
        <translation>%1 文件不能包含备用服务器。</translation>
    </message>
    <message>
        <source>A %1 file has no place for the port of this connection.</source>
        <translation>%1 文件不能包含此连接的端口。</translation>
    </message>
    <message>
        <source>A %1 file has no place for the user name: it is typed when connecting.</source>
        <translation>%1 文件不能包含用户名：连接时再输入。</translation>
    </message>
    <message>
        <source>A %1 file cannot say exactly how this connection signs in.</source>
        <translation>%1 文件不能准确说明此连接的登录方式。</translation>
    </message>
    <message>
        <source>A %1 file has no place for how the sign-in works inside its tunnel.</source>
        <translation>%1 文件不能包含登录隧道内部的设置。</translation>
    </message>
    <message>
        <source>Your certificate is not in the %1 file: it has to be there where the file is used.</source>
        <translation>%1 文件不含您的证书：使用该文件的设备上须已有此证书。</translation>
    </message>
    <message>
        <source>A %1 file has no place for a post-quantum pre-shared key.</source>
        <translation>%1 文件不能包含后量子预共享密钥。</translation>
    </message>
    <message>
        <source>A %1 file has no place for the authority that signs the server&apos;s certificate.</source>
        <translation>%1 文件不能包含签发服务器证书的颁发机构。</translation>
    </message>
    <message>
        <source>A %1 file has no place for the name by which the server is recognised.</source>
        <translation>%1 文件不能包含用来识别服务器的名称。</translation>
    </message>
    <message>
        <source>A %1 file has no place for your IKE identity.</source>
        <translation>%1 文件不能包含您的 IKE 标识。</translation>
    </message>
    <message>
        <source>A %1 file has no place for how the sign-in server is checked.</source>
        <translation>%1 文件不能包含如何检查登录服务器。</translation>
    </message>
    <message>
        <source>A %1 file has no place for pinned keys.</source>
        <translation>%1 文件不能包含固定的密钥。</translation>
    </message>
    <message>
        <source>A %1 file has no place for how revoked certificates are looked for.</source>
        <translation>%1 文件不能包含如何检查证书吊销。</translation>
    </message>
    <message>
        <source>A %1 file cannot say that only some traffic goes through the tunnel.</source>
        <translation>%1 文件不能说明只有部分流量经过隧道。</translation>
    </message>
    <message>
        <source>A %1 file has no place for all of the routes and their settings.</source>
        <translation>%1 文件不能包含全部路由及其设置。</translation>
    </message>
    <message>
        <source>A %1 file has no place for networks that stay outside the tunnel.</source>
        <translation>%1 文件不能包含不经过隧道的网络。</translation>
    </message>
    <message>
        <source>A %1 file has no place for the name servers of this connection.</source>
        <translation>%1 文件不能包含此连接的 DNS 服务器。</translation>
    </message>
    <message>
        <source>A %1 file has no place for all of the DNS domains of this connection.</source>
        <translation>%1 文件不能包含此连接的全部 DNS 域。</translation>
    </message>
    <message>
        <source>A %1 file has no place for a fixed address.</source>
        <translation>%1 文件不能包含固定地址。</translation>
    </message>
    <message>
        <source>A %1 file has no place for the encryption settings of this connection.</source>
        <translation>%1 文件不能包含此连接的加密设置。</translation>
    </message>
    <message>
        <source>A %1 file has no place for post-quantum protection.</source>
        <translation>%1 文件不能包含后量子保护。</translation>
    </message>
    <message>
        <source>A %1 file has no place for how this connection moves between networks.</source>
        <translation>%1 文件不能包含此连接如何在网络间移动。</translation>
    </message>
    <message>
        <source>A %1 file has no place for what this SSTP server is told (names, tenant).</source>
        <translation>%1 文件不能包含告知此 SSTP 服务器的内容（名称、租户）。</translation>
    </message>
    <message>
        <source>A %1 file has no place for the proxy of this connection.</source>
        <translation>%1 文件不能包含此连接的代理。</translation>
    </message>
    <message>
        <source>A %1 file cannot say that this connection connects by itself.</source>
        <translation>%1 文件不能说明此连接会自动连接。</translation>
    </message>
    <message>
        <source>A %1 file has no place for networks in which no VPN is wanted.</source>
        <translation>%1 文件不能包含不需要 VPN 的网络。</translation>
    </message>
    <message>
        <source>A %1 file has no place for calling again and for hanging up when idle.</source>
        <translation>%1 文件不能包含重拨和空闲断开的设置。</translation>
    </message>
    <message>
        <source>The server offers both secure ways, IKEv2 and SSTP.</source>
        <translation>服务器提供 IKEv2 和 SSTP 两种安全方式。</translation>
    </message>
    <message>
        <source>Tern uses IKEv2, which is faster and survives a change of network, and SSTP where a network blocks IKEv2.</source>
        <translation>Tern 使用 IKEv2，它更快，更换网络也不会中断；网络阻挡 IKEv2 时使用 SSTP。</translation>
    </message>
    <message>
        <source>The server offers IKEv2.</source>
        <translation>服务器提供 IKEv2。</translation>
    </message>
    <message>
        <source>It is the safest and fastest way, and survives a change of network.</source>
        <translation>这是最安全、最快的方式，更换网络也不会中断。</translation>
    </message>
    <message>
        <source>The server offers SSTP.</source>
        <translation>服务器提供 SSTP。</translation>
    </message>
    <message>
        <source>It is protected like a secure web site, and works nearly everywhere.</source>
        <translation>它像安全网站一样受到保护，几乎在任何地方都能使用。</translation>
    </message>
    <message>
        <source>The server offers SSTP, and IKEv2 with outdated encryption only.</source>
        <translation>服务器提供 SSTP，而它的 IKEv2 只有过时的加密。</translation>
    </message>
    <message>
        <source>Tern uses SSTP, which is protected like a secure web site.</source>
        <translation>Tern 使用 SSTP，它像安全网站一样受到保护。</translation>
    </message>
    <message>
        <source>Your connection goes through a proxy, and only SSTP can.</source>
        <translation>您的连接要经过代理，只有 SSTP 可以做到。</translation>
    </message>
    <message>
        <source>The server offers IKEv2, but with outdated encryption only.</source>
        <translation>服务器提供 IKEv2，但只有过时的加密。</translation>
    </message>
    <message>
        <source>It is better than what you have, but not good: ask the administrator to update it. A letter is ready for that.</source>
        <translation>它比您现在用的好，但还不够好：请管理员更新。为此已备好一封信。</translation>
    </message>
    <message>
        <source>You asked for %1.</source>
        <translation>您要求使用 %1。</translation>
    </message>
    <message>
        <source>The trial connection shows whether it works.</source>
        <translation>试连接会表明它是否可用。</translation>
    </message>
    <message>
        <source>The server has not been checked.</source>
        <translation>尚未检查服务器。</translation>
    </message>
    <message>
        <source>Tern tries IKEv2 and SSTP; the trial connection shows what works.</source>
        <translation>Tern 会尝试 IKEv2 和 SSTP；试连接会表明哪种可用。</translation>
    </message>
    <message>
        <source>This connection is fine as it is.</source>
        <translation>这个连接现在就很好。</translation>
    </message>
    <message>
        <source>Nothing has to be done.</source>
        <translation>无需做任何事。</translation>
    </message>
    <message>
        <source>The server %1 offers only what is being retired.</source>
        <translation>服务器 %1 只提供正在被淘汰的方式。</translation>
    </message>
    <message>
        <source>Its administrator has to enable SSTP or IKEv2 first. A letter that says how is ready to be sent.</source>
        <translation>管理员要先启用 SSTP 或 IKEv2。说明如何做的信已备好，可以发送。</translation>
    </message>
    <message>
        <source>The server %1 answers, but cannot be used as it is.</source>
        <translation>服务器 %1 有应答，但现在的状态无法使用。</translation>
    </message>
    <message>
        <source>Its administrator has to repair it first. A letter that says what and how is ready to be sent.</source>
        <translation>管理员要先修复它。说明修什么、怎么修的信已备好，可以发送。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name and that this computer is on the network, then check again. If it stays so, send the letter to its administrator.</source>
        <translation>请检查服务器名称以及这台计算机是否联网，然后再检查一次。如果仍然如此，请把信发给管理员。</translation>
    </message>
    <message>
        <source>The server does not offer %1.</source>
        <translation>服务器不提供 %1。</translation>
    </message>
    <message>
        <source>It does offer %2: choose that, or leave the choice to Tern.</source>
        <translation>它提供 %2：请选择它，或让 Tern 来选择。</translation>
    </message>
    <message>
        <source>What the server offers is less safe than your organisation asks for.</source>
        <translation>服务器提供的方式达不到您单位要求的安全程度。</translation>
    </message>
    <message>
        <source>Its administrator has to update it first. A letter that says how is ready to be sent.</source>
        <translation>管理员要先更新它。说明如何做的信已备好，可以发送。</translation>
    </message>
    <message>
        <source>This connection does not say which server to call.</source>
        <translation>这个连接没有说明要连接哪台服务器。</translation>
    </message>
    <message>
        <source>Enter the server&apos;s name; your administrator knows it.</source>
        <translation>请输入服务器的名称；您的管理员知道。</translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>服务器：%1</translation>
    </message>
    <message>
        <source>This server is called.</source>
        <translation>将连接这台服务器。</translation>
    </message>
    <message>
        <source>User name: %1</source>
        <translation>用户名：%1</translation>
    </message>
    <message>
        <source>You sign in as before.</source>
        <translation>登录方式与以前相同。</translation>
    </message>
    <message>
        <source>User name: asked when connecting</source>
        <translation>用户名：连接时询问</translation>
    </message>
    <message>
        <source>The old connection had none.</source>
        <translation>旧连接里没有。</translation>
    </message>
    <message>
        <source>Password: as before, sent only through a protected connection</source>
        <translation>密码：与以前相同，只通过受保护的连接发送</translation>
    </message>
    <message>
        <source>If it is in your keyring, it moves to the new connection there.</source>
        <translation>如果它在您的密钥环里，会在那里转到新连接名下。</translation>
    </message>
    <message>
        <source>Your certificate: %1</source>
        <translation>您的证书：%1</translation>
    </message>
    <message>
        <source>It is read where it is, as before.</source>
        <translation>与以前一样，在原处读取。</translation>
    </message>
    <message>
        <source>The shared key of this connection</source>
        <translation>这个连接的共享密钥</translation>
    </message>
    <message>
        <source>It was made for IKEv2. A personal sign-in would be safer.</source>
        <translation>它是为 IKEv2 设置的。个人登录会更安全。</translation>
    </message>
    <message>
        <source>A new shared key, asked when connecting</source>
        <translation>新的共享密钥，连接时询问</translation>
    </message>
    <message>
        <source>It must not be the one of L2TP, which too many people know.</source>
        <translation>它不能是 L2TP 的那个，知道的人太多了。</translation>
    </message>
    <message>
        <source>The certificate authority of this connection</source>
        <translation>这个连接的证书颁发机构</translation>
    </message>
    <message>
        <source>The server has to prove itself with a certificate of that authority.</source>
        <translation>服务器必须用该机构颁发的证书证明自己。</translation>
    </message>
    <message>
        <source>The certificate authority of your organisation</source>
        <translation>您单位的证书颁发机构</translation>
    </message>
    <message>
        <source>The server&apos;s key: %1</source>
        <translation>服务器的密钥：%1</translation>
    </message>
    <message>
        <source>Only a server with that key is trusted.</source>
        <translation>只信任拥有该密钥的服务器。</translation>
    </message>
    <message>
        <source>The sign-in server&apos;s name: %1</source>
        <translation>登录服务器的名称：%1</translation>
    </message>
    <message>
        <source>Your password goes to a server of that name only.</source>
        <translation>您的密码只发给这个名称的服务器。</translation>
    </message>
    <message>
        <source>All traffic goes through the connection</source>
        <translation>所有流量都经过这个连接</translation>
    </message>
    <message>
        <source>As before.</source>
        <translation>与以前相同。</translation>
    </message>
    <message>
        <source>Only what belongs to the other network goes through the connection</source>
        <translation>只有属于对方网络的流量经过这个连接</translation>
    </message>
    <message>
        <source>Networks: %1</source>
        <translation>网络：%1</translation>
    </message>
    <message>
        <source>They are reached through the connection, as before.</source>
        <translation>与以前一样，通过这个连接到达。</translation>
    </message>
    <message>
        <source>Networks beside the connection: %1</source>
        <translation>不经过连接的网络：%1</translation>
    </message>
    <message>
        <source>They are reached directly, as before.</source>
        <translation>与以前一样，直接到达。</translation>
    </message>
    <message>
        <source>Name servers: %1</source>
        <translation>域名服务器：%1</translation>
    </message>
    <message>
        <source>Name domains: %1</source>
        <translation>域名后缀：%1</translation>
    </message>
    <message>
        <source>Your fixed address: %1</source>
        <translation>您的固定地址：%1</translation>
    </message>
    <message>
        <source>Encryption as it was chosen: %1</source>
        <translation>原先选定的加密：%1</translation>
    </message>
    <message>
        <source>It is asked for first.</source>
        <translation>会首先要求使用它。</translation>
    </message>
    <message>
        <source>Proxy: %1</source>
        <translation>代理：%1</translation>
    </message>
    <message>
        <source>The connection goes through it, as before.</source>
        <translation>与以前一样，连接会经过它。</translation>
    </message>
    <message>
        <source>Connecting by itself</source>
        <translation>自动连接</translation>
    </message>
    <message>
        <source>%1 is not used any more.</source>
        <translation>不再使用 %1。</translation>
    </message>
    <message>
        <source>It is no longer safe, and it is being switched off everywhere.</source>
        <translation>它不再安全，各处都在停用它。</translation>
    </message>
    <message>
        <source>PPTP and L2TP are no way out any more when the secure ways fail.</source>
        <translation>安全方式失败时，不再退回到 PPTP 和 L2TP。</translation>
    </message>
    <message>
        <source>Who disturbs the secure ways could have forced the unsafe ones.</source>
        <translation>否则干扰安全方式的人就能迫使您使用不安全的方式。</translation>
    </message>
    <message>
        <source>The extra program (%1) is not used.</source>
        <translation>不使用额外的程序（%1）。</translation>
    </message>
    <message>
        <source>Tern connects by itself; ask your administrator whether the server lets you in that way.</source>
        <translation>Tern 自己来连接；请问管理员服务器是否允许这样连接。</translation>
    </message>
    <message>
        <source>Connecting without encryption is not possible any more.</source>
        <translation>不能再不加密就连接。</translation>
    </message>
    <message>
        <source>IKEv2 and SSTP always encrypt.</source>
        <translation>IKEv2 和 SSTP 总是加密。</translation>
    </message>
    <message>
        <source>The old server is not called any more: %1</source>
        <translation>不再连接旧服务器：%1</translation>
    </message>
    <message>
        <source>Another one takes its place.</source>
        <translation>由另一台取代。</translation>
    </message>
    <message>
        <source>Port %1 is not used any more.</source>
        <translation>不再使用端口 %1。</translation>
    </message>
    <message>
        <source>It belonged to the old protocol.</source>
        <translation>它属于旧协议。</translation>
    </message>
    <message>
        <source>Old ways to sign in are not used any more: %1</source>
        <translation>不再使用旧的登录方式：%1</translation>
    </message>
    <message>
        <source>The password could be read or guessed from them.</source>
        <translation>从中可以读出或猜出密码。</translation>
    </message>
    <message>
        <source>The shared key of L2TP is not used again.</source>
        <translation>不再使用 L2TP 的共享密钥。</translation>
    </message>
    <message>
        <source>Everybody who has it can pretend to be your server. The server proves itself with a certificate instead.</source>
        <translation>有这个密钥的人都能冒充您的服务器。现在改由服务器用证书证明自己。</translation>
    </message>
    <message>
        <source>The way to sign in with number %1 is not known to Tern.</source>
        <translation>Tern 不认识编号为 %1 的登录方式。</translation>
    </message>
    <message>
        <source>You sign in by user name and password instead.</source>
        <translation>改用用户名和密码登录。</translation>
    </message>
    <message>
        <source>Connecting without checking the server is not possible any more.</source>
        <translation>不能再不检查服务器就连接。</translation>
    </message>
    <message>
        <source>Tern always checks, so that no false server gets your password.</source>
        <translation>Tern 总会检查，假冒的服务器就得不到您的密码。</translation>
    </message>
    <message>
        <source>The chosen IPsec encryption is not used.</source>
        <translation>不使用原先选定的 IPsec 加密。</translation>
    </message>
    <message>
        <source>SSTP is encrypted by TLS, with the best that both sides have.</source>
        <translation>SSTP 由 TLS 加密，使用双方都有的最好的算法。</translation>
    </message>
    <message>
        <source>The outdated encryption of the old settings is not used: %1</source>
        <translation>不使用旧设置中过时的加密：%1</translation>
    </message>
    <message>
        <source>Tern asks for the best that both sides have.</source>
        <translation>Tern 要求使用双方都有的最好的算法。</translation>
    </message>
    <message>
        <source>Outdated encryption is not allowed any more.</source>
        <translation>不再允许过时的加密。</translation>
    </message>
    <message>
        <source>It can be allowed again in the connection&apos;s settings.</source>
        <translation>可以在连接的设置中重新允许。</translation>
    </message>
    <message>
        <source>The proxy %1 is not used.</source>
        <translation>不使用代理 %1。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Another one, if your administrator has told you so.</source>
        <translation>如果管理员让您换一台，请填写那一台。</translation>
    </message>
    <message>
        <source>Your organisation has replaced the old server by this one.</source>
        <translation>您的单位已用这台服务器取代旧的。</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Empty: it is asked when connecting.</source>
        <translation>留空：连接时询问。</translation>
    </message>
    <message>
        <source>Some servers want it with the domain: COMPANY\%1 or %1@company.com. Change it only if signing in fails or your administrator says so.</source>
        <translation>有些服务器要求带上域：COMPANY\%1 或 %1@company.com。只有登录失败或管理员要求时才需要更改。</translation>
    </message>
    <message>
        <source>As before, with its domain.</source>
        <translation>与以前相同，带域。</translation>
    </message>
    <message>
        <source>Your certificate</source>
        <translation>您的证书</translation>
    </message>
    <message>
        <source>You sign in with one: a file from your administrator (.p12), or a smart card.</source>
        <translation>您用证书登录：管理员给的文件（.p12）或智能卡。</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for the server. Ask your administrator for the authority&apos;s certificate, a file.</source>
        <translation>这台计算机不认识为服务器作保的机构。请向管理员索取该机构的证书文件。</translation>
    </message>
    <message>
        <source>Only if your administrator has given you its certificate, a file.</source>
        <translation>只有管理员给过您它的证书文件时才需要。</translation>
    </message>
    <message>
        <source>Allow outdated encryption for this connection</source>
        <translation>允许这个连接使用过时的加密</translation>
    </message>
    <message>
        <source>Somebody with enough effort can read along. Better send the letter to the administrator first.</source>
        <translation>肯下功夫的人可以偷看。最好先把信发给管理员。</translation>
    </message>
    <message>
        <source>Another connection is being tried right now.</source>
        <translation>正在试另一个连接。</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it, then try again.</source>
        <translation>请等它完成或取消它，然后再试。</translation>
    </message>
    <message>
        <source>Something is still missing: %1</source>
        <translation>还缺少：%1</translation>
    </message>
    <message>
        <source>Answer the question, then try again.</source>
        <translation>请回答这个问题，然后再试。</translation>
    </message>
    <message>
        <source>The trial was cancelled.</source>
        <translation>试连接已取消。</translation>
    </message>
    <message>
        <source>Everything is as it was before.</source>
        <translation>一切都和以前一样。</translation>
    </message>
    <message>
        <source>“%1” was changed or removed meanwhile.</source>
        <translation>“%1”在此期间被更改或删除了。</translation>
    </message>
    <message>
        <source>Look at it, then start again.</source>
        <translation>请查看它，然后重新开始。</translation>
    </message>
    <message>
        <source>“%1” was not migrated, so there is nothing to undo.</source>
        <translation>“%1”没有迁移过，无可撤销。</translation>
    </message>
    <message>
        <source>ternctl archive lists the connections that were replaced.</source>
        <translation>ternctl archive 会列出被替换的连接。</translation>
    </message>
    <message>
        <source>Only SSTP goes through a proxy.</source>
        <translation>只有 SSTP 才能经过代理。</translation>
    </message>
    <message>
        <source>IKEv1 was retired in 2023: it is not maintained any more, and comes with outdated encryption.</source>
        <translation>IKEv1 已于 2023 年淘汰：它不再得到维护，而且使用过时的加密。</translation>
    </message>
    <message>
        <source>The server has to offer IKEv2 or SSTP; whoever runs it can switch them on. Both are part of Windows Server and usually need no new machine.</source>
        <translation>服务器需要提供 IKEv2 或 SSTP，由其管理者启用。两者都是 Windows Server 自带的，通常不需要新机器。</translation>
    </message>
    <message>
        <source>Stronger settings are needed, here and on the server; whoever runs the server knows which.</source>
        <translation>此连接和服务器都需要更强的设置；服务器的管理者知道该用哪些。</translation>
    </message>
    <message>
        <source>Find out whether the server also offers IKEv2 or SSTP; whoever runs it knows.</source>
        <translation>请弄清服务器是否也提供 IKEv2 或 SSTP；其管理者知道。</translation>
    </message>
    <message>
        <source>With Tern you are safe. On Windows computers the connection has to be set to IKEv2 or SSTP, by whoever manages them.</source>
        <translation>使用 Tern 是安全的。在 Windows 电脑上，需由其管理者把连接设为 IKEv2 或 SSTP。</translation>
    </message>
    <message>
        <source>On Windows computers the server check has to be switched on, by whoever manages them.</source>
        <translation>在 Windows 电脑上，需由其管理者打开服务器核验。</translation>
    </message>
    <message>
        <source>If Tern refuses the server, give the connection the certificate of the authority to trust; whoever runs the server has it.</source>
        <translation>如果 Tern 拒绝该服务器，请为此连接加上应信任的颁发机构证书；服务器的管理者有该证书。</translation>
    </message>
    <message>
        <source>If Tern refuses the server, it needs a certificate with its right name, from whoever runs it.</source>
        <translation>如果 Tern 拒绝该服务器，服务器的管理者需为它换上名称正确的证书。</translation>
    </message>
    <message>
        <source>A user name and password, or a certificate, of each person&apos;s own is better; whoever runs the server can set that up.</source>
        <translation>最好每个人使用自己的用户名和密码，或证书；可由服务器的管理者设置。</translation>
    </message>
    <message>
        <source>Whoever runs the server can choose a long, random key, or better a sign-in for each person.</source>
        <translation>服务器的管理者可以改用又长又随机的密钥，最好是每个人各自登录。</translation>
    </message>
    <message>
        <source>Usual on Windows servers. Whoever runs the server can switch PFS on when its policy is changed anyway.</source>
        <translation>这在 Windows 服务器上很常见。服务器的管理者可在下次调整策略时一并启用 PFS。</translation>
    </message>
    <message>
        <source>A new certificate is needed, from whoever runs the VPN; choose it for this connection then.</source>
        <translation>需要由 VPN 的管理者签发新证书，然后为此连接选用它。</translation>
    </message>
    <message>
        <source>A new certificate is needed before that day, from whoever runs the VPN.</source>
        <translation>在那一天之前需要由 VPN 的管理者签发新证书。</translation>
    </message>
    <message>
        <source>The new certificate to trust is needed; whoever runs the server has it.</source>
        <translation>需要应信任的新证书；服务器的管理者有该证书。</translation>
    </message>
    <message>
        <source>The new certificate to trust is needed before that day; whoever runs the server has it.</source>
        <translation>在那一天之前需要应信任的新证书；服务器的管理者有该证书。</translation>
    </message>
    <message>
        <source>Do not use it. Whoever runs the server can switch it off once everybody has moved.</source>
        <translation>请不要使用。等所有人迁移之后，服务器的管理者可将其关闭。</translation>
    </message>
    <message>
        <source>If it should be there, whoever runs the server has to see that IKEv2 is on, and UDP ports 500 and 4500 are open.</source>
        <translation>如果本应提供，服务器的管理者需确认 IKEv2 已启用，且 UDP 端口 500 和 4500 已开放。</translation>
    </message>
    <message>
        <source>If it should be there, whoever runs the server knows whether SSTP is on, and on which port.</source>
        <translation>如果本应提供，服务器的管理者知道 SSTP 是否已启用，以及使用哪个端口。</translation>
    </message>
    <message>
        <source>Whoever runs the server can set AES-256 with SHA-256 and group 14 or 19. Until then outdated encryption can be allowed for this connection.</source>
        <translation>服务器的管理者可设置 AES-256 配合 SHA-256 以及组 14 或 19。在此之前，可以为此连接允许过时的加密。</translation>
    </message>
    <message>
        <source>What is wrong with it is said there; whoever runs the server can mend it.</source>
        <translation>其中说明了问题所在；服务器的管理者可以修复。</translation>
    </message>
    <message>
        <source>Whoever runs the server can switch on IKEv2 or SSTP. Both are part of Windows Server and usually need no new machine.</source>
        <translation>服务器的管理者可启用 IKEv2 或 SSTP。两者都是 Windows Server 自带的功能，通常无需新的机器。</translation>
    </message>
    <message>
        <source>Check the name. If it is right, a firewall may be in the way: try from another network, or ask whoever runs the server.</source>
        <translation>请检查名称。如果无误，可能有防火墙阻挡：请换一个网络再试，或询问服务器的管理者。</translation>
    </message>
    <message>
        <source>Whoever runs the server can set AES-256 with SHA-256 and group 14 or 19.</source>
        <translation>服务器的管理者可设置 AES-256 配合 SHA-256 以及组 14 或 19。</translation>
    </message>
    <message>
        <source>It may be there and not be set up. Whoever runs the server can set AES-256 with SHA-256 and group 14 or 19.</source>
        <translation>它可能存在但尚未设置。服务器的管理者可设置 AES-256 配合 SHA-256 以及组 14 或 19。</translation>
    </message>
    <message>
        <source>Whoever runs the server knows whether the VPN may be used from here.</source>
        <translation>服务器的管理者知道是否允许从这里使用 VPN。</translation>
    </message>
    <message>
        <source>It works, but more slowly. UDP ports 500 and 4500 should be opened, on the server&apos;s side or in this network.</source>
        <translation>可以使用，但较慢。应在服务器一侧或本网络中开放 UDP 端口 500 和 4500。</translation>
    </message>
    <message>
        <source>If connecting fails, UDP port 4500 has to be opened, on the server&apos;s side or in this network.</source>
        <translation>如果连接失败，需在服务器一侧或本网络中开放 UDP 端口 4500。</translation>
    </message>
    <message>
        <source>Only where connecting fails in some networks: whoever runs the server can switch on IKEv2 fragmentation.</source>
        <translation>仅当在某些网络中连接失败时：服务器的管理者可启用 IKEv2 分片。</translation>
    </message>
    <message>
        <source>What is wrong with it is below. Where the organisation has an authority of its own, import that; else whoever runs the server has to mend it.</source>
        <translation>问题列在下方。如果单位有自己的证书颁发机构，请导入其证书；否则需由服务器的管理者修复。</translation>
    </message>
    <message>
        <source>Whoever runs the server knows whether SSTP may be used from here.</source>
        <translation>服务器的管理者知道是否可以从这里使用 SSTP。</translation>
    </message>
    <message>
        <source>Whoever runs the server can switch on TLS 1.2 or 1.3 with a strong key.</source>
        <translation>服务器的管理者可启用 TLS 1.2 或 1.3，并使用强密钥。</translation>
    </message>
    <message>
        <source>In a hotel, a café or on a train, sign in to the network in a browser first. Otherwise whoever runs the server knows whether SSTP is on.</source>
        <translation>在酒店、咖啡馆或火车上，请先在浏览器中登录网络。否则，服务器的管理者知道 SSTP 是否已启用。</translation>
    </message>
    <message>
        <source>Tern does not use it. Whoever runs the server can switch it off.</source>
        <translation>Tern 不使用它。服务器的管理者可将其关闭。</translation>
    </message>
    <message>
        <source>Whoever runs the server has to renew it in time.</source>
        <translation>服务器的管理者需要及时更新证书。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is for a computer that others call by L2TP, which is no longer safe; it names no server to connect to.</source>
        <translation>“%1”用于其他电脑通过 L2TP 拨入的计算机，而 L2TP 已不再安全；其中没有可连接的服务器。</translation>
    </message>
    <message>
        <source>If somebody still calls it, IKEv2 or SSTP has to take its place.</source>
        <translation>如果仍有人拨入，需改用 IKEv2 或 SSTP。</translation>
    </message>
    <message>
        <source>Whether &quot;%1&quot; is encrypted at all is not in this file: IPsec is set up in another one (ipsec.conf or swanctl.conf).</source>
        <translation>“%1”究竟是否加密，不在此文件中：IPsec 在另一个文件（ipsec.conf 或 swanctl.conf）中设置。</translation>
    </message>
    <message>
        <source>L2TP by itself encrypts nothing: look for the connection&apos;s IPsec.</source>
        <translation>L2TP 本身不加密：请查看此连接的 IPsec 设置。</translation>
    </message>
    <message>
        <source>Tern does not speak this kind of VPN, and cannot connect it: %1.</source>
        <translation>Tern 不支持这种 VPN，无法连接：%1。</translation>
    </message>
</context>
<context>
    <name>CertificateCard</name>
    <message>
        <source>Your certificate</source>
        <translation>您的证书</translation>
    </message>
    <message>
        <source>This connection signs in with a certificate. None is chosen yet.</source>
        <translation>此连接使用证书登录，尚未选择证书。</translation>
    </message>
    <message>
        <source>None. This connection signs in without one.</source>
        <translation>无。此连接不使用证书登录。</translation>
    </message>
    <message>
        <source>Smart card or token</source>
        <translation>智能卡或令牌</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The file is protected with a pass phrase, which is asked when connecting.</source>
        <translation>文件受口令保护，连接时会询问。</translation>
    </message>
    <message>
        <source>Choose a certificate…</source>
        <translation>选择证书…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
</context>
<context>
    <name>CertificateDialog</name>
    <message>
        <source>Certificate for “%1”</source>
        <translation>“%1”的证书</translation>
    </message>
    <message>
        <source>Choose your certificate</source>
        <translation>选择您的证书</translation>
    </message>
    <message>
        <source>Certificates and keys (*.p12 *.pfx *.pem *.crt *.cer)</source>
        <translation>证书和密钥 (*.p12 *.pfx *.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Your administrator gave you a file, or a smart card with your certificate. Tern reads it where it is and keeps no copy.</source>
        <translation>管理员给了您一个文件，或一张存有证书的智能卡。Tern 在原处读取，不保留副本。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Smart cards and tokens</source>
        <translation>智能卡和令牌</translation>
    </message>
    <message>
        <source>On a smart card or token…</source>
        <translation>在智能卡或令牌上…</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>已选择</translation>
    </message>
    <message>
        <source>Pass phrase of the file</source>
        <translation>文件的口令</translation>
    </message>
    <message>
        <source>Only to look inside now. You are asked again when you connect.</source>
        <translation>仅用于现在查看内容，连接时会再次询问。</translation>
    </message>
    <message>
        <source>Show the certificate</source>
        <translation>显示证书</translation>
    </message>
    <message>
        <source>Then also user name and password</source>
        <translation>然后再用用户名和密码</translation>
    </message>
    <message>
        <source>When off, the certificate alone signs you in.</source>
        <translation>关闭时，仅凭证书登录。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CertificateFacts</name>
    <message>
        <source>Issued to</source>
        <translation>颁发给</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>颁发者</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>This certificate has run out.</source>
        <translation>此证书已过期。</translation>
    </message>
    <message>
        <source>Ask your administrator for a new one.</source>
        <translation>请向管理员索取新证书。</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ConnectionList</name>
    <message numerus="yes">
        <source>Search %n connection(s)</source>
        <translation>
            <numerusform>搜索 %n 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Import a phonebook</source>
        <translation>导入电话簿</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Nothing matches “%1”</source>
        <translation>没有与“%1”相符的连接</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Import a phonebook…</source>
        <translation>导入电话簿…</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>About Tern</source>
        <translation>关于 Tern</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>ConnectionPage</name>
    <message>
        <source>Choose a connection from the list.</source>
        <translation>请从列表中选择一个连接。</translation>
    </message>
    <message>
        <source>This connection</source>
        <translation>此次连接</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Your addresses</source>
        <translation>您的地址</translation>
    </message>
    <message>
        <source>Name servers</source>
        <translation>DNS 服务器</translation>
    </message>
    <message>
        <source>Network interface</source>
        <translation>网络接口</translation>
    </message>
    <message>
        <source>Settings of this connection</source>
        <translation>此连接的设置</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>域</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Kept in your keyring</source>
        <translation>保存在密钥环中</translation>
    </message>
    <message>
        <source>Asked when connecting</source>
        <translation>连接时询问</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>All traffic goes through it</source>
        <translation>所有流量都经过此连接</translation>
    </message>
    <message>
        <source>Only what belongs to the other network</source>
        <translation>只有去往对方网络的流量</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation>导入自</translation>
    </message>
    <message>
        <source>Forget the password</source>
        <translation>清除已保存的密码</translation>
    </message>
    <message>
        <source>Key exchange</source>
        <translation>密钥交换</translation>
    </message>
    <message>
        <source>Outdated encryption</source>
        <translation>过时的加密</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>已允许</translation>
    </message>
    <message>
        <source>Post-quantum protection</source>
        <translation>后量子保护</translation>
    </message>
    <message>
        <source>Post-quantum pre-shared key (PPK)</source>
        <translation>后量子预共享密钥（PPK）</translation>
    </message>
    <message>
        <source>%1, required</source>
        <translation>%1，必须使用</translation>
    </message>
    <message>
        <source>%1 over TCP port %2</source>
        <translation>%1（通过 TCP 端口 %2）</translation>
    </message>
    <message>
        <source>Name domains</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>WINS servers</source>
        <translation>WINS 服务器</translation>
    </message>
    <message>
        <source>Through the tunnel</source>
        <translation>经由隧道</translation>
    </message>
    <message>
        <source>Largest packet (MTU)</source>
        <translation>最大数据包（MTU）</translation>
    </message>
    <message>
        <source>Server certificate</source>
        <translation>服务器证书</translation>
    </message>
    <message>
        <source>Verified, not revoked</source>
        <translation>已验证，未被吊销</translation>
    </message>
    <message>
        <source>Verified; whether it was revoked could not be checked</source>
        <translation>已验证；无法检查是否已被吊销</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已验证</translation>
    </message>
    <message>
        <source>Server certificate…</source>
        <translation>服务器证书…</translation>
    </message>
    <message>
        <source>IKEv2 over TCP</source>
        <translation>通过 TCP 的 IKEv2</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Yes: %1</source>
        <translation>有：%1</translation>
    </message>
    <message>
        <source>No</source>
        <translation>无</translation>
    </message>
    <message>
        <source>This connection cannot be used here: it requires post-quantum protection</source>
        <translation>此连接要求后量子保护，因此无法在这里使用</translation>
    </message>
    <message>
        <source>%1 Until then, edit the connection and choose “%2”.</source>
        <translation>%1在此之前，请编辑此连接并选择“%2”。</translation>
    </message>
    <message>
        <source>Through the proxy</source>
        <translation>经由代理</translation>
    </message>
    <message>
        <source>Bound to the certificate</source>
        <translation>与证书绑定</translation>
    </message>
    <message>
        <source>Yes, by %1</source>
        <translation>是，使用 %1</translation>
    </message>
    <message>
        <source>Port of SSTP</source>
        <translation>SSTP 端口</translation>
    </message>
    <message>
        <source>Name in the server&apos;s certificate</source>
        <translation>服务器证书中的名称</translation>
    </message>
    <message>
        <source>Called by the name</source>
        <translation>呼叫时使用的名称</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>None; the server takes none</source>
        <translation>无；服务器不接受名称</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>Check what the server offers…</source>
        <translation>检查服务器提供什么…</translation>
    </message>
    <message>
        <source>Make this connection safer…</source>
        <translation>让这个连接更安全…</translation>
    </message>
    <message>
        <source>Bring the old settings back…</source>
        <translation>恢复旧设置…</translation>
    </message>
</context>
<context>
    <name>ConnectionRow</name>
    <message>
        <source>What can I do?</source>
        <translation>我该怎么办？</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>What can I do about %1?</source>
        <translation>“%1”该怎么办？</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>连接 %1</translation>
    </message>
    <message>
        <source>Cancel connecting %1</source>
        <translation>取消连接 %1</translation>
    </message>
    <message>
        <source>Disconnect %1</source>
        <translation>断开 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>还剩 %n 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentPane</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>Disclosure</name>
    <message>
        <source>Open</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已收起</translation>
    </message>
</context>
<context>
    <name>DropSheet</name>
    <message>
        <source>Drop the phonebook to import it</source>
        <translation>松开鼠标即可导入电话簿</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>Edit “%1”</source>
        <translation>编辑“%1”</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>A connection needs a name.</source>
        <translation>连接需要有名称。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The name your administrator gave you, such as vpn.example.org</source>
        <translation>管理员给您的名称，例如 vpn.example.org</translation>
    </message>
    <message>
        <source>A connection needs a server.</source>
        <translation>连接需要有服务器。</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Leave it empty to be asked each time.</source>
        <translation>留空则每次询问。</translation>
    </message>
    <message>
        <source>Send all traffic through this connection</source>
        <translation>所有流量都经过此连接</translation>
    </message>
    <message>
        <source>When off, only what belongs to the other network goes through it.</source>
        <translation>关闭后，只有去往对方网络的流量经过它。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Only if your administrator told you what to enter here.</source>
        <translation>仅在管理员告知应填内容时使用。</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ErrorPanel</name>
    <message>
        <source>Hide details</source>
        <translation>隐藏详细信息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Certificate…</source>
        <translation>证书…</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Tern&apos;s background service does not answer.</source>
        <translation>Tern 的后台服务没有响应。</translation>
    </message>
    <message>
        <source>Wait a moment and try again. If that does not help, sign out and in again, or install Tern anew.</source>
        <translation>请稍候再试。如果仍不行，请注销后重新登录，或重新安装 Tern。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Windows phonebook (.pbk)</source>
        <translation>Windows 电话簿（.pbk）</translation>
    </message>
    <message>
        <source>For another Windows computer, or to keep. An imported entry comes back whole.</source>
        <translation>用于另一台 Windows 电脑，或留作备份。导入的条目会完整写回。</translation>
    </message>
    <message>
        <source>Script for Windows (PowerShell)</source>
        <translation>Windows 脚本（PowerShell）</translation>
    </message>
    <message>
        <source>Makes the connection on Windows 10 or later when it is run.</source>
        <translation>在 Windows 10 或更高版本上运行时会建立该连接。</translation>
    </message>
    <message>
        <source>iPhone, iPad, Mac (.mobileconfig)</source>
        <translation>iPhone、iPad、Mac（.mobileconfig）</translation>
    </message>
    <message>
        <source>A configuration profile; opened on the device, it adds the connection.</source>
        <translation>描述文件；在设备上打开即可添加该连接。</translation>
    </message>
    <message>
        <source>Android with strongSwan (.sswan)</source>
        <translation>Android 上的 strongSwan（.sswan）</translation>
    </message>
    <message>
        <source>For the strongSwan VPN Client app.</source>
        <translation>用于 strongSwan VPN Client 应用。</translation>
    </message>
    <message>
        <source>Linux without Tern (NetworkManager)</source>
        <translation>没有 Tern 的 Linux（NetworkManager）</translation>
    </message>
    <message>
        <source>For the network settings of the desktop, with the strongSwan or SSTP plug-in.</source>
        <translation>用于桌面的网络设置，需要 strongSwan 或 SSTP 插件。</translation>
    </message>
    <message>
        <source>Managed Windows (ProfileXML)</source>
        <translation>受管理的 Windows（ProfileXML）</translation>
    </message>
    <message>
        <source>For administrators: Intune and other device management.</source>
        <translation>供管理员使用：Intune 和其他设备管理。</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>导出“%1”</translation>
    </message>
    <message>
        <source>Save the connection</source>
        <translation>保存连接</translation>
    </message>
    <message>
        <source>Which program or device is the file for? Passwords are never in it.</source>
        <translation>该文件用于哪个程序或设备？其中从不包含密码。</translation>
    </message>
    <message>
        <source>Saved as “%1”</source>
        <translation>已保存为“%1”</translation>
    </message>
    <message>
        <source>The password is not in the file: it is asked for where the file is used.</source>
        <translation>密码不在文件中：使用该文件时会询问。</translation>
    </message>
    <message>
        <source>What is not in the file:</source>
        <translation>文件中没有的内容：</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>FindingBanner</name>
    <message>
        <source>Hide details</source>
        <translation>隐藏详细信息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Details of: %1</source>
        <translation>详细信息：%1</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>出处：%1</translation>
    </message>
    <message>
        <source>Decides the grade</source>
        <translation>决定等级</translation>
    </message>
</context>
<context>
    <name>FindingsCard</name>
    <message>
        <source>Why “%1”?</source>
        <translation>为什么是“%1”？</translation>
    </message>
    <message numerus="yes">
        <source>A connection is as good as its worst point. %n point(s) below make it “%1”.</source>
        <translation>
            <numerusform>一个连接的等级取决于它最差的一点。下面有 %n 点使它成为“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Once that is dealt with, there is nothing left to say against it.</source>
        <translation>解决之后，就没有什么可挑剔的了。</translation>
    </message>
    <message>
        <source>Once that is dealt with, it would be “%1”.</source>
        <translation>解决之后，它的等级会是“%1”。</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Import your Windows phonebook</source>
        <translation>导入您的 Windows 电话簿</translation>
    </message>
    <message>
        <source>Tern reads your VPN connections from it, tells you which ones use retired protocols, and connects with the others.</source>
        <translation>Tern 从中读取您的 VPN 连接，告诉您哪些使用了已淘汰的协议，并用其余的连接。</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Or drop the file anywhere on this window.</source>
        <translation>也可以把文件拖到此窗口的任意位置。</translation>
    </message>
    <message>
        <source>Where is the phonebook?</source>
        <translation>电话簿在哪里？</translation>
    </message>
    <message>
        <source>On the Windows computer, open this folder in Explorer and copy the file rasphone.pbk to this one:</source>
        <translation>在 Windows 电脑上，用资源管理器打开下面的文件夹，把其中的 rasphone.pbk 文件复制到本机：</translation>
    </message>
</context>
<context>
    <name>IkeSettings</name>
    <message>
        <source>IKEv2 over TCP</source>
        <translation>通过 TCP 的 IKEv2</translation>
    </message>
    <message>
        <source>Post-quantum protection</source>
        <translation>后量子保护</translation>
    </message>
    <message>
        <source>Name of the post-quantum pre-shared key (PPK)</source>
        <translation>后量子预共享密钥（PPK）的名称</translation>
    </message>
    <message>
        <source>Only if your administrator gave you one. The key itself is asked for when connecting.</source>
        <translation>仅当管理员提供时填写。密钥本身会在连接时询问。</translation>
    </message>
    <message>
        <source>Do not connect without this key</source>
        <translation>没有此密钥时不连接</translation>
    </message>
    <message>
        <source>Allow outdated encryption</source>
        <translation>允许过时的加密</translation>
    </message>
    <message>
        <source>3DES, SHA-1 and short keys, for a Windows server with nothing better. Somebody with enough effort can read along.</source>
        <translation>3DES、SHA-1 和短密钥，用于没有更好加密的 Windows 服务器。只要肯下功夫，别人就能读取内容。</translation>
    </message>
</context>
<context>
    <name>ImportProblems</name>
    <message>
        <source>“%1” (line %2)</source>
        <translation>“%1”（第 %2 行）</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
</context>
<context>
    <name>ImportResultPage</name>
    <message>
        <source>Nothing new in “%1”</source>
        <translation>“%1”中没有新的连接</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) imported from “%1”</source>
        <translation>
            <numerusform>从“%1”导入了 %n 个连接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 use(s) a retired protocol</source>
        <translation>
            <numerusform>%1 个中有 %n 个使用已淘汰的协议</numerusform>
        </translation>
    </message>
    <message>
        <source>PPTP and L2TP are not safe any more and are being switched off everywhere. Tern keeps these entries and helps you to replace them.</source>
        <translation>PPTP 和 L2TP 已不再安全，各处都在停用。Tern 会保留这些条目，并帮助您替换它们。</translation>
    </message>
    <message>
        <source>None of them uses a retired protocol.</source>
        <translation>其中没有使用已淘汰协议的连接。</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more in the list</source>
        <translation>
            <numerusform>……列表中还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Show my connections</source>
        <translation>显示我的连接</translation>
    </message>
    <message>
        <source>Tern has put them into your keyring. Whoever opens that file can read them: delete it, or keep it away from others.</source>
        <translation>Tern 已将它们存入您的密钥环。任何能打开该文件的人都能读取它们：请删除该文件，或不要让他人得到它。</translation>
    </message>
    <message>
        <source>Replace them now…</source>
        <translation>现在替换它们…</translation>
    </message>
    <message numerus="yes">
        <source>“%1” still holds the passwords or keys of %n connection(s)</source>
        <translation>
            <numerusform>“%1”中仍有 %n 个连接的密码或密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The passwords or keys of %n connection(s) could not be put into your keyring</source>
        <translation>
            <numerusform>%n 个连接的密码或密钥未能存入您的密钥环</numerusform>
        </translation>
    </message>
    <message>
        <source>Enter them when you connect. Whoever opens “%1” can read them: delete it, or keep it away from others.</source>
        <translation>请在连接时输入它们。任何能打开“%1”的人都能读取它们：请删除该文件，或不要让他人得到它。</translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>有 %n 个未导入</numerusform>
        </translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>值得注意</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>Passwords and keys are never written here.</source>
        <translation>密码和密钥从不写入日志。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>还没有发生任何事情。</translation>
    </message>
</context>
<context>
    <name>MigrateCheck</name>
    <message>
        <source>Tern can find out whether your server also offers a safe way, try it, and switch over. Nothing is changed before it works, and your old settings can be brought back.</source>
        <translation>Tern 可以查明您的服务器是否也提供安全的方式，试用并切换过去。在试成功之前什么都不会改变，旧设置也可以恢复。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The check takes up to five seconds. It sends no password and no user name.</source>
        <translation>检查最多需要五秒。不会发送密码或用户名。</translation>
    </message>
    <message>
        <source>Asking the server what it offers…</source>
        <translation>正在询问服务器提供什么…</translation>
    </message>
</context>
<context>
    <name>MigrateDialog</name>
    <message>
        <source>A letter to the administrator</source>
        <translation>给管理员的信</translation>
    </message>
    <message>
        <source>“%1” is safe now</source>
        <translation>“%1”现在安全了</translation>
    </message>
    <message>
        <source>“%1” uses %2, which is not safe any more</source>
        <translation>“%1”使用 %2，它已不再安全</translation>
    </message>
    <message>
        <source>Make “%1” safer</source>
        <translation>让“%1”更安全</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Check the server</source>
        <translation>检查服务器</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再检查一次</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message numerus="yes">
        <source>Next connection (%n left)</source>
        <translation>
            <numerusform>下一个连接（还剩 %n 个）</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Write to the administrator…</source>
        <translation>写信给管理员…</translation>
    </message>
    <message>
        <source>Go on without the check</source>
        <translation>不检查，继续</translation>
    </message>
    <message>
        <source>Cancel the trial</source>
        <translation>取消试连接</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Bring the old settings back</source>
        <translation>恢复旧设置</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>“%1” is safer now</source>
        <translation>“%1”现在更安全了</translation>
    </message>
</context>
<context>
    <name>MigrateDone</name>
    <message>
        <source>The new settings work, and you are connected with them.</source>
        <translation>新设置可用，您已用它连接。</translation>
    </message>
    <message>
        <source>From now on “%1” connects by %2. You find it in the list where the old one was.</source>
        <translation>从现在起“%1”通过 %2 连接。它在列表中旧连接原来的位置。</translation>
    </message>
    <message>
        <source>The old settings are kept out of sight. You can bring them back here, or later on the connection&apos;s page.</source>
        <translation>旧设置保存在看不到的地方。您可以在这里恢复，以后也可以在连接的页面上恢复。</translation>
    </message>
    <message>
        <source>IKEv2 or SSTP</source>
        <translation>IKEv2 或 SSTP</translation>
    </message>
    <message>
        <source>It is better than before, but not good yet.</source>
        <translation>比以前好，但还不够好。</translation>
    </message>
    <message>
        <source>The server has nothing better to offer. Its administrator can mend that; a letter that says how is ready to be sent.</source>
        <translation>服务器没有更好的可提供。管理员可以改进；说明怎么做的信已备好，可以发送。</translation>
    </message>
</context>
<context>
    <name>MigrateLetter</name>
    <message>
        <source>It says what Tern has found and, step by step, what to do. Send it to whoever runs the VPN, usually your IT department.</source>
        <translation>信中写明 Tern 发现了什么，以及一步一步该怎么做。请发给管理 VPN 的人，通常是 IT 部门。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>收件人</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The letter</source>
        <translation>信件</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy the letter</source>
        <translation>复制信件</translation>
    </message>
    <message>
        <source>Open in the mail program</source>
        <translation>在邮件程序中打开</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the letter</source>
        <translation>保存信件</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>MigratePlan</name>
    <message>
        <source>Hide details</source>
        <translation>隐藏详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>What the server answered</source>
        <translation>服务器的应答</translation>
    </message>
    <message>
        <source>Your part</source>
        <translation>需要您填写</translation>
    </message>
    <message>
        <source>What stays as it is</source>
        <translation>保持不变的</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>会改变的</translation>
    </message>
    <message>
        <source>Next, Tern connects with the new settings to see that they work. If they do not, everything stays as it is.</source>
        <translation>接下来 Tern 用新设置连接，看看是否可用。如果不行，一切保持原样。</translation>
    </message>
    <message>
        <source>Choose the authority&apos;s certificate</source>
        <translation>选择颁发机构的证书</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der)</source>
        <translation>证书 (*.pem *.crt *.cer *.der)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose your certificate</source>
        <translation>选择您的证书</translation>
    </message>
    <message>
        <source>Certificates and keys (*.p12 *.pfx *.pem *.crt *.cer)</source>
        <translation>证书和密钥 (*.p12 *.pfx *.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
</context>
<context>
    <name>MigrateTry</name>
    <message>
        <source>Tern connects with the new settings. You may be asked for your password, the same as before. If it does not work, everything stays as it is.</source>
        <translation>Tern 正在用新设置连接。可能会询问您的密码，与以前相同。如果不行，一切保持原样。</translation>
    </message>
    <message>
        <source>Nothing was changed: your connection is as it was before. Try again, go back to change the plan, or write to the administrator.</source>
        <translation>什么都没有改变：您的连接和以前一样。您可以再试一次、返回修改方案，或写信给管理员。</translation>
    </message>
</context>
<context>
    <name>OfferPicture</name>
    <message>
        <source>The ways from your computer to %1</source>
        <translation>从您的电脑到 %1 的各条通路</translation>
    </message>
    <message>
        <source>Your computer</source>
        <translation>您的电脑</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>VPN connections, and help to leave PPTP and L2TP.</source>
        <translation>VPN 连接，并帮助您告别 PPTP 和 L2TP。</translation>
    </message>
    <message>
        <source>Colours for this run: light, dark or system.</source>
        <translation>本次运行的配色：light（浅色）、dark（深色）或 system（随桌面）。</translation>
    </message>
    <message>
        <source>Language for this run, such as en or zh_CN.</source>
        <translation>本次运行的语言，例如 en 或 zh_CN。</translation>
    </message>
    <message>
        <source>Start in the tray, without a window.</source>
        <translation>启动到托盘，不打开窗口。</translation>
    </message>
    <message>
        <source>A Windows phonebook (.pbk) to import.</source>
        <translation>要导入的 Windows 电话簿（.pbk）。</translation>
    </message>
</context>
<context>
    <name>PageBar</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Hide %1</source>
        <translation>隐藏%1</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>显示%1</translation>
    </message>
</context>
<context>
    <name>PolicyBanner</name>
    <message numerus="yes">
        <source>%n more mistake(s) are in the log.</source>
        <translation>
            <numerusform>日志中还有 %n 处错误。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyCard</name>
    <message numerus="yes">
        <source>Your organisation allows this until %1: %n day(s) left</source>
        <translation>
            <numerusform>您的组织允许使用到 %1：还剩 %n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%2 allows this until %1: %n day(s) left</source>
        <translation>
            <numerusform>%2 允许使用到 %1：还剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>L2TP is not safe any more; afterwards it is refused. Until then NetworkManager makes this connection, not Tern. Ask for IKEv2 or SSTP now.</source>
        <translation>L2TP 已不再安全，到期后会被拒绝。在此之前，此连接由 NetworkManager 而不是 Tern 建立。请现在就要求改用 IKEv2 或 SSTP。</translation>
    </message>
    <message>
        <source>Your organisation has a new server for this connection: %1</source>
        <translation>您的组织为此连接准备了新服务器：%1</translation>
    </message>
    <message>
        <source>Protocol: %1</source>
        <translation>协议：%1</translation>
    </message>
    <message>
        <source>Whom to ask: %1</source>
        <translation>联系：%1</translation>
    </message>
    <message>
        <source>Help of your organisation</source>
        <translation>您组织的帮助</translation>
    </message>
</context>
<context>
    <name>ProbeDialog</name>
    <message>
        <source>What %1 offers</source>
        <translation>%1 提供什么</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再次检查</translation>
    </message>
</context>
<context>
    <name>PromptDialog</name>
    <message>
        <source>Shared key</source>
        <translation>共享密钥</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign in to the proxy for “%1”</source>
        <translation>登录到“%1”所用的代理</translation>
    </message>
    <message>
        <source>Sign in to “%1”</source>
        <translation>登录到“%1”</translation>
    </message>
    <message>
        <source>The server did not accept that key.</source>
        <translation>服务器没有接受这个密钥。</translation>
    </message>
    <message>
        <source>The server did not accept that user name or password.</source>
        <translation>服务器没有接受这个用户名或密码。</translation>
    </message>
    <message>
        <source>Check it and type it again. Mind capital letters and the keyboard layout.</source>
        <translation>请检查后重新输入。注意大小写和键盘布局。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Remember this key</source>
        <translation>记住此密钥</translation>
    </message>
    <message>
        <source>Remember this password</source>
        <translation>记住此密码</translation>
    </message>
    <message>
        <source>It is kept in your keyring, locked with your login.</source>
        <translation>它保存在您的密钥环中，由登录密码保护。</translation>
    </message>
    <message>
        <source>This computer has no keyring to keep it safe, so Tern asks each time.</source>
        <translation>这台电脑没有可以安全保存它的密钥环，所以 Tern 每次都会询问。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Post-quantum pre-shared key (PPK)</source>
        <translation>后量子预共享密钥（PPK）</translation>
    </message>
    <message>
        <source>Pass phrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>That pass phrase does not open the key file.</source>
        <translation>该口令打不开密钥文件。</translation>
    </message>
    <message>
        <source>That PIN is wrong.</source>
        <translation>PIN 不正确。</translation>
    </message>
    <message>
        <source>This is the last try.</source>
        <translation>这是最后一次机会。</translation>
    </message>
    <message>
        <source>Another wrong PIN locks the token. Ask your administrator if you are not sure of it.</source>
        <translation>再输错一次 PIN 令牌就会锁定。如果不确定，请询问管理员。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Remember this pass phrase</source>
        <translation>记住此口令</translation>
    </message>
    <message>
        <source>Code or answer</source>
        <translation>验证码或答案</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>The server did not accept that code.</source>
        <translation>服务器不接受该验证码。</translation>
    </message>
    <message>
        <source>The server did not accept that new password.</source>
        <translation>服务器不接受该新密码。</translation>
    </message>
    <message>
        <source>Choose a new password for “%1”</source>
        <translation>为“%1”设置新密码</translation>
    </message>
    <message>
        <source>Choose a longer one that you have not used before.</source>
        <translation>请选择更长且以前未用过的密码。</translation>
    </message>
    <message>
        <source>Your password has expired.</source>
        <translation>您的密码已过期。</translation>
    </message>
    <message>
        <source>It was right, but the server wants a new one before it lets you in.</source>
        <translation>密码正确，但服务器要求先设置新密码才能登录。</translation>
    </message>
    <message>
        <source>The server wants one more answer, such as a code from your phone or token.</source>
        <translation>服务器还需要一个答案，例如手机或令牌上的验证码。</translation>
    </message>
    <message>
        <source>The server asks:</source>
        <translation>服务器提示：</translation>
    </message>
    <message>
        <source>New password, once more</source>
        <translation>再次输入新密码</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>The proxy did not accept that user name or password.</source>
        <translation>代理不接受该用户名或密码。</translation>
    </message>
    <message>
        <source>The proxy %1 on the way to the server wants to know who you are. Often it is the name and the password you log in with at work.</source>
        <translation>通往服务器途中的代理 %1 要求验证您的身份。通常就是您在单位登录时使用的用户名和密码。</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>SectionHeading</name>
    <message>
        <source>Ready to connect</source>
        <translation>可以连接</translation>
    </message>
    <message>
        <source>Retired protocols: need replacing</source>
        <translation>已淘汰的协议：需要替换</translation>
    </message>
    <message>
        <source>Not supported yet</source>
        <translation>尚不支持</translation>
    </message>
    <message>
        <source>Not allowed by the policy of this computer</source>
        <translation>本机的策略不允许</translation>
    </message>
</context>
<context>
    <name>ServerCertificateDialog</name>
    <message>
        <source>Server certificate of “%1”</source>
        <translation>“%1”的服务器证书</translation>
    </message>
    <message>
        <source>The server has proven that it is %1.</source>
        <translation>服务器已证明它是 %1。</translation>
    </message>
    <message>
        <source>Its certificate was not revoked.</source>
        <translation>它的证书没有被吊销。</translation>
    </message>
    <message>
        <source>It could not be checked whether its certificate was revoked.</source>
        <translation>无法检查它的证书是否已被吊销。</translation>
    </message>
    <message>
        <source>Nobody asked whether its certificate was revoked.</source>
        <translation>没有查询它的证书是否已被吊销。</translation>
    </message>
    <message>
        <source>The server has not shown a certificate yet. It does when you connect, unless you sign in with a pre-shared key.</source>
        <translation>服务器尚未出示证书。连接时它会出示，除非使用预共享密钥登录。</translation>
    </message>
    <message>
        <source>This certificate belongs to another server.</source>
        <translation>此证书属于另一台服务器。</translation>
    </message>
    <message>
        <source>The server has another key than before.</source>
        <translation>服务器的密钥与以前不同。</translation>
    </message>
    <message>
        <source>Nobody this computer knows vouches for this server.</source>
        <translation>没有本机所认识的机构为此服务器担保。</translation>
    </message>
    <message>
        <source>Anyone can have a good certificate for a name of their own. Only go on if your administrator has told you that this server goes by that name, and the fingerprint is right.</source>
        <translation>任何人都能为自己的名称取得有效证书。只有当管理员告诉您此服务器使用该名称、且指纹正确时，才可继续。</translation>
    </message>
    <message>
        <source>Somebody may be posing as the server. Only go on if your administrator says that the key was changed, and the fingerprint is right.</source>
        <translation>可能有人在冒充服务器。只有当管理员确认更换过密钥、且指纹正确时，才可继续。</translation>
    </message>
    <message>
        <source>Anyone can make such a certificate. Ask your administrator for its fingerprint and compare the two before you trust it.</source>
        <translation>任何人都能制作这样的证书。请向管理员索取其指纹，核对无误后再信任。</translation>
    </message>
    <message>
        <source>I have compared the SHA-256 fingerprint, and it is right</source>
        <translation>我已核对 SHA-256 指纹，确认无误</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Trust this certificate for this connection</source>
        <translation>为此连接信任该证书</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>另存为文件…</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>保存证书</translation>
    </message>
    <message>
        <source>Certificates (*.pem)</source>
        <translation>证书 (*.pem)</translation>
    </message>
</context>
<context>
    <name>ServerCertificateFacts</name>
    <message>
        <source>Not revoked, as the server&apos;s own proof says</source>
        <translation>未被吊销（由服务器随附的证明确认）</translation>
    </message>
    <message>
        <source>Not revoked</source>
        <translation>未被吊销</translation>
    </message>
    <message>
        <source>Revoked on %1 (%2)</source>
        <translation>已于 %1 被吊销（%2）</translation>
    </message>
    <message>
        <source>Names no place where to ask</source>
        <translation>没有说明查询地址</translation>
    </message>
    <message>
        <source>Could not be checked</source>
        <translation>无法检查</translation>
    </message>
    <message>
        <source>Trusted for itself</source>
        <translation>自身受信任</translation>
    </message>
    <message>
        <source>Issued to</source>
        <translation>颁发给</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>颁发者</translation>
    </message>
    <message>
        <source>Itself</source>
        <translation>自己</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>到期时间</translation>
    </message>
    <message>
        <source>Revocation</source>
        <translation>吊销状态</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256 指纹</translation>
    </message>
    <message>
        <source>Key fingerprint</source>
        <translation>密钥指纹</translation>
    </message>
</context>
<context>
    <name>ServerCertificateRow</name>
    <message>
        <source>Revoked</source>
        <translation>已吊销</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Trusted</source>
        <translation>受信任</translation>
    </message>
</context>
<context>
    <name>ServerOffer</name>
    <message>
        <source>Asking the server. This takes at most five seconds; no name and no password is sent.</source>
        <translation>正在询问服务器。最多需要五秒；不会发送用户名和密码。</translation>
    </message>
    <message>
        <source>Asked through the VPN that is connected. From outside it may look different.</source>
        <translation>是通过已连接的 VPN 询问的。从外部看可能有所不同。</translation>
    </message>
    <message>
        <source>Hide the details</source>
        <translation>隐藏详情</translation>
    </message>
    <message>
        <source>Show the details</source>
        <translation>显示详情</translation>
    </message>
</context>
<context>
    <name>ServerTrust</name>
    <message>
        <source>Whom this connection trusts</source>
        <translation>此连接信任谁</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>颁发机构</translation>
    </message>
    <message>
        <source>Those of this computer</source>
        <translation>本机信任的颁发机构</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>到期时间</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256 指纹</translation>
    </message>
    <message>
        <source>Only these keys</source>
        <translation>仅限这些密钥</translation>
    </message>
    <message>
        <source>Name of the server</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>Choose an authority&apos;s file…</source>
        <translation>选择颁发机构的文件…</translation>
    </message>
    <message>
        <source>Trust those of this computer</source>
        <translation>信任本机的颁发机构</translation>
    </message>
    <message>
        <source>Trust only this server&apos;s key</source>
        <translation>仅信任此服务器的密钥</translation>
    </message>
    <message>
        <source>Remove the pins</source>
        <translation>取消密钥固定</translation>
    </message>
    <message>
        <source>Expect the dialled name again</source>
        <translation>恢复核对所拨的名称</translation>
    </message>
    <message>
        <source>Ask whether it was revoked</source>
        <translation>查询是否已被吊销</translation>
    </message>
    <message>
        <source>If possible</source>
        <translation>尽可能</translation>
    </message>
    <message>
        <source>Always, or do not connect</source>
        <translation>必须，否则不连接</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Choose the certificate of an authority</source>
        <translation>选择颁发机构的证书</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der *.PEM *.CRT *.CER *.DER)</source>
        <translation>证书 (*.pem *.crt *.cer *.der *.PEM *.CRT *.CER *.DER)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ServiceBanner</name>
    <message>
        <source>Tern&apos;s background service is not running.</source>
        <translation>Tern 的后台服务没有运行。</translation>
    </message>
    <message>
        <source>Your connections cannot be shown or changed until it is back. Tern keeps looking for it.</source>
        <translation>在它恢复之前，无法显示或更改您的连接。Tern 会继续寻找它。</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>随桌面</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Keep Tern in the tray when the window is closed</source>
        <translation>关闭窗口后让 Tern 留在托盘</translation>
    </message>
    <message>
        <source>Your connection stays up either way.</source>
        <translation>无论哪种方式，您的连接都会保持。</translation>
    </message>
    <message>
        <source>This desktop shows no tray, so closing the window ends it. Your connection stays up.</source>
        <translation>此桌面没有托盘，关闭窗口就会退出程序。您的连接会保持。</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>Found: passwords can be remembered</source>
        <translation>已找到：可以记住密码</translation>
    </message>
    <message>
        <source>None: passwords are asked each time</source>
        <translation>没有：每次询问密码</translation>
    </message>
    <message>
        <source>Network helper</source>
        <translation>网络助手</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Starts when it is needed</source>
        <translation>需要时启动</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
</context>
<context>
    <name>Sheets</name>
    <message>
        <source>Remove “%1”?</source>
        <translation>要删除“%1”吗？</translation>
    </message>
    <message>
        <source>Its settings and its password are removed from this computer. The server and your phonebook file are not touched.</source>
        <translation>它的设置和密码将从这台电脑上删除。服务器和您的电话簿文件不受影响。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import “%1”?</source>
        <translation>要导入“%1”吗？</translation>
    </message>
    <message>
        <source>Tern reads the VPN connections in this file and adds them to yours. Only do this with a file you trust.</source>
        <translation>Tern 会读取此文件中的 VPN 连接并添加到您的连接中。请只导入您信任的文件。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Choose a phonebook</source>
        <translation>选择电话簿</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>“%1” is not safe</source>
        <translation>“%1”不安全</translation>
    </message>
    <message>
        <source>I know, connect</source>
        <translation>我知道，连接</translation>
    </message>
    <message>
        <source>It uses L2TP, which current systems refuse. Where everybody has the same shared key, anybody who knows it can pretend to be your server. Your organisation allows it until %1, for want of something better.

Use it only as long as you have to, and send nothing through it that is not protected otherwise.</source>
        <translation>它使用现行系统已拒绝的 L2TP。如果大家共用同一个共享密钥，知道它的任何人都能冒充您的服务器。在有更好的办法之前，您的组织允许它使用到 %1。

请只在不得已时使用，并且不要通过它发送没有其他保护的内容。</translation>
    </message>
    <message>
        <source>VPN connections (*.pbk *.PBK *.nmconnection *.sswan *.mobileconfig *.xml *.zip *.cms *.conf *.ps1 *.json)</source>
        <translation>VPN 连接 (*.pbk *.PBK *.nmconnection *.sswan *.mobileconfig *.xml *.zip *.cms *.conf *.ps1 *.json)</translation>
    </message>
    <message>
        <source>Bring the old settings of “%1” back?</source>
        <translation>恢复“%1”的旧设置？</translation>
    </message>
    <message>
        <source>The settings in use now are removed, and those from before take their place. They are not safe any more; Tern can migrate them again at any time.</source>
        <translation>现在使用的设置会被删除，由以前的设置取代。以前的设置已不再安全；Tern 随时可以重新迁移。</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>SstpSettings</name>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>端口是 1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>A name has no spaces and no accents.</source>
        <translation>名称中不能有空格或特殊字母。</translation>
    </message>
    <message>
        <source>Which name?</source>
        <translation>哪个名称？</translation>
    </message>
    <message>
        <source>This has to be a name such as vpn.example.org, not an address.</source>
        <translation>这里应填写 vpn.example.org 这样的名称，而不是地址。</translation>
    </message>
    <message>
        <source>Which proxy?</source>
        <translation>哪个代理？</translation>
    </message>
    <message>
        <source>Leave the user name and password out. You are asked for them when the proxy wants them.</source>
        <translation>请不要写用户名和密码。代理需要时会向您询问。</translation>
    </message>
    <message>
        <source>A proxy is written like http://proxy.example.com:3128 or socks5://10.0.0.1:1080.</source>
        <translation>代理的写法如 http://proxy.example.com:3128 或 socks5://10.0.0.1:1080。</translation>
    </message>
    <message>
        <source>Port of SSTP</source>
        <translation>SSTP 端口</translation>
    </message>
    <message>
        <source>Empty: 443, which gets through nearly everywhere.</source>
        <translation>留空表示 443，几乎在任何地方都能通过。</translation>
    </message>
    <message>
        <source>Name in the server&apos;s certificate</source>
        <translation>服务器证书中的名称</translation>
    </message>
    <message>
        <source>Only if it is not the server&apos;s name above, for instance because an address stands there.</source>
        <translation>仅当它与上面的服务器名称不同时填写，例如上面填的是地址。</translation>
    </message>
    <message>
        <source>Name that the server is called by (SNI)</source>
        <translation>呼叫服务器时使用的名称（SNI）</translation>
    </message>
    <message>
        <source>This server takes calls only without a name. Tern has found that out and leaves it out.</source>
        <translation>此服务器只接受不带名称的呼叫。Tern 已发现这一点，并会省略名称。</translation>
    </message>
    <message>
        <source>A server that takes no name is noticed. The certificate is checked in any case.</source>
        <translation>不接受名称的服务器会被自动识别。证书始终会被核验。</translation>
    </message>
    <message>
        <source>Its own name</source>
        <translation>服务器自己的名称</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>其他名称</translation>
    </message>
    <message>
        <source>Other name</source>
        <translation>其他名称</translation>
    </message>
    <message>
        <source>Proxy for SSTP</source>
        <translation>SSTP 的代理</translation>
    </message>
    <message>
        <source>If it wants to know who you are, you are asked when you connect.</source>
        <translation>如果代理需要登录，连接时会向您询问。</translation>
    </message>
    <message>
        <source>As this computer is set</source>
        <translation>按此计算机的设置</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>使用此代理</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>For instance http://proxy.example.com:3128 or socks5://10.0.0.1:1080</source>
        <translation>例如 http://proxy.example.com:3128 或 socks5://10.0.0.1:1080</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>Only for a server that several organisations share.</source>
        <translation>仅用于由多个组织共用的服务器。</translation>
    </message>
</context>
<context>
    <name>StatusCard</name>
    <message>
        <source>Tern does not connect with this one</source>
        <translation>Tern 不使用此连接</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>What can I do?</source>
        <translation>我该怎么办？</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>StepTrail</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
</context>
<context>
    <name>TrafficCard</name>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Connected for</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>The last minute: receiving %1, sending %2</source>
        <translation>最近一分钟：接收 %1，发送 %2</translation>
    </message>
    <message>
        <source>One minute ago</source>
        <translation>一分钟前</translation>
    </message>
    <message>
        <source>Top of the graph: %1</source>
        <translation>图表顶端：%1</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Disconnecting…</source>
        <translation>正在断开…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>Looking up the server…</source>
        <translation>正在查找服务器…</translation>
    </message>
    <message>
        <source>Contacting the server…</source>
        <translation>正在联系服务器…</translation>
    </message>
    <message>
        <source>Checking the server…</source>
        <translation>正在核验服务器…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Setting up the network…</source>
        <translation>正在设置网络…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>可被破解</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>Can fall back</source>
        <translation>可能降级</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>偏弱</translation>
    </message>
    <message>
        <source>Shared key</source>
        <translation>共享密钥</translation>
    </message>
    <message>
        <source>User name and password</source>
        <translation>用户名和密码</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>KB</source>
        <translation>KB</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>TB</source>
        <translation>TB</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>number and unit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>data per second</comment>
        <translation>%1/s</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) %1</source>
        <translation>
            <numerusform>%n 天 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Not stated</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>必须</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>When the server offers it</source>
        <translation>服务器支持时启用</translation>
    </message>
    <message>
        <source>Waiting for your confirmation on another device…</source>
        <translation>正在等待您在另一台设备上确认…</translation>
    </message>
    <message>
        <source>Waiting for a network…</source>
        <translation>正在等待网络…</translation>
    </message>
    <message>
        <source>Moving to another network…</source>
        <translation>正在切换到另一个网络…</translation>
    </message>
    <message>
        <source>Checking the connection…</source>
        <translation>正在检查连接…</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Where UDP does not get through</source>
        <translation>UDP 无法通过时</translation>
    </message>
    <message>
        <source>This computer cannot do it yet: it takes OpenSSL 3.5 or later, as in Debian 13.</source>
        <translation>这台计算机尚不支持：需要 OpenSSL 3.5 或更高版本（例如 Debian 13 所带版本）。</translation>
    </message>
    <message>
        <source>answers, unsafe</source>
        <translation>有应答，不安全</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>outdated encryption</source>
        <translation>加密过时</translation>
    </message>
    <message>
        <source>not offered</source>
        <translation>未提供</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>%1: being asked</source>
        <translation>%1：正在询问</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>protocol and what became of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>未评级</translation>
    </message>
</context>
<context>
    <name>tern::audit::Html</name>
    <message>
        <source>en</source>
        <comment>language tag</comment>
        <extracomment>The language of the report as in HTML&apos;s lang attribute: en, zh-CN</extracomment>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>VPN audit</source>
        <translation>VPN 审计</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with connections</source>
        <translation>
            <numerusform>%n 个文件含有连接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) searched</source>
        <translation>
            <numerusform>查找了 %n 个文件夹</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or folder(s) could not be judged; see the end of this page.</source>
        <translation>
            <numerusform>%n 个文件或文件夹无法判断，见本页末尾。</numerusform>
        </translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Kinds of VPN</source>
        <translation>VPN 类型</translation>
    </message>
    <message>
        <source>Servers, the worst %1 of %2</source>
        <translation>服务器（%2 个中最差的 %1 个）</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现的问题</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Connections, the worst first</source>
        <translation>连接（最差的在前）</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>属于</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>%1 more are not listed here. The CSV and JSON formats list them all.</source>
        <translation>另有 %1 个未在此列出。CSV 和 JSON 格式会全部列出。</translation>
    </message>
    <message>
        <source>What else there is to know</source>
        <translation>其他需要了解的情况</translation>
    </message>
    <message>
        <source>What</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>%1 more remarks are not listed here.</source>
        <translation>另有 %1 条说明未在此列出。</translation>
    </message>
    <message>
        <source>Made by Tern %1. The report holds no passwords.</source>
        <translation>由 Tern %1 生成。报告中不含密码。</translation>
    </message>
    <message>
        <source>What the servers offer</source>
        <translation>服务器提供什么</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>应对办法</translation>
    </message>
    <message numerus="yes">
        <source>Tern looked at the names of %n file(s), and into those that may hold VPN connections: Windows phonebooks (.pbk), the connections and profiles of NetworkManager, strongSwan, Apple and Azure, Windows&apos; own XML and scripts.</source>
        <translation>
            <numerusform>Tern 查看了 %n 个文件的名称，并打开了可能含有 VPN 连接的文件：Windows 电话簿（.pbk），NetworkManager、strongSwan、Apple 和 Azure 的连接与配置文件，以及 Windows 自己的 XML 和脚本。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tern::audit::Words</name>
    <message>
        <source>Broken</source>
        <translation>可被破解</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>Can fall back</source>
        <translation>可能降级</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>偏弱</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>can be read or impersonated today</source>
        <translation>如今就能被读取或冒充</translation>
    </message>
    <message>
        <source>refused by current servers</source>
        <translation>新的服务器会拒绝</translation>
    </message>
    <message>
        <source>Windows may silently use a retired protocol</source>
        <translation>Windows 可能悄悄改用已淘汰的协议</translation>
    </message>
    <message>
        <source>works, but ought to be made safer</source>
        <translation>可以使用，但应当加强</translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Other program</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>could not be judged</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>是别的东西</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>未计入</translation>
    </message>
    <message>
        <source>to know</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>No VPN connections were found.</source>
        <translation>没有找到 VPN 连接。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n connection(s) must be replaced.</source>
        <translation>
            <numerusform>%n 个连接中有 %1 个必须更换。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n connection(s) can be made safer, none has to be replaced.</source>
        <translation>
            <numerusform>%n 个连接中有 %1 个可以更安全，没有必须更换的。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All of %n connection(s) are good.</source>
        <translation>
            <numerusform>全部 %n 个连接都良好。</numerusform>
        </translation>
    </message>
    <message>
        <source>answers</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>outdated</source>
        <translation>过时</translation>
    </message>
    <message>
        <source>unusable</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>not offered</source>
        <translation>未提供</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) were not asked: the asking was ended before their turn.</source>
        <translation>
            <numerusform>有 %n 台服务器没有询问：还没轮到它们，询问就结束了。</numerusform>
        </translation>
    </message>
    <message>
        <source>No VPN connections were found in what could be read.</source>
        <translation>在能够读取的内容中没有找到 VPN 连接。</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>未评级</translation>
    </message>
    <message>
        <source>of another program; Tern cannot tell</source>
        <translation>属于其他程序，Tern 无法判断</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n connection(s) belong to other programs and are not judged, nothing is wrong with the rest.</source>
        <translation>
            <numerusform>%n 个连接中有 %1 个属于其他程序，未评级；其余没有问题。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tern::ctl::Audit</name>
    <message>
        <source>Interrupted. The report has what was known by then.</source>
        <translation>已中断。报告包含到那时为止得知的内容。</translation>
    </message>
</context>
<context>
    <name>tern::ctl::AuditText</name>
    <message numerus="yes">
        <source>%n file(s) with connections</source>
        <translation>
            <numerusform>%n 个文件含有连接</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <extracomment>%1: &quot;3 files with connections&quot;; %2: &quot;1 folder searched&quot;</extracomment>
        <translation>%1，%2。</translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) searched</source>
        <translation>
            <numerusform>查找了 %n 个文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>SERVER</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>CONNECTIONS</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>WORST</source>
        <translation>最差</translation>
    </message>
    <message numerus="yes">
        <source>and %n more server(s)</source>
        <translation>
            <numerusform>另有 %n 个服务器</numerusform>
        </translation>
    </message>
    <message>
        <source>TO KNOW</source>
        <translation>需要了解</translation>
    </message>
    <message>
        <source>%1 more remarks are not listed here.</source>
        <translation>另有 %1 条说明未在此列出。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or folder(s) could not be judged.</source>
        <translation>
            <numerusform>%n 个文件或文件夹无法判断。</numerusform>
        </translation>
    </message>
    <message>
        <source>WHAT THE SERVERS OFFER</source>
        <translation>服务器提供的方式</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Certificates</name>
    <message>
        <source>revoked on %1 (%2)</source>
        <translation>已于 %1 被吊销（%2）</translation>
    </message>
    <message>
        <source>not revoked</source>
        <translation>未被吊销</translation>
    </message>
    <message>
        <source>names no place where to ask</source>
        <translation>没有说明查询地址</translation>
    </message>
    <message>
        <source>could not be checked</source>
        <translation>无法检查</translation>
    </message>
    <message>
        <source>issued to</source>
        <translation>颁发给</translation>
    </message>
    <message>
        <source>issued by</source>
        <translation>颁发者</translation>
    </message>
    <message>
        <source>names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>valid from</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>valid until</source>
        <translation>到期时间</translation>
    </message>
    <message>
        <source>key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>key&apos;s SHA-256</source>
        <translation>密钥的 SHA-256</translation>
    </message>
    <message>
        <source>revocation</source>
        <translation>吊销状态</translation>
    </message>
    <message>
        <source>authority of this connection: %1, until %2</source>
        <translation>此连接的颁发机构：%1，有效期至 %2</translation>
    </message>
    <message>
        <source>only with the key: %1</source>
        <translation>仅限密钥：%1</translation>
    </message>
    <message>
        <source>The server has not shown a certificate yet.</source>
        <translation>服务器尚未出示证书。</translation>
    </message>
    <message>
        <source>The server has proven that it is %1.</source>
        <translation>服务器已证明它是 %1。</translation>
    </message>
    <message>
        <source>If your administrator confirms this SHA-256 fingerprint, trust it for this connection with:</source>
        <translation>如果管理员确认此 SHA-256 指纹，可用以下命令为此连接信任该证书：</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Commands</name>
    <message>
        <source>Try: ternctl --help</source>
        <translation>请试试：ternctl --help</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Connect</name>
    <message>
        <source>Standard input held no password.</source>
        <translation>标准输入中没有密码。</translation>
    </message>
    <message>
        <source>That was not accepted.</source>
        <translation>没有被接受。</translation>
    </message>
    <message>
        <source>The server says: %1</source>
        <translation>服务器说：%1</translation>
    </message>
    <message>
        <source>User name: </source>
        <translation>用户名：</translation>
    </message>
    <message>
        <source>Password of %1 at %2: </source>
        <translation>%1 在 %2 的密码：</translation>
    </message>
    <message>
        <source>Shared key of %1: </source>
        <translation>%1 的共享密钥：</translation>
    </message>
    <message>
        <source>Post-quantum pre-shared key (PPK) for %1: </source>
        <translation>%1 的后量子预共享密钥（PPK）：</translation>
    </message>
    <message>
        <source>Standard input held no pass phrase and no PIN.</source>
        <translation>标准输入中没有口令或 PIN。</translation>
    </message>
    <message>
        <source>Another wrong PIN locks the token.</source>
        <translation>再输错一次 PIN 令牌就会锁定。</translation>
    </message>
    <message>
        <source>Pass phrase of the key file %1: </source>
        <translation>密钥文件 %1 的口令：</translation>
    </message>
    <message>
        <source>PIN of the token %1: </source>
        <translation>令牌 %1 的 PIN：</translation>
    </message>
    <message>
        <source>Code or answer: </source>
        <translation>验证码或答案：</translation>
    </message>
    <message>
        <source>New password of %1 at %2: </source>
        <translation>%1 在 %2 的新密码：</translation>
    </message>
    <message>
        <source>Once more: </source>
        <translation>再次输入：</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Your password has expired. The server wants a new one.</source>
        <translation>您的密码已过期。服务器要求设置新密码。</translation>
    </message>
    <message>
        <source>The proxy %1 wants to know who you are.</source>
        <translation>代理 %1 要求验证您的身份。</translation>
    </message>
    <message>
        <source>Connect all the same? Type yes: </source>
        <translation>仍要连接吗？请输入 yes：</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Migrate</name>
    <message>
        <source>migrated</source>
        <translation>已迁移</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>已计划</translation>
    </message>
    <message>
        <source>server not ready</source>
        <translation>服务器未就绪</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Comes along:</source>
        <translation>保留：</translation>
    </message>
    <message>
        <source>Stays behind:</source>
        <translation>不再使用：</translation>
    </message>
    <message>
        <source>Needed: %1 (%2)</source>
        <translation>需要：%1（%2）</translation>
    </message>
    <message>
        <source>“%1” has its old settings again.</source>
        <translation>“%1”已恢复旧设置。</translation>
    </message>
    <message>
        <source>Asking %1 what it offers…</source>
        <translation>正在询问 %1 提供什么…</translation>
    </message>
    <message>
        <source>A letter to the administrator: ternctl letter “%1”</source>
        <translation>给管理员的信：ternctl letter “%1”</translation>
    </message>
    <message>
        <source>Everything is as it was before.</source>
        <translation>一切都和以前一样。</translation>
    </message>
    <message>
        <source>Done: “%1” now uses the new settings. To bring the old ones back: ternctl migrate --undo “%1”</source>
        <translation>完成：“%1”现在使用新设置。要恢复旧设置：ternctl migrate --undo “%1”</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>FROM</source>
        <translation>原先</translation>
    </message>
    <message>
        <source>TO</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>RESULT</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>There is nothing to migrate.</source>
        <translation>没有需要迁移的连接。</translation>
    </message>
    <message>
        <source>TYPE</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>SERVER</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>No connection has been replaced.</source>
        <translation>没有被替换的连接。</translation>
    </message>
    <message>
        <source>To: %1</source>
        <translation>收件人：%1</translation>
    </message>
    <message>
        <source>Subject: %1</source>
        <translation>主题：%1</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Options</name>
    <message>
        <source>“%1” has no option %2.</source>
        <translation>“%1”没有选项 %2。</translation>
    </message>
    <message>
        <source>%1 takes no value.</source>
        <translation>%1 不带值。</translation>
    </message>
    <message>
        <source>%1 needs a value.</source>
        <translation>%1 需要一个值。</translation>
    </message>
    <message>
        <source>Which file?</source>
        <translation>哪个文件？</translation>
    </message>
    <message>
        <source>Which connection?</source>
        <translation>哪个连接？</translation>
    </message>
    <message>
        <source>“%1” is one argument too many.</source>
        <translation>“%1”是多余的参数。</translation>
    </message>
    <message>
        <source>What shall ternctl do?</source>
        <translation>要 ternctl 做什么？</translation>
    </message>
    <message>
        <source>ternctl knows no command “%1”.</source>
        <translation>ternctl 没有命令“%1”。</translation>
    </message>
    <message>
        <source>Which setting? Write KEY=VALUE.</source>
        <translation>哪项设置？请写成“键=值”。</translation>
    </message>
    <message>
        <source>Which fingerprint?</source>
        <translation>哪个指纹？</translation>
    </message>
    <message>
        <source>Which files or folders?</source>
        <translation>哪些文件或文件夹？</translation>
    </message>
    <message>
        <source>%1 is one of: %2.</source>
        <translation>%1 可以是：%2。</translation>
    </message>
    <message>
        <source>Which server?</source>
        <translation>哪台服务器？</translation>
    </message>
    <message>
        <source>--all goes with neither a connection nor what is said of one.</source>
        <translation>--all 不能与连接名称或只针对一个连接的选项同时使用。</translation>
    </message>
    <message>
        <source>--rate and --ca go with --probe only.</source>
        <translation>--rate 和 --ca 只能与 --probe 同时使用。</translation>
    </message>
    <message>
        <source>--rate is a number from 1 to %1.</source>
        <translation>--rate 是 1 到 %1 之间的数字。</translation>
    </message>
    <message>
        <source>Usage: ternctl COMMAND [OPTIONS]

Commands
  import FILE…                 Import connections from Windows phonebooks (.pbk) and other files
  list                         List the connections
  show NAME                    Show one connection
  set NAME KEY=VALUE…          Change settings of a connection: name, server, username, domain;
                               on or off: full-tunnel, remember-password, legacy-algorithms
                               (outdated encryption, for a server that has nothing better);
                               for SSTP: port, sni=NAME or off (the name sent in TLS), sstp-host, tenant-id,
                               proxy=http://HOST:PORT, socks5://HOST:PORT, none or system;
                               tcp=automatic (where UDP does not get through), never or always;
                               post-quantum=automatic, required or off, ppk-id, ppk-required (on or off);
                               certificate=FILE or pkcs11:URI, certificate-key likewise, auth,
                               certificate-first (on or off), rsa-signature, local-identity;
                               inner=METHOD,…, outer-identity, eap-server-names=NAME,…,
                               eap-tls-1.3 and require-cryptobinding (on or off);
                               ca=FILE (the authority of its server), pin=sha256:…[,…] (keys of its server),
                               revocation=soft, strict or off, server-name
  connect NAME                 Connect; asks for the password when it is needed
      --wait                   Return when connected, or when it failed; Ctrl-C gives up
      --username USER          Log in as USER
      --password-stdin         Read the password from the first line of standard input
      --key-secret-stdin       Likewise the pass phrase or PIN of your key, before the password
      --acknowledge-l2tp       You know that L2TP is not safe, where your organisation still allows it
  disconnect [NAME]            Disconnect; without a NAME whatever is connected
      --wait                   Return when the network is as it was
  status                       Show what is connected
      --watch                  Go on showing what changes
  certificate NAME             Show what the server of NAME proved itself with, also when it was refused
  trust NAME FINGERPRINT       Trust that certificate, and it alone: after comparing its SHA-256 fingerprint
  probe HOST[:PORT]            Ask a server what it offers: IKEv2, SSTP (on PORT), PPTP, L2TP; no password is sent
      --ca FILE                Whom to trust, instead of the system&apos;s authorities
  policy                       Show what the administrator of this computer has laid down
  migrate NAME                 Replace a connection that uses retired or weak settings: check the server, try the new
                               settings by a real connection, and keep them if it works
      --all                    All such connections, one after another
      --to ikev2, sstp or auto Which protocol; auto, the default, chooses what is best
      --dry-run                Only tell what would be done
      --no-check, --no-try     Do not ask the server what it offers; keep the settings without a trial
      --stay                   Stay connected when the trial worked
      --server HOST, --username USER, --ca FILE, --certificate FILE, --new-shared-key, --allow-weak
                               Answers to what the plan asks
      --password-stdin, --key-secret-stdin   As with connect
      --undo                   Bring the old connection back
  archive                      List the connections that were replaced
  letter NAME                  Write to the administrator: what was found, and how to enable SSTP or IKEv2
      --format text, markdown or html
  log                          Show what happened
      --follow                 Go on showing what happens
  export NAME                  Write a connection as another program&apos;s file; no passwords are in it
      --format FORMAT          pbk (Windows phonebook, the usual one), powershell (a script for Windows),
                               mobileconfig (iPhone, Mac), sswan (strongSwan), networkmanager, profilexml (Intune)
      --output FILE            Write there instead of to standard output
  audit PATH…                  Judge the connections in files, folders or a whole Windows disk that is mounted,
                               without importing anything; needs no service and no network unless --probe is given
      --probe                  Then ask each server once what it offers, by way of Tern&apos;s service, for the report
      --rate N                 Ask at most N servers a minute, 30 when nothing is said, 600 at most
      --ca FILE                Whom to trust when asking, instead of the system&apos;s authorities
      --format FORMAT          text, json (an object a line), csv, sarif or html; text is the usual one
      --output FILE            Write there instead of to standard output
      --fail-on GRADE          End with code 10 when a connection is this bad or worse: broken, retired (the
                               usual one), can-fall-back or weak; not-judged (also those of other programs,
                               of which Tern knows nothing); never

NAME is a connection&apos;s name, the beginning of one, or its id.
--json prints JSON instead (import, list, show, connect, status, log, certificate, probe, policy, migrate, archive, letter,
audit); --watch and --follow print one object a line.
--help, --version.

Exit codes
  0  done                              6  no answer, name not found, connection lost
  1  failed for another reason         7  Tern&apos;s service is not running or not allowed
  2  command line not understood       8  the server could not prove who it is
  3  connection or file not found      9  nothing could be imported; audit: not all could be read
  4  refused: PPTP, L2TP              10  audit: something as bad as --fail-on says, or worse
  5  user name or password            11  L2TP has to be acknowledged first
     not accepted                     12  the server offers nothing to migrate to
                                     130  interrupted
probe: 0 IKEv2 or SSTP can be used, 4 only PPTP or L2TP, 6 nothing answers, 8 the certificate is wrong, 1 other faults
audit --probe: what the servers offer does not count; with 130, and with 7 in the middle, the report has what is known
</source>
        <translation>用法：ternctl 命令 [选项]

命令
  import 文件…                 从 Windows 电话簿（.pbk）和其他文件导入连接
  list                         列出连接
  show 名称                    显示一个连接
  set 名称 键=值…              更改连接的设置：name、server、username、domain；
                               on 或 off：full-tunnel、remember-password、legacy-algorithms
                               （过时的加密，用于没有更好加密的服务器）；
                               用于 SSTP：port、sni=名称 或 off（在 TLS 中发送的名称）、sstp-host、tenant-id、
                               proxy=http://主机:端口、socks5://主机:端口、none 或 system；
                               tcp=automatic（UDP 无法通过时）、never 或 always；
                               post-quantum=automatic、required 或 off，ppk-id，ppk-required（on 或 off）；
                               certificate=文件 或 pkcs11:URI，certificate-key 同样，auth，
                               certificate-first（on 或 off），rsa-signature，local-identity；
                               inner=方法,…，outer-identity，eap-server-names=名称,…，
                               eap-tls-1.3 与 require-cryptobinding（on 或 off）；
                               ca=文件（其服务器的颁发机构）、pin=sha256:…[,…]（其服务器的密钥）、
                               revocation=soft、strict 或 off，server-name
  connect 名称                 连接；需要时询问密码
      --wait                   连接成功或失败后才返回；按 Ctrl-C 放弃
      --username 用户          以此用户登录
      --password-stdin         从标准输入的第一行读取密码
      --key-secret-stdin       同样读取密钥的口令或 PIN，先于密码
      --acknowledge-l2tp       您知道 L2TP 不安全，而您的组织仍允许使用它
  disconnect [名称]            断开；不给名称则断开当前的连接
      --wait                   网络恢复原状后才返回
  status                       显示已连接的内容
      --watch                  持续显示变化
  certificate 名称             显示该连接的服务器出示了什么证书，被拒绝的也显示
  trust 名称 指纹              核对 SHA-256 指纹之后信任该证书，且只信任它
  policy                       显示本机管理员制定的策略
  probe HOST[:PORT]            询问服务器提供什么：IKEv2、SSTP（在 PORT 上）、PPTP、L2TP；不发送密码
      --ca FILE                信任谁，代替系统的证书颁发机构
  migrate 名称                 替换使用已淘汰或较弱设置的连接：检查服务器，用真实连接试用新设置，可用则保留
      --all                    逐个处理所有这样的连接
      --to ikev2、sstp 或 auto  使用哪种协议；默认的 auto 选择最好的
      --dry-run                只说明会做什么
      --no-check、--no-try     不询问服务器提供什么；不试用就保留设置
      --stay                   试用成功后保持连接
      --server 主机、--username 用户、--ca 文件、--certificate 文件、--new-shared-key、--allow-weak
                               回答方案中的问题
      --password-stdin、--key-secret-stdin   与 connect 相同
      --undo                   恢复旧连接
  archive                      列出被替换的连接
  letter 名称                  写信给管理员：发现了什么，以及如何启用 SSTP 或 IKEv2
      --format text、markdown 或 html
  log                          显示发生过的事情
      --follow                 持续显示新发生的事情
  export 名称                  将连接写成其他程序的文件；其中没有密码
      --format 格式            pbk（Windows 电话簿，默认）、powershell（Windows 脚本）、
                               mobileconfig（iPhone、Mac）、sswan（strongSwan）、networkmanager、profilexml（Intune）
      --output 文件            写入该文件，而不是标准输出
  audit 路径…                  检查文件、文件夹或整个已挂载的 Windows 磁盘中的连接，不导入任何内容；
                               不加 --probe 时不需要服务，也不需要网络
      --probe                  然后通过 Tern 的服务询问每台服务器提供什么，各问一次，写入报告
      --rate N                 每分钟最多询问 N 台服务器；默认 30，最多 600
      --ca 文件                询问时信任谁，代替系统的证书颁发机构
      --format 格式            text、json（每行一个对象）、csv、sarif 或 html；默认为 text
      --output 文件            写入该文件，而不是标准输出
      --fail-on 等级           有连接达到或差于此等级时以代码 10 结束：broken、retired（默认）、
                               can-fall-back 或 weak；not-judged（连同其他程序的、Tern 无从
                               判断的连接）；never 表示从不

“名称”可以是连接的名称、名称的开头，或它的标识。
--json 改为输出 JSON（import、list、show、connect、status、log、certificate、migrate、archive、letter、probe、policy、audit）；--watch 和 --follow 每行输出一个对象。
--help、--version。

退出码
  0  完成                              6  没有响应、名称找不到、连接中断
  1  因其他原因失败                    7  Tern 的服务没有运行，或没有权限
  2  命令行无法理解                    8  服务器无法证明自己的身份
  3  找不到连接或文件                  9  没有可以导入的内容；audit：有内容无法读取
  4  拒绝：PPTP、L2TP                 10  audit：发现达到或差于 --fail-on 的连接
  5  用户名或密码未被接受
                                      11  须先确认使用 L2TP
                                      12  服务器没有可以迁移过去的方式
                                     130  被中断
probe：0 可以使用 IKEv2 或 SSTP，4 只有 PPTP 或 L2TP，6 没有应答，8 证书有误，1 其他问题
audit --probe：服务器提供什么不影响退出码；退出码为 130，或中途为 7 时，报告包含已得知的内容
</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Present</name>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>unsupported</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>BROKEN</source>
        <translation>可被破解</translation>
    </message>
    <message>
        <source>RETIRED</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>can fall back</source>
        <translation>可能降级</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>偏弱</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>There are no connections yet. Import a phonebook: ternctl import FILE</source>
        <translation>还没有连接。请导入电话簿：ternctl import 文件</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>TYPE</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>SERVER</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>USER</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>SAFETY</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>authentication</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>domain</source>
        <translation>域</translation>
    </message>
    <message>
        <source>password stored</source>
        <translation>已保存密码</translation>
    </message>
    <message>
        <source>all traffic through the tunnel</source>
        <translation>所有流量经过隧道</translation>
    </message>
    <message>
        <source>routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>DNS servers</source>
        <translation>DNS 服务器</translation>
    </message>
    <message>
        <source>DNS domains</source>
        <translation>DNS 域</translation>
    </message>
    <message>
        <source>from</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Added %1, skipped %2.</source>
        <translation>添加 %1 个，跳过 %2 个。</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>post-quantum protection</source>
        <translation>后量子保护</translation>
    </message>
    <message>
        <source>post-quantum pre-shared key (PPK)</source>
        <translation>后量子预共享密钥（PPK）</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必须</translation>
    </message>
    <message>
        <source>when the server offers it</source>
        <translation>服务器支持时启用</translation>
    </message>
    <message>
        <source>not on this computer: it needs OpenSSL 3.5 or later</source>
        <translation>这台计算机不支持：需要 OpenSSL 3.5 或更高版本</translation>
    </message>
    <message>
        <source>%1 over TCP port %2</source>
        <translation>%1（通过 TCP 端口 %2）</translation>
    </message>
    <message>
        <source>waiting for a network</source>
        <translation>正在等待网络</translation>
    </message>
    <message>
        <source>moving to another network</source>
        <translation>正在切换到另一个网络</translation>
    </message>
    <message>
        <source>checking the connection</source>
        <translation>正在检查连接</translation>
    </message>
    <message>
        <source>always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>where UDP does not get through</source>
        <translation>UDP 无法通过时</translation>
    </message>
    <message>
        <source>IKEv2 over TCP</source>
        <translation>通过 TCP 的 IKEv2</translation>
    </message>
    <message>
        <source>proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>name sent in TLS</source>
        <translation>在 TLS 中发送的名称</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>%1, because of %2; without that: %3</source>
        <translation>%1，原因：%2；若无此问题则为：%3</translation>
    </message>
    <message>
        <source>allowed until</source>
        <translation>获准使用到</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n day(s) left)</source>
        <translation>
            <numerusform>%1（还剩 %n 天）</numerusform>
        </translation>
    </message>
    <message>
        <source>replaced by</source>
        <translation>替代者</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>出处：%1</translation>
    </message>
    <message>
        <source>safety</source>
        <translation>安全等级</translation>
    </message>
    <message>
        <source>This computer has no policy. PPTP and L2TP are refused.</source>
        <translation>本机没有策略。PPTP 和 L2TP 均被拒绝。</translation>
    </message>
    <message>
        <source>organisation</source>
        <translation>组织</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>allowed until %1, after a confirmation</source>
        <translation>经确认后获准使用到 %1</translation>
    </message>
    <message>
        <source>minimum grade</source>
        <translation>最低等级</translation>
    </message>
    <message>
        <source>authority of its own</source>
        <translation>自有颁发机构</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>已被替代</translation>
    </message>
    <message>
        <source>files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>none, the server refused it</source>
        <translation>无，服务器拒绝了名称</translation>
    </message>
    <message>
        <source>host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>tenant</source>
        <translation>租户</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>未评级</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Probe</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>what to do</source>
        <translation>应对办法</translation>
    </message>
    <message>
        <source>fragments</source>
        <translation>分片</translation>
    </message>
    <message>
        <source>childless</source>
        <translation>无子 SA</translation>
    </message>
    <message>
        <source>redirects</source>
        <translation>重定向</translation>
    </message>
    <message>
        <source>signatures with SHA-2</source>
        <translation>SHA-2 签名</translation>
    </message>
    <message>
        <source>offers</source>
        <translation>提供</translation>
    </message>
    <message>
        <source>post-quantum protection</source>
        <translation>抗量子保护</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>refused with</source>
        <translation>拒绝原因</translation>
    </message>
    <message>
        <source>made by</source>
        <translation>厂商</translation>
    </message>
    <message>
        <source>versions of TLS</source>
        <translation>TLS 版本</translation>
    </message>
    <message>
        <source>cipher</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>issued by</source>
        <translation>颁发者</translation>
    </message>
    <message>
        <source>valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>suite</source>
        <translation>加密套件</translation>
    </message>
    <message>
        <source>calls itself</source>
        <translation>自称</translation>
    </message>
    <message>
        <source>Asked through the VPN that is connected.</source>
        <translation>是通过已连接的 VPN 询问的。</translation>
    </message>
    <message>
        <source>PROTOCOL</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>VERDICT</source>
        <translation>结论</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Settings</name>
    <message>
        <source>“%1” is not KEY=VALUE.</source>
        <translation>“%1”不是“键=值”的形式。</translation>
    </message>
    <message>
        <source>%1 is given twice.</source>
        <translation>%1 给出了两次。</translation>
    </message>
    <message>
        <source>%1 is on or off.</source>
        <translation>%1 只能是 on 或 off。</translation>
    </message>
</context>
<context>
    <name>tern::ctl::Survey</name>
    <message numerus="yes">
        <source>%n server(s) will be asked.</source>
        <translation>
            <numerusform>将询问 %n 台服务器。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That takes about %n minute(s).</source>
        <translation>
            <numerusform>大约需要 %n 分钟。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ctrl-C ends it with a report of what is known.</source>
        <translation>按 Ctrl-C 结束，报告包含已得知的内容。</translation>
    </message>
    <message>
        <source>%1 of %2: asking %3</source>
        <translation>第 %1 台，共 %2 台：正在询问 %3</translation>
    </message>
</context>
<context>
    <name>tern::engine::Controller</name>
    <message>
        <source>Connecting to %1.</source>
        <translation>正在连接 %1。</translation>
    </message>
    <message>
        <source>Connected to %1.</source>
        <translation>已连接到 %1。</translation>
    </message>
    <message>
        <source>The connection to %1 is interrupted; trying again.</source>
        <translation>到 %1 的连接中断；正在重试。</translation>
    </message>
    <message>
        <source>Disconnected from %1.</source>
        <translation>已从 %1 断开。</translation>
    </message>
    <message>
        <source>No network leads to %1 now; waiting for one.</source>
        <translation>目前没有通往 %1 的网络，正在等待。</translation>
    </message>
</context>
<context>
    <name>tern::engine::Migrations</name>
    <message>
        <source>Trying new settings for %1.</source>
        <translation>正在试用 %1 的新设置。</translation>
    </message>
    <message>
        <source>%1 now uses the new settings.</source>
        <translation>%1 现在使用新设置。</translation>
    </message>
    <message>
        <source>%1 has its old settings again.</source>
        <translation>%1 已恢复旧设置。</translation>
    </message>
</context>
<context>
    <name>tern::engine::Service</name>
    <message>
        <source>Tern %1 is ready.</source>
        <translation>Tern %1 已就绪。</translation>
    </message>
    <message>
        <source>Imported %1: %2 added, %3 skipped.</source>
        <translation>已导入 %1：添加 %2 个，跳过 %3 个。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is trusted from now on.</source>
        <translation>从现在起信任该服务器证书。</translation>
    </message>
    <message>
        <source>Checking what %1 offers.</source>
        <translation>正在检查 %1 提供什么。</translation>
    </message>
</context>
<context>
    <name>tern::gui::Application</name>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation>%1 未连接</translation>
    </message>
</context>
<context>
    <name>tern::gui::EngineClient</name>
    <message>
        <source>The answer could not be passed on</source>
        <translation>无法传递您的回答</translation>
    </message>
    <message>
        <source>“%1” could not be connected</source>
        <translation>“%1”无法连接</translation>
    </message>
    <message>
        <source>“%1” could not be disconnected</source>
        <translation>“%1”无法断开</translation>
    </message>
    <message>
        <source>“%1” could not be changed</source>
        <translation>“%1”无法更改</translation>
    </message>
    <message>
        <source>“%1” could not be removed</source>
        <translation>“%1”无法删除</translation>
    </message>
    <message>
        <source>The password could not be forgotten</source>
        <translation>无法清除已保存的密码</translation>
    </message>
    <message>
        <source>“%1” could not be imported</source>
        <translation>“%1”无法导入</translation>
    </message>
    <message>
        <source>Tern cannot read this file.</source>
        <translation>Tern 无法读取此文件。</translation>
    </message>
    <message>
        <source>Check that it is a file on this computer and that you may open it, then try again.</source>
        <translation>请确认它是这台电脑上的文件且您有权打开，然后重试。</translation>
    </message>
    <message>
        <source>The certificate is not trusted</source>
        <translation>未能信任该证书</translation>
    </message>
    <message>
        <source>The old settings could not be brought back</source>
        <translation>无法恢复旧设置</translation>
    </message>
</context>
<context>
    <name>tern::gui::MigrationView</name>
    <message>
        <source>This file cannot be read</source>
        <translation>无法读取这个文件</translation>
    </message>
    <message>
        <source>The letter could not be saved</source>
        <translation>无法保存信件</translation>
    </message>
</context>
<context>
    <name>tern::gui::Notifier</name>
    <message>
        <source>Tern</source>
        <translation>Tern</translation>
    </message>
    <message>
        <source>Open Tern</source>
        <translation>打开 Tern</translation>
    </message>
</context>
<context>
    <name>tern::gui::ProbeView</name>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Encryption (IKEv2)</source>
        <translation>加密（IKEv2）</translation>
    </message>
    <message>
        <source>Post-quantum protection</source>
        <translation>抗量子保护</translation>
    </message>
    <message>
        <source>Server&apos;s program</source>
        <translation>服务器程序</translation>
    </message>
    <message>
        <source>TLS versions (SSTP)</source>
        <translation>TLS 版本（SSTP）</translation>
    </message>
    <message>
        <source>Encryption (SSTP)</source>
        <translation>加密（SSTP）</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Certificate&apos;s names</source>
        <translation>证书的名称</translation>
    </message>
    <message>
        <source>Certificate issued by</source>
        <translation>证书颁发者</translation>
    </message>
    <message>
        <source>Certificate valid until</source>
        <translation>证书有效期至</translation>
    </message>
    <message>
        <source>PPTP server</source>
        <translation>PPTP 服务器</translation>
    </message>
    <message>
        <source>Encryption (L2TP)</source>
        <translation>加密（L2TP）</translation>
    </message>
</context>
<context>
    <name>tern::gui::ServerCertificateView</name>
    <message>
        <source>The certificate file cannot be read</source>
        <translation>无法读取证书文件</translation>
    </message>
    <message>
        <source>It is too large for one.</source>
        <translation>它太大，不像证书文件。</translation>
    </message>
    <message>
        <source>The certificate cannot be saved</source>
        <translation>无法保存证书</translation>
    </message>
</context>
<context>
    <name>tern::gui::SystemTray</name>
    <message>
        <source>Connected to %1</source>
        <translation>已连接到 %1</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation>%1 未连接</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel connecting</source>
        <translation>取消连接</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Open Tern</source>
        <translation>打开 Tern</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>%1: waiting for a network</source>
        <translation>%1：正在等待网络</translation>
    </message>
    <message>
        <source>%1: moving to another network</source>
        <translation>%1：正在切换到另一个网络</translation>
    </message>
    <message>
        <source>%1: checking the connection</source>
        <translation>%1：正在检查连接</translation>
    </message>
</context>
<context>
    <name>tern::migrate::Letter</name>
    <message>
        <source>the server&apos;s public name</source>
        <translation>服务器的公共名称</translation>
    </message>
    <message>
        <source>Hello,</source>
        <translation>您好，</translation>
    </message>
    <message>
        <source>To the administrators of %1:</source>
        <translation>致 %1 的管理员：</translation>
    </message>
    <message>
        <source>my VPN connection “%1” to %2 uses %3. It is no longer considered safe, current systems stop supporting it, and my VPN program refuses it.</source>
        <translation>我的 VPN 连接“%1”（服务器 %2）使用 %3。它已被认为不安全，新的系统不再支持它，我的 VPN 程序也拒绝使用它。</translation>
    </message>
    <message>
        <source>my VPN connection “%1” to %2 can be made safer.</source>
        <translation>我的 VPN 连接“%1”（服务器 %2）可以更安全。</translation>
    </message>
    <message>
        <source>What the settings of my connection say</source>
        <translation>我的连接设置表明</translation>
    </message>
    <message>
        <source>What the server answered</source>
        <translation>服务器的应答</translation>
    </message>
    <message>
        <source>I asked from my own network, without a user name or password. A firewall on the way may hide what the server offers.</source>
        <translation>我是从自己的网络询问的，没有使用用户名或密码。途中的防火墙可能会隐藏服务器提供的内容。</translation>
    </message>
    <message>
        <source>What I ask you for</source>
        <translation>我的请求</translation>
    </message>
    <message>
        <source>Please offer SSTP or IKEv2 on this server; best are both. Most servers that offer PPTP or L2TP can offer these too, without a new machine.</source>
        <translation>请在这台服务器上提供 SSTP 或 IKEv2，最好两者都提供。大多数提供 PPTP 或 L2TP 的服务器也能提供它们，不需要新机器。</translation>
    </message>
    <message>
        <source>Please give IKEv2 on this server up-to-date algorithms. It answers, but only to encryption that is too weak today.</source>
        <translation>请为这台服务器的 IKEv2 配置最新的算法。它有应答，但只接受如今已太弱的加密。</translation>
    </message>
    <message>
        <source>Please repair what is there: the server answers, but my program cannot use it as it is. The reasons are above; most often it is the certificate.</source>
        <translation>请修复现有的服务：服务器有应答，但我的程序无法使用。原因见上；最常见的是证书问题。</translation>
    </message>
    <message>
        <source>The server already offers something better. Please tell me how I sign in with it, and switch PPTP and L2TP off when everybody has moved.</source>
        <translation>服务器已经提供更好的方式。请告诉我如何登录，并在所有人迁移后停用 PPTP 和 L2TP。</translation>
    </message>
    <message>
        <source>Other servers</source>
        <translation>其他服务器</translation>
    </message>
    <message>
        <source>Most routers and firewalls have IKEv2 or SSTP too: look in their manual for IKEv2 with EAP-MSCHAPv2 and a server certificate, with AES-256, SHA-256 and group 14 or better.</source>
        <translation>大多数路由器和防火墙也有 IKEv2 或 SSTP：请在手册中查找使用 EAP-MSCHAPv2 和服务器证书的 IKEv2，算法为 AES-256、SHA-256 和 group 14 或更好。</translation>
    </message>
    <message>
        <source>What I need from you then</source>
        <translation>之后我需要您提供</translation>
    </message>
    <message>
        <source>the name of the server to connect to</source>
        <translation>要连接的服务器名称</translation>
    </message>
    <message>
        <source>how I sign in: user name with or without a domain, or a certificate</source>
        <translation>我如何登录：带或不带域的用户名，或者证书</translation>
    </message>
    <message>
        <source>the certificate of your authority, if it is not a public one</source>
        <translation>如果不是公共颁发机构，请提供你们颁发机构的证书</translation>
    </message>
    <message>
        <source>Please do not send passwords or shared keys by mail. Thank you!</source>
        <translation>请不要通过邮件发送密码或共享密钥。谢谢！</translation>
    </message>
    <message>
        <source>VPN at %1: please enable SSTP or IKEv2</source>
        <translation>%1 的 VPN：请启用 SSTP 或 IKEv2</translation>
    </message>
    <message>
        <source>VPN at %1: please update its encryption</source>
        <translation>%1 的 VPN：请更新加密</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
    <message>
        <source>Install the role</source>
        <translation>安装角色</translation>
    </message>
    <message>
        <source>Only where Routing and Remote Access is not set up yet. It comes with Windows Server.</source>
        <translation>仅在尚未设置“路由和远程访问”时需要。它是 Windows Server 自带的。</translation>
    </message>
    <message>
        <source>Get a certificate for the server</source>
        <translation>为服务器准备证书</translation>
    </message>
    <message>
        <source>SSTP and IKEv2 prove the server by a certificate. It must be in the computer&apos;s store with its private key, hold the name that people dial (%1) as a subject alternative name, and have the extended key usage “Server Authentication” (1.3.6.1.5.5.7.3.1). If the computer has several, add “IP security IKE intermediate” (1.3.6.1.5.5.8.2.2) to the one for IKEv2, so that it is chosen. From a public authority it needs nothing on our computers; from your own, please send us the authority&apos;s certificate. This lists what is there:</source>
        <translation>SSTP 和 IKEv2 用证书证明服务器的身份。证书必须连同私钥放在计算机存储中，使用者可选名称里有大家拨打的名称（%1），并具有增强型密钥用法“服务器身份验证”（1.3.6.1.5.5.7.3.1）。如果计算机有多个证书，请为 IKEv2 用的那个加上“IP 安全 IKE 中级”（1.3.6.1.5.5.8.2.2），以便选中它。公共机构颁发的证书在我们的计算机上无需任何设置；如果是你们自己的机构颁发的，请把该机构的证书发给我们。下面的命令列出现有的证书：</translation>
    </message>
    <message>
        <source>Enable SSTP</source>
        <translation>启用 SSTP</translation>
    </message>
    <message>
        <source>Bind the certificate to SSTP (put its thumbprint in the place of THUMBPRINT) and let calls in. SSTP uses TCP port 443 and gets through nearly every firewall.</source>
        <translation>把证书绑定到 SSTP（用证书的指纹替换 THUMBPRINT），并允许呼入。SSTP 使用 TCP 443 端口，几乎能通过所有防火墙。</translation>
    </message>
    <message>
        <source>Enable IKEv2</source>
        <translation>启用 IKEv2</translation>
    </message>
    <message>
        <source>Let calls in, and allow long messages in pieces (Windows Server 2019 and newer). People sign in by EAP: enable it here, and choose “Microsoft: Secured password (EAP-MSCHAP v2)” in the network policy (NPS).</source>
        <translation>允许呼入，并允许长消息分段发送（Windows Server 2019 及更新版本）。用户通过 EAP 登录：在此启用 EAP，并在网络策略（NPS）中选择“Microsoft: 安全密码(EAP-MSCHAP v2)”。</translation>
    </message>
    <message>
        <source>Harden IKEv2</source>
        <translation>加固 IKEv2</translation>
    </message>
    <message>
        <source>By default Windows Server takes 3DES, SHA-1 and a 1024-bit group, which are too weak today. This sets AES-256, SHA-256 and a 2048-bit group:</source>
        <translation>Windows Server 默认使用 3DES、SHA-1 和 1024 位的组，如今已太弱。下面的命令设置 AES-256、SHA-256 和 2048 位的组：</translation>
    </message>
    <message>
        <source>Windows computers have to be told the same values (put the connection&apos;s name in the place of NAME). Tern needs nothing.</source>
        <translation>Windows 计算机也要设置相同的值（用连接的名称替换 NAME）。Tern 无需设置。</translation>
    </message>
    <message>
        <source>Open the ports</source>
        <translation>开放端口</translation>
    </message>
    <message>
        <source>SSTP: TCP 443. IKEv2: UDP 500 and UDP 4500. On the server as below, and on every firewall and router in front of it.</source>
        <translation>SSTP：TCP 443。IKEv2：UDP 500 和 UDP 4500。在服务器上按如下命令开放，并在它前面的每个防火墙和路由器上开放。</translation>
    </message>
    <message>
        <source>Switch PPTP and L2TP off</source>
        <translation>停用 PPTP 和 L2TP</translation>
    </message>
    <message>
        <source>When everybody has moved. Then close TCP 1723, IP protocol 47 (GRE) and UDP 1701 in the firewall.</source>
        <translation>在所有人迁移之后进行。然后在防火墙中关闭 TCP 1723、IP 协议 47（GRE）和 UDP 1701。</translation>
    </message>
    <message>
        <source>How to do it on Windows Server (Routing and Remote Access)</source>
        <translation>在 Windows Server（路由和远程访问）上如何操作</translation>
    </message>
    <message>
        <source>The commands are for PowerShell, run as administrator. Open connections are cut when the service is restarted.</source>
        <translation>这些命令用于以管理员身份运行的 PowerShell。重启服务时，已打开的连接会中断。</translation>
    </message>
    <message>
        <source>VPN at %1: please repair SSTP or IKEv2</source>
        <translation>%1 的 VPN：请修复 SSTP 或 IKEv2</translation>
    </message>
    <message>
        <source>VPN at %1: how do I sign in by IKEv2 or SSTP?</source>
        <translation>%1 的 VPN：如何用 IKEv2 或 SSTP 登录？</translation>
    </message>
    <message>
        <source>VPN at %1: how do I sign in by IKEv2?</source>
        <translation>%1 的 VPN：如何用 IKEv2 登录？</translation>
    </message>
    <message>
        <source>VPN at %1: how do I sign in by SSTP?</source>
        <translation>%1 的 VPN：如何用 SSTP 登录？</translation>
    </message>
</context>
</TS>
