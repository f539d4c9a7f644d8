"""A Windows phonebook as a person would bring it: what rasphone.pbk of Windows 10 holds, for the lab's server."""

from . import plan

_HEAD = """[{name}]
Encoding=1
PBVersion=6
Type={type}
AutoLogon=0
UseRasCredentials=1
LowDateTime=-1291415904
HighDateTime=31040211
DialParamsUID={uid}
Guid={guid}
VpnStrategy={strategy}
ExcludedProtocols=0
LcpExtensions=1
DataEncryption={encryption}
SwCompression=0
NegotiateMultilinkAlways=0
SkipDoubleDialDialog=0
DialMode=0
OverridePref=15
RedialAttempts=3
RedialSeconds=60
IdleDisconnectSeconds=0
RedialOnLinkFailure=1
CallbackMode=0
CustomDialDll=
CustomDialFunc=
CustomRasDialDll=
ForceSecureCompartment=0
DisableIKENameEkuCheck=0
AuthenticateServer=0
ShareMsFilePrint=1
BindMsNetClient=1
SharedPhoneNumbers=0
GlobalDeviceSettings=0
PrerequisiteEntry=
PrerequisitePbk=
PreferredPort=VPN{port}
PreferredDevice={device}
PreferredBps=0
PreferredHwFlow=1
PreferredProtocol=1
PreferredCompression=1
PreferredSpeaker=1
PreferredMdmProtocol=0
PreviewUserPw=1
PreviewDomain=1
PreviewPhoneNumber=0
ShowDialingProgress=1
ShowMonitorIconInTaskBar=1
CustomAuthKey={eap}
{eap_data}AuthRestrictions={auth}
IpPrioritizeRemote={full}
IpInterfaceMetric=0
IpHeaderCompression=0
IpAddress=0.0.0.0
IpDnsAddress=0.0.0.0
IpDns2Address=0.0.0.0
IpWinsAddress=0.0.0.0
IpWins2Address=0.0.0.0
IpAssign=1
IpNameAssign=1
IpDnsFlags=0
IpNBTFlags=1
TcpWindowSize=0
UseFlags=2
IpSecFlags=0
IpDnsSuffix=
Ipv6Assign=1
Ipv6Address=::
Ipv6PrefixLength=0
Ipv6PrioritizeRemote={full}
Ipv6InterfaceMetric=0
Ipv6NameAssign=1
Ipv6DnsAddress=::
Ipv6Dns2Address=::
Ipv6Prefix=0000000000000000
Ipv6InterfaceId=0000000000000000
DisableClassBasedDefaultRoute=0
DisableMobility=0
NetworkOutageTime=1800
IDI=
IDR=
ImsConfig=0
IdiType=0
IdrType=0
ProvisionType=0
PreSharedKey=
CacheCredentials=1
NumCustomPolicy=0
NumEku=0
UseMachineRootCert=0
Disable_IKEv2_Fragmentation=0
PlumbIKEv2TSAsRoutes=0
NumServers=0
NumRoutes=0
NumNrptRules=0
AutoTiggerCapable=0
NumAppIds=0
NumClassicAppIds=0
SecurityDescriptor=
ApnInfoProviderId=
ApnInfoUsername=
ApnInfoPassword=
ApnInfoAccessPoint=
ApnInfoAuthentication=1
ApnInfoCompression=0
DeviceComplianceEnabled=0
DeviceComplianceSsoEnabled=0
DeviceComplianceSsoEku=
DeviceComplianceSsoIssuer=
FlagsSet=0
Options=0
DisableDefaultDnsSuffixes=0
NumTrustedNetworks=0
ThirdPartyProfileInfo=
FlagsSet2=0
Options2=0

NETCOMPONENTS=
ms_msclient=1
ms_server=1

MEDIA=rastapi
Port=VPN{port}
Device={device}

DEVICE={kind}
PhoneNumber={server}
AreaCode=
CountryCode=0
CountryID=0
UseDialingRules=0
Comment=
FriendlyName=
LastSelectedPhone=0
PromoteAlternates=0
TryNextAlternateOnFail=1
"""

# An EAP-MSCHAPv2 blob: EAP type 26, no data of its own.
_MSCHAPV2_BLOB = "CustomAuthData=31444243" + "1A000000" + "08000000" + "0100000000000000" + "\n"

# How the user of an SSTP entry signs in, by the scenario's auth.
_SSTP = {
    "mschapv2": {"auth": 512},
    "eap-mschapv2": {"auth": 128, "eap": 26, "eap_data": _MSCHAPV2_BLOB},
    "pap": {"auth": 8, "encryption": 8},
    "chap": {"auth": 32, "encryption": 8},
    "eap-tls": {"auth": 128, "eap": 13},
}


def _entry(number, name, strategy, device, **more):
    values = {"type": 2, "kind": "vpn", "server": plan.SERVER_NAME, "encryption": 256, "eap": 0, "eap_data": "", "auth": 512, "full": 1,
              "port": f"{number}-0", "uid": 70000 + number, "guid": f"{number:032X}"} | more
    return _HEAD.format(name=name, strategy=strategy, device=device, **values)


def make(scenario, server=plan.SERVER_NAME):
    """The text of the phonebook, with CRLF as Windows writes it."""
    if scenario.auth == "psk":
        main = {"auth": 0x1000}
    else:
        main = {"auth": 128, "eap": 26, "eap_data": _MSCHAPV2_BLOB}
    if scenario.peer == "sstp":
        main = dict(_SSTP[scenario.auth])
    main["full"] = 1 if scenario.full_tunnel else 0
    kind = "SSTP" if scenario.peer == "sstp" else "IKEv2"
    entries = [
        _entry(1, f"Office ({kind})", 5 if kind == "SSTP" else 7, f"WAN Miniport ({kind})", server=server, **main),
        _entry(2, "Old office", 1, "WAN Miniport (PPTP)", server="pptp.example.test"),
        _entry(3, "Branch L2TP", 3, "WAN Miniport (L2TP)", server="l2tp.example.test"),
        _entry(4, "Partner SSTP", 5, "WAN Miniport (SSTP)", server="sstp.example.test"),
        _entry(5, "上海办公室", 14, "WAN 微型端口 (IKEv2)", server=server, **main),
        _entry(6, "宽带连接", 0, "WAN 微型端口(PPPOE)", type=5, kind="PPPoE", server="", encryption=8),
    ]
    if scenario.sstp:
        entries.insert(1, _entry(7, SSTP_ENTRY, 5, "WAN Miniport (SSTP)", server=server, full=main["full"], **_SSTP["mschapv2"]))
    return "\n".join(entries).replace("\n", "\r\n")


def make_old(servers):
    """The text of a phonebook with a PPTP entry for each server."""
    entries = [_entry(number, f"Old {server}", 1, "WAN Miniport (PPTP)", server=server) for number, server in enumerate(servers, 1)]
    return "\n".join(entries).replace("\n", "\r\n")


SSTP_ENTRY = "Office (SSTP)"
MAIN_ENTRY = "Office (IKEv2)"
PPTP_ENTRY = "Old office"
L2TP_ENTRY = "Branch L2TP"
