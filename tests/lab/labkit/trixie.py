"""A Debian 13 root beside this Debian: strongSwan 6, OpenSSL 3.5 (which has ML-KEM), Qt 6.8 and a compiler, and Tern
built with them.

The root is made once, by debootstrap from the mirror that apt is configured with here, under TERN_TRIXIE_ROOT
(/var/cache/tern-lab/trixie). Everything that is made stays in it: the build, and ccache's folder.

Its strongSwan and its FreeRADIUS alone, without the rest and without ML-KEM, are a matter of seconds: peer() unpacks them
beside the root.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]
ROOT = Path(os.environ.get("TERN_TRIXIE_ROOT") or "/var/cache/tern-lab/trixie")
BUILD = ROOT / "build"
DESK = ROOT / "desk"  # what TERN_BUILD names, so that a desk of this Debian runs the programs of that one

_SUITE = "trixie"
_PLUGIN = Path(__file__).with_name("mlkem_plugin.c")
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_PEER = ["charon-systemd", "strongswan-swanctl", "libcharon-extra-plugins", "libcharon-extauth-plugins",
         "libstrongswan-extra-plugins", "libstrongswan-standard-plugins"]
_RADIUS = ["freeradius"]  # 3.2.7: Debian 12's crashes when it changes a password
_MORE = ["strongswan-pki", "openssl", "iproute2", "nftables"]
_TOOLS = {"build-essential": "g++", "clang": "", "clang-format": "", "clang-tidy": "", "lld": "", "git": ""}
_PROGRAMS = {"ternd": "app/engine/ternd", "ternctl": "app/ctl/ternctl", "tern": "app/gui/tern",
             "tern-helper": "app/helper/tern-helper", "ike_probe": "tests/interop/ike_probe",
             "tunnel_probe": "tests/interop/tunnel_probe"}


class Unavailable(Exception):
    """There can be no such root here; the text says why."""


class Failed(Exception):
    """The root is there, and what was to be done in it went wrong."""


def no_root():
    """A reason why there is no Debian 13 root and none can be made, or None."""
    if os.geteuid() != 0:
        return "a Debian 13 root needs root"
    if not (ROOT / ".complete").exists() and not shutil.which("debootstrap"):
        return "debootstrap is not installed (packaging/packages-test.txt)"
    return None


def _mirror():
    """Where apt gets this Debian's main section from."""
    said = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN)|$(COMPONENT)|$(CREATED_BY)|$(SUITE)|$(REPO_URI)"],
                          capture_output=True, text=True, check=False)
    for line in said.stdout.splitlines():
        origin, component, kind, suite, uri = line.split("|", 4)
        if origin == "Debian" and component == "main" and kind == "Packages" and "security" not in suite:
            return uri
    raise Unavailable("apt knows no mirror of Debian (apt-get update)")


def _apt_settings():
    """How apt gets at its mirrors here: proxies, and what it overlooks."""
    said = subprocess.run(["apt-config", "dump", "--no-empty", "--format", '%f "%v";%n', "Acquire"], capture_output=True,
                          text=True, check=False)
    wanted = ("Acquire::http", "Acquire::Check-")
    return "".join(line + "\n" for line in said.stdout.splitlines() if line.startswith(wanted))


def _packages():
    lines = (SOURCE / "packaging/packages-build.txt").read_text(encoding="ascii").splitlines()
    names = [line.split()[0] for line in lines if line and not line.startswith("#")]
    return [name for name in (_TOOLS.get(name, name) for name in names) if name] + _PEER + _MORE


def _run(*command, failure=Unavailable, **options):
    result = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, errors="replace", check=False, **options)
    if result.returncode:
        raise failure(f"… {' '.join(map(str, command))[-200:]}: {result.stdout.strip()[-3000:]}")
    return result.stdout


# In a mount namespace of its own: what is mounted here is gone with the command.
_INSIDE = """
set -eu
root=$1
shift
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
if [ -n "${TRIXIE_SOURCE:-}" ]; then
  mount --bind -o ro "$TRIXIE_SOURCE" "$root/src"
fi
exec chroot "$root" "$@"
"""


def _inside(root, *command, failure=Unavailable, **environment):
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}
    return _run("unshare", "--mount", "sh", "-c", _INSIDE, "inside", root, *command, failure=failure, env=env | environment)


def _lock(root=ROOT):
    root.parent.mkdir(parents=True, exist_ok=True)
    lock = open(root.parent / f".{root.name}.lock", "w", encoding="ascii")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _stamp():
    return hashlib.sha256("\n".join(_packages()).encode() + _PLUGIN.read_bytes()).hexdigest()


def _ml_kem():
    """Debian's strongSwan 6.0 comes without ML-KEM: a plugin that takes it from OpenSSL."""
    shutil.copy(_PLUGIN, ROOT / "root")
    _inside(ROOT, "gcc", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", f"/root/{_PLUGIN.name}", "-lcrypto",
            "-o", "/usr/lib/ipsec/plugins/libstrongswan-lab-mlkem.so")


def make():
    """Makes the root unless it is there with all packages; answers its folder. Raises Unavailable."""
    reason = no_root()
    if reason:
        raise Unavailable(reason)
    done = ROOT / ".complete"

    def complete():
        return done.exists() and done.read_text(encoding="ascii") == _stamp()

    if complete():
        return ROOT  # without the lock, which a build holds for minutes
    with _lock():
        if complete():
            return ROOT
        if not done.exists():
            part = ROOT.with_name(ROOT.name + ".part")
            shutil.rmtree(part, ignore_errors=True)
            shutil.rmtree(ROOT, ignore_errors=True)
            _run("debootstrap", "--variant=minbase", f"--keyring={_KEYRING}", _SUITE, part, _mirror())
            (part / "etc/dpkg/dpkg.cfg.d/lab").write_text(
                "path-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\nforce-unsafe-io\n", encoding="ascii")
            (part / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", encoding="ascii")  # no service is started
            (part / "usr/sbin/policy-rc.d").chmod(0o755)
            for folder in ("src", "build", "ccache"):
                (part / folder).mkdir()
            part.rename(ROOT)
        shutil.copy("/etc/resolv.conf", ROOT / "etc/resolv.conf")
        (ROOT / "etc/apt/apt.conf.d/90host").write_text(_apt_settings(), encoding="utf-8")
        _inside(ROOT, "apt-get", "update")
        _inside(ROOT, "apt-get", "install", "-y", "--no-install-recommends", *_packages())
        _ml_kem()
        done.write_text(_stamp(), encoding="ascii")
        return ROOT


def build(*targets):
    """Builds Tern in the root: all of it, or the targets named. Raises Unavailable and Failed."""
    make()
    with _lock():
        made_from = BUILD / ".source"
        if not made_from.exists() or made_from.read_text(encoding="utf-8") != str(SOURCE):
            # Another tree's objects may be younger than this one's sources: only ccache may know them again.
            shutil.rmtree(BUILD, ignore_errors=True)
            BUILD.mkdir()
            made_from.write_text(str(SOURCE), encoding="utf-8")
        env = {"TRIXIE_SOURCE": str(SOURCE), "CCACHE_DIR": "/ccache", "CCACHE_BASEDIR": "/src"}
        _inside(ROOT, "cmake", "-S", "/src", "-B", "/build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_FLAGS=-O2 -DNDEBUG",
                "-DBUILD_TESTING=ON", failure=Failed, **env)
        _inside(ROOT, "ninja", "-C", "/build", *(targets or ("all",)), failure=Failed, **env)
        _wrap()


def _unpack_peer(folder):
    """Fetches the peers and all they depend on with a private apt, and unpacks them; nothing is installed."""
    apt, root = folder / "apt", folder / "root"
    for each in (apt / "lists/partial", apt / "cache/archives/partial", *(root / name for name in ("proc", "dev", "run", "tmp", "var"))):
        each.mkdir(parents=True)
    (root / "var/run").symlink_to("../run")
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / name).symlink_to(f"usr/{name}")
    (apt / "status").touch()
    (apt / "sources").write_text(f"deb [signed-by={_KEYRING}] {_mirror()} {_SUITE} main\n", encoding="ascii")
    options = ["-q"]
    for key, value in {"Dir::State": apt, "Dir::State::status": apt / "status", "Dir::Cache": apt / "cache",
                       "Dir::Etc::sourcelist": apt / "sources", "Dir::Etc::sourceparts": "-", "Acquire::Languages": "none",
                       "APT::Sandbox::User": "root"}.items():
        options += ["-o", f"{key}={value}"]
    _run("apt-get", *options, "update", timeout=300)
    _run("apt-get", *options, "install", "-y", "--no-install-recommends", "--download-only", *_PEER, *_RADIUS, timeout=300)
    for package in (apt / "cache/archives").glob("*.deb"):
        _run("dpkg-deb", "-x", package, root)
        if package.name.startswith("charon-systemd_"):
            version = package.name.split("_")[1]
    (root / ".version").write_text(version, encoding="ascii")
    return root


def peer():
    """A folder for chroot with Debian 13's strongSwan and FreeRADIUS; fetched when they are not there. Raises Unavailable."""
    if os.geteuid() != 0:
        raise Unavailable("to unpack Debian 13's servers needs root")
    root = ROOT.with_name(ROOT.name + "-strongswan")
    with _lock(root):
        if not (root / ".version").exists() or not (root / "usr/sbin/freeradius").exists():
            try:
                shutil.rmtree(root, ignore_errors=True)
                with tempfile.TemporaryDirectory(dir=root.parent) as folder:
                    _unpack_peer(Path(folder)).rename(root)
            except (OSError, subprocess.SubprocessError) as error:
                raise Unavailable(f"Debian 13's servers cannot be fetched: {error}") from error
    return root


def run(*command):
    """Runs a command in the root; answers its output. Raises Failed."""
    return _inside(ROOT, *command, failure=Failed)


# What another OpenSSL could break.
_UNITS = ("crypto", "ike", "eap", "datapath")


def units():
    """The unit tests of what touches OpenSSL, in the root; answers how many programs passed. Raises Failed."""
    programs = sorted(each for module in _UNITS for each in (BUILD / "tests/unit").glob(f"unit_{module}_*")
                      if each.is_file() and os.access(each, os.X_OK))
    if not programs:
        raise Failed("no unit tests are built")
    for program in programs:
        said = _inside(ROOT, f"/build/tests/unit/{program.name}", failure=Failed, QT_QPA_PLATFORM="offscreen",
                       TRIXIE_SOURCE=str(SOURCE))
        print(f"{program.name}: {next(line for line in reversed(said.splitlines()) if line.startswith('Totals'))}", flush=True)
    return len(programs)


# The loader and the libraries of the root, the rest of the file system of this Debian: the daemons talk to this one's
# D-Bus and keyring. libproxy names the folder of its backend by a path that is this Debian's.
_WRAPPER = """#!/bin/sh
export OPENSSL_MODULES={root}/usr/lib/x86_64-linux-gnu/ossl-modules
export QML_IMPORT_PATH={root}/usr/lib/x86_64-linux-gnu/qt6/qml
export QT_PLUGIN_PATH={root}/usr/lib/x86_64-linux-gnu/qt6/plugins
exec {root}/lib64/ld-linux-x86-64.so.2 --library-path {libraries}:{libraries}/libproxy --argv0 "$0" {program} "$@"
"""


def _wrap():
    for name, place in _PROGRAMS.items():
        if not (BUILD / place).exists():
            continue
        wrapper = DESK / place
        wrapper.parent.mkdir(parents=True, exist_ok=True)
        wrapper.write_text(_WRAPPER.format(root=ROOT, libraries=ROOT / "usr/lib/x86_64-linux-gnu", program=BUILD / place), encoding="utf-8")
        wrapper.chmod(0o755)


def strongswan():
    """"strongSwan 6.0": the peer in the root."""
    version = (peer() / ".version").read_text(encoding="ascii")
    return "strongSwan " + ".".join(version.split("-")[0].split(".")[:2])


def main(arguments):
    try:
        if arguments == ["make"]:
            make()
        elif arguments[:1] == ["build"]:
            build(*arguments[1:])
        elif arguments == ["units"]:
            print(f"{units()} programs passed")
        elif arguments == ["peer"]:
            print(peer())
        elif arguments[:1] == ["exec"] and len(arguments) > 1:
            sys.stdout.write(run(*arguments[1:]))
        else:
            print("trixie make | build [TARGET…] | units | peer | exec COMMAND…", file=sys.stderr)
            return 2
    except Unavailable as reason:
        print(f"skipped: {reason}")
        return 77
    except Failed as reason:
        print(f"failed: {reason}", file=sys.stderr)
        return 1
    return 0
