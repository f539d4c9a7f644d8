"""Files and mounts of a desk. All of it exists in the desk's mount namespace only; the machine's /etc is not touched."""

import os
import shutil
import subprocess
from pathlib import Path

PROGRAMS = "/run/tern-desk/bin"
_CONFIG = Path("/run/tern-desk")

_SYSTEM_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=/run/dbus/system_bus_socket</listen>
  <auth>EXTERNAL</auth>
  <servicedir>/run/tern-desk/system-services</servicedir>
  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Introspectable"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Properties"/>
  </policy>
  <includedir>/usr/share/dbus-1/system.d</includedir>
  <includedir>/run/tern-desk/system.d</includedir>
</busconfig>
"""

_SESSION_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={runtime}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>/run/tern-desk/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# The user of a desk counts as the active local user; nobody else does. logind, which would say so, does not run here.
_RULE = """polkit.addRule(function(action, subject) {{
  if (action.id == "org.ternvpn.helper.connect" && subject.user == "{user}")
    return polkit.Result.YES;
}});
"""

# As packaging/systemd has it: an ordinary system user with one capability, which it cannot pass on.
_HELPER = ("setpriv --reuid tern --regid tern --clear-groups --inh-caps -all,+net_admin --ambient-caps -all,+net_admin "
           "--bounding-set -all,+net_admin --no-new-privs")


def _mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True, text=True)


def _private_etc(job, work):
    """A copy of /etc that this desk may write, with the namespace's own files over it."""
    etc = work / "etc"
    etc.mkdir()
    _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", etc)
    # Not /etc/netns: other labs come and go there while we copy.
    entries = [f"/etc/{name}" for name in os.listdir("/etc") if name != "netns"]
    subprocess.run(["cp", "-a", "-t", str(etc), "--", *entries], check=True)
    own = Path("/etc/netns") / job["netns"]
    for file in own.iterdir() if own.is_dir() else ():
        target = etc / file.name
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        subprocess.run(["cp", "-a", str(file), str(target)], check=True)
    _mount("--bind", etc, "/etc")


def _resolver(job):
    resolv = Path("/etc/resolv.conf")
    servers = resolv.read_text(encoding="utf-8") if resolv.exists() else ""
    if not job["resolved"]:
        if resolv.is_symlink():
            resolv.unlink()
            resolv.write_text(servers, encoding="utf-8")
        return
    addresses = [line.split()[1] for line in servers.splitlines() if line.startswith("nameserver ")]
    folder = Path("/etc/systemd")
    folder.mkdir(exist_ok=True)
    shutil.rmtree(folder / "resolved.conf.d", ignore_errors=True)
    (folder / "resolved.conf").write_text(
        f"[Resolve]\nDNS={' '.join(addresses)}\nFallbackDNS=\nLLMNR=no\nMulticastDNS=no\nDNSSEC=no\n", encoding="ascii")
    resolv.unlink(missing_ok=True)
    resolv.symlink_to("../run/systemd/resolve/stub-resolv.conf")


def _users(job):
    """The helper's user and the desk's, where the machine has none of that name."""
    passwd = Path("/etc/passwd").read_text(encoding="utf-8")
    known = {line.split(":")[0]: int(line.split(":")[2]) for line in passwd.splitlines() if line.count(":") > 5}
    groups = {line.split(":")[0] for line in Path("/etc/group").read_text(encoding="utf-8").splitlines()}
    for name, first, home in (("tern", 990, "/nonexistent"), (job["user"], 61000, "/home/" + job["user"])):
        if name in known:
            continue
        uid = next(u for u in range(first, first - 500, -1) if u not in known.values())
        known[name] = uid
        with open("/etc/passwd", "a", encoding="utf-8") as out:
            out.write(f"{name}:x:{uid}:{uid}::{home}:/bin/sh\n")
        if name not in groups:
            with open("/etc/group", "a", encoding="utf-8") as out:
                out.write(f"{name}:x:{uid}:\n")


def _trust(job):
    if not job["ca"]:
        return
    certificate = Path(job["ca"]).read_text(encoding="ascii")
    with open("/etc/ssl/certs/ca-certificates.crt", "a", encoding="ascii") as out:
        out.write(certificate)
    done = subprocess.run(["openssl", "x509", "-noout", "-subject_hash", "-in", job["ca"]], check=True, capture_output=True,
                          text=True)
    Path("/etc/ssl/certs", f"{done.stdout.strip()}.0").write_text(certificate, encoding="ascii")


def mounts(job, work):
    _private_etc(job, work)
    _resolver(job)
    _users(job)
    _trust(job)
    run = work / "run"
    run.mkdir()
    _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", run)
    for folder in ("dbus", "user", "systemd/resolve", "tern-desk/bin", "tern-desk/services", "tern-desk/system-services",
                   "tern-desk/system.d", "lock"):
        (run / folder).mkdir(parents=True)
    if job["resolved"]:
        shutil.chown(run / "systemd/resolve", "systemd-resolve", "systemd-resolve")
    if Path("/run/tern-lab").is_dir():  # what the lab wrote stays readable
        (run / "tern-lab").mkdir()
        _mount("--bind", "/run/tern-lab", run / "tern-lab")
    _mount("--bind", run, "/run")
    _mount("-t", "sysfs", "sysfs", "/sys")
    sockets = Path("/tmp/.X11-unix")
    sockets.mkdir(exist_ok=True)
    if not job["display"]:
        _mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", sockets)
    tun = Path("/dev/net/tun")
    if not tun.exists() or tun.stat().st_mode & 0o006 != 0o006:  # udev's mode, where no udev runs
        devices = work / "net"
        devices.mkdir()
        _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", devices)
        subprocess.run(["mknod", "-m", "666", str(devices / "tun"), "c", "10", "200"], check=True)
        Path("/dev/net").mkdir(exist_ok=True)
        _mount("--bind", devices, "/dev/net")


def home(job, work, user):
    folder = Path(job["home"]).resolve() if job["home"] else work / "home"
    folder.mkdir(parents=True, exist_ok=True)
    os.chown(folder, user.pw_uid, user.pw_gid)
    if not job["home"]:
        folder.chmod(0o700)
    return folder


_WHERE = {"tern": "app/gui", "ternctl": "app/ctl", "ternd": "app/engine", "tern-helper": "app/helper"}


def programs(job):
    """Links to the four programs in one folder, from the build or else from PATH."""
    for name, folder in _WHERE.items():
        for place in (Path(job["build"], folder, name), Path(job["build"], "bin", name), shutil.which(name),
                      Path("/usr/libexec", name), Path("/usr/libexec/tern", name)):
            if place and Path(place).is_file():
                Path(PROGRAMS, name).symlink_to(place)
                break


def system_bus(job):
    config = _CONFIG / "system.conf"
    config.write_text(_SYSTEM_BUS, encoding="ascii")
    for policy in Path(job["source"], "packaging/dbus").glob("*.conf"):
        shutil.copy(policy, _CONFIG / "system.d")
    (_CONFIG / "system-services/org.ternvpn.Helper1.service").write_text(
        f"[D-BUS Service]\nName=org.ternvpn.Helper1\nExec=/usr/bin/{_HELPER} {PROGRAMS}/tern-helper\n", encoding="ascii")
    return config


def polkit(job, work):
    rules = Path("/etc/polkit-1/rules.d")
    rules.mkdir(parents=True, exist_ok=True)
    (rules / "00-desk.rules").write_text(_RULE.format(user=job["user"]), encoding="utf-8")
    ours = Path(job["source"], "packaging/polkit")
    for rule in ours.glob("*.rules"):
        shutil.copy(rule, rules)
    subprocess.run(["chown", "-R", "polkitd", str(rules)], check=True)
    actions = work / "actions"
    shutil.copytree("/usr/share/polkit-1/actions", actions)
    for policy in ours.glob("*.policy"):
        shutil.copy(policy, actions)
    _mount("--bind", actions, "/usr/share/polkit-1/actions")


def session_bus(job, user, env):
    services = _CONFIG / "services"
    (services / "org.ternvpn.Engine1.service").write_text(
        f"[D-BUS Service]\nName=org.ternvpn.Engine1\nExec={PROGRAMS}/ternd\n", encoding="ascii")
    if job["screen"]:
        shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", services)
    config = _CONFIG / "session.conf"
    config.write_text(_SESSION_BUS.format(runtime=env["XDG_RUNTIME_DIR"]), encoding="ascii")
    return config


def activation_environment(env, user):
    """Tells the session bus what the programs it starts have to know of the display."""
    subprocess.run(["dbus-update-activation-environment", "DISPLAY", *(["XAUTHORITY"] if "XAUTHORITY" in env else [])],
                   env=env, user=user.pw_uid, group=user.pw_gid, extra_groups=[], check=True, capture_output=True)
