"""Lets a snapshot of the install environment become the machine that resumes it.

A machine without disks and network boots to the point where user-data would be fetched, says so
on a port of its own, and is saved there. Who resumes it plugs in the hardware and sends one line
of JSON, the orders: time, entropy, the kernel command line of a full boot, and what must be there.
Then user-data is fetched from where that command line says. The parts that every install of vmtest
has are carried out here, by cloud-init's own functions where they touch users; whatever else
stands in them is left to cloud-init's stages.
"""

import contextlib
import ctypes
import fcntl
import http.client
import json
import os
import random
import select
import socket
import struct
import subprocess
import time
import urllib.parse
import uuid

import yaml
from cloudinit import distros, helpers, util
from cloudinit.config import cc_ssh
from cloudinit.distros import ug_util

PORT = b"dev.vmtest.agent"
PORTS = "/sys/class/virtio-ports"
VERSION = 1
CLOUD = "/var/lib/cloud"
LONGEST_DOCUMENT = 64 << 20
# linux/random.h
RNDADDENTROPY = 0x40085203
RNDRESEEDCRNG = 0x5207
# linux/netlink.h; Python has no name for it.
NETLINK_KOBJECT_UEVENT = 15
# Multicast group of udev's own messages: rules have been applied by then (libsystemd, sd-device).
UDEV_EVENTS = 2
# What "udevadm settle" waits for the end of: udevd has this file while it has events to handle.
UDEV_QUEUE = "/run/udev/queue"
# What udev knows of each device, as lines "E:NAME=VALUE" (libsystemd, sd-device).
UDEV_DATA = "/run/udev/data"
UDEV_IDENTITIES = (b"ID_SERIAL", b"ID_SERIAL_SHORT", b"ID_SCSI_SERIAL", b"ID_WWN", b"ID_WWN_WITH_EXTENSION")
BLOCK_DEVICES = "/sys/block"
# sys/mount.h
MS_BIND = 4096
LIBC = ctypes.CDLL(None, use_errno=True)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unable(Exception):
    """Says why the machine cannot become what the orders ask for."""


class Port:
    """Speaks with the host, a line at a time."""

    def __init__(self):
        self.fd = os.open(self.device(), os.O_RDWR)

    @staticmethod
    def device():
        # By its name in sysfs: where the driver is part of the kernel, udev was not told of the port.
        for entry in sorted(os.listdir(PORTS)):
            if read(PORTS, entry, "name").strip() == PORT:
                return os.path.join("/dev", entry)
        raise Unable("the machine has no port " + PORT.decode())

    def say(self, line):
        os.write(self.fd, line.encode() + b"\n")

    def hear(self):
        data = bytearray()
        while not data.endswith(b"\n"):
            piece = os.read(self.fd, 65536)
            if not piece:
                # Nobody is connected while the machine is between two processes.
                time.sleep(0.01)
            data += piece
        return data.decode()


def read(*path):
    try:
        with open(os.path.join(*path), "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def text(data):
    return data.strip(b"\0 \n\t").decode("latin1")


class Agent:
    """Holds what was prepared before the snapshot and is needed after it."""

    def __init__(self, note):
        self.note = note
        with open("/etc/cloud/cloud.cfg", encoding="utf-8") as stream:
            self.config = yaml.load(stream, Loader=LOADER)
        system = self.config["system_info"]
        self.distro = distros.fetch(system["distro"])(system["distro"], system, helpers.Paths(system["paths"]))
        self.users, _ = ug_util.normalize_users_groups(self.config, self.distro)
        self.port = Port()

    def prepare(self):
        """Does ahead what every install needs, and leaves its programs in the page cache."""
        for user, settings in self.users.items():
            self.distro.create_user(user, **settings)
        subprocess.run(["modprobe", "-a", "-q", "virtio_net", "virtio_blk", "sd_mod", "nvme", "dm_mod"])
        for _ in range(2):
            subprocess.run(["udevadm", "trigger", "--settle", "--action=add", "--subsystem-match=block"])
        os.sync()

    def await_orders(self):
        """Says that the machine can be saved; returns in the machine that was resumed."""
        self.port.say("ready %d" % VERSION)
        self.orders = json.loads(self.port.hear())
        time.clock_settime(time.CLOCK_REALTIME, self.orders["time"])
        self.note("resumed")
        entropy = bytes.fromhex(self.orders["entropy"])
        with open("/dev/urandom", "wb") as kernel:
            fcntl.ioctl(kernel, RNDADDENTROPY, struct.pack("ii", len(entropy) * 8, len(entropy)) + entropy)
            fcntl.ioctl(kernel, RNDRESEEDCRNG)
        random.seed()
        with open("/etc/machine-id", "w", encoding="ascii") as stream:
            stream.write(uuid.uuid4().hex + "\n")
        with open("/run/cmdline", "w", encoding="utf-8") as stream:
            stream.write(self.orders["command_line"] + "\n")
        # A program for each such step would take longer than all of them: its code is emulated for the first time.
        if LIBC.mount(b"/run/cmdline", b"/proc/cmdline", None, MS_BIND, None):
            raise Unable("the kernel command line cannot be replaced: " + os.strerror(ctypes.get_errno()))
        # cloud-init reads it once for each process; its stages, which are forks, look there for the seed.
        util._get_cmdline.cache_clear()

    def await_hardware(self):
        """Returns when udev knows every disk and NIC of the orders; the order of arrival means nothing."""
        events = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, NETLINK_KOBJECT_UEVENT)
        events.bind((0, UDEV_EVENTS))
        if any(disk["driver"] == "scsi-hd" for disk in self.orders["disks"]):
            # A full queue of the controller loses announcements; a scan finds what they were about.
            for host in os.listdir("/sys/class/scsi_host"):
                with open("/sys/class/scsi_host/%s/scan" % host, "w", encoding="ascii") as scan:
                    scan.write("- - -")
        deadline = time.monotonic() + self.orders["patience"]
        network = None
        while True:
            names = nics()
            absent = [mac for mac in self.orders["nics"] if mac not in names]
            if network is None and not absent:
                network = self.configure_network(names)
            missing = absent + missing_disks(self.orders["disks"])
            if not missing:
                break
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([events], [], [], left)[0]:
                raise Unable("these did not appear: " + ", ".join(missing))
            events.recv(65536)
        events.close()
        answer = network.communicate()[0]
        if network.returncode:
            raise Unable("the network cannot be set up: " + text(answer))
        self.note("hardware there")

    def configure_network(self, names):
        """Names NICs in the order of the machine's description and starts what gives the first its address."""
        wanted = {mac: "eth%d" % number for number, mac in enumerate(self.orders["nics"])}
        wrong = [mac for mac in wanted if names[mac] != wanted[mac]]
        commands = ["link set %s name vmtest-%s" % (names[mac], wanted[mac]) for mac in wrong]
        commands += ["link set vmtest-%s name %s" % (wanted[mac], wanted[mac]) for mac in wrong]
        commands += ["link set eth0 up"]
        address = self.orders["address"]
        # It may be a link to what a service writes that this boot does not start.
        with contextlib.suppress(FileNotFoundError):
            os.remove("/etc/resolv.conf")
        if address:
            # Where QEMU is the network, what it would answer is known.
            commands += ["address add %s dev eth0" % address["address"]]
            commands += ["route add default via %s dev eth0" % address["gateway"]]
            with open("/etc/resolv.conf", "w", encoding="ascii") as stream:
                stream.write("nameserver %s\n" % address["dns"])
        command = ["ip", "-batch", "-"]
        if not address:
            subprocess.run(command, input="\n".join(commands).encode(), check=True)
            command = ["busybox", "udhcpc", "-i", "eth0", "-n", "-q", "-f", "-t", "5", "-T", "1"]
            command += ["-s", "/usr/lib/vmtest/udhcpc"]
            commands = []
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(os.environ, resolv_conf="/etc/resolv.conf"),
        )
        process.stdin.write("\n".join(commands).encode())
        process.stdin.close()
        process.stdin = None
        return process

    def settle(self):
        """Returns when udev has nothing left to do."""
        if os.path.exists(UDEV_QUEUE):
            subprocess.run(["udevadm", "settle", "--timeout=%d" % self.orders["patience"]])

    def run_user_data(self):
        """Carries out user-data; returns None, having run nothing, where it takes cloud-init to do it."""
        documents = Seed(self.orders["command_line"]).documents()
        tasks = Tasks.of(documents) if documents else None
        self.settle()
        self.port.say("started")
        if tasks is None:
            self.note("user-data is left to cloud-init")
            return None
        instance = "%s/instances/%s" % (CLOUD, tasks.instance)
        os.makedirs(instance + "/scripts", exist_ok=True)
        os.symlink(instance, CLOUD + "/instance")
        login = self.set_up_login(tasks)
        self.note("user-data")
        status = 0
        for number, script in enumerate(tasks.scripts, 1):
            path = "%s/instance/scripts/part-%03d" % (CLOUD, number)
            with open(path, "w", encoding="utf-8", opener=private) as stream:
                stream.write(script)
            status |= run_script(path, tasks.output)
        os.waitpid(login, 0)
        if tasks.poweroff:
            self.note("power off")
            # Nothing of this environment outlives it, so no unit needs to be stopped in order. What the
            # installer wrote does: systemd-shutdown syncs, unmounts, and takes down arrays and mappings.
            subprocess.run(["systemctl", "poweroff", "--force"])
        return 1 if status else 0


    def set_up_login(self, tasks):
        """Starts a process that lets the user log in; as in a full boot, the scripts run even where that fails."""
        child = os.fork()
        if child:
            return child
        user = next(iter(self.users))
        try:
            if tasks.password:
                self.distro.set_passwd(user, tasks.password, hashed=tasks.password.startswith("$"))
            if tasks.keys:
                cc_ssh.apply_credentials(tasks.keys, user, False, "")
        except BaseException as failure:
            print("the login of %s cannot be set up: %r" % (user, failure), flush=True)
        finally:
            os._exit(0)


def private(path, flags):
    return os.open(path, flags, 0o700)


def run_script(path, output):
    """Runs a script as cloud-init does: with nothing to read, its output where the configuration sends it."""
    if output is None:
        status = subprocess.run([path], stdin=subprocess.DEVNULL).returncode
    else:
        with subprocess.Popen(["/bin/sh", "-c", output], stdin=subprocess.PIPE) as sink:
            script = subprocess.Popen([path], stdin=subprocess.DEVNULL, stdout=sink.stdin, stderr=sink.stdin)
            sink.stdin.close()
            status = script.wait()
    if status:
        print("user-data script %s ended with exit status %d" % (os.path.basename(path), status), flush=True)
    return status


def nics():
    """Returns the names of the NICs that udev knows, by MAC."""
    found = {}
    for name in os.listdir("/sys/class/net"):
        index = text(read("/sys/class/net", name, "ifindex"))
        if os.path.exists(UDEV_DATA + "/n" + index):
            found[text(read("/sys/class/net", name, "address"))] = name
    return found


def missing_disks(disks):
    """Returns a word for each disk of which udev does not yet know all paths."""
    seen = []
    for name in os.listdir(BLOCK_DEVICES):
        database = os.path.join(UDEV_DATA, "b" + text(read(BLOCK_DEVICES, name, "dev")))
        if os.path.exists(database):
            seen.append(identities(os.path.join(BLOCK_DEVICES, name), database))
    return [disk["id"] for disk in disks if sum(disk["id"] in identities for identities in seen) < disk["paths"]]


def identities(device, database):
    """Returns what kernel and udev tell a disk by; each knows some that the other does not."""
    found = {
        text(read(device, "serial")),
        text(read(device, "device/serial")),
        text(read(device, "device/vpd_pg80")[4:]),
        text(read(device, "device/wwid")).replace("naa.", "0x"),
    }
    for line in read(database).split(b"\n"):
        name, _, value = line[2:].partition(b"=")
        if line.startswith(b"E:") and name in UDEV_IDENTITIES:
            found.add(text(value))
    return found


class Seed:
    """Reads the documents of the NoCloud seed that a kernel command line names."""

    def __init__(self, command_line):
        self.url = None
        for word in command_line.split():
            if word.startswith("ds=nocloud"):
                for pair in word.split(";"):
                    if pair.startswith("seedfrom=http://"):
                        self.url = urllib.parse.urlsplit(pair[len("seedfrom=") :])

    def documents(self):
        """Returns the documents by name, or None where cloud-init had better fetch them itself."""
        if self.url is None:
            return None
        return {name: self.fetch(name) for name in ("meta-data", "user-data", "vendor-data")}

    def fetch(self, name):
        path = self.url.path + name
        try:
            connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=30)
            connection.request("GET", path)
            answer = connection.getresponse()
            document = answer.read(LONGEST_DOCUMENT + 1)
            connection.close()
        except (OSError, http.client.HTTPException) as failure:
            raise Unable("the seed's %s cannot be fetched: %s" % (name, failure)) from failure
        if answer.status == 404 and name == "vendor-data":
            return b""
        if answer.status != 200 or len(document) > LONGEST_DOCUMENT:
            raise Unable("the seed's %s cannot be fetched: HTTP status %d" % (name, answer.status))
        return document


class Tasks:
    """Holds what user-data asks for, where that is nothing but what is done here."""

    HEADER = b"#cloud-config-archive\n"

    def __init__(self, instance):
        self.instance = instance
        self.password = None
        self.keys = []
        self.output = None
        self.poweroff = False
        self.scripts = []

    @classmethod
    def of(cls, documents):
        """Returns the tasks, or None if there is anything that only cloud-init knows how to do."""
        if documents["vendor-data"].strip() or not documents["user-data"].startswith(cls.HEADER):
            return None
        try:
            instance = yaml.load(documents["meta-data"], Loader=LOADER)["instance-id"]
            parts = yaml.load(documents["user-data"], Loader=LOADER)
            tasks = cls(str(instance))
            known = tasks.instance.replace("-", "").isalnum() and tasks.take_all(parts)
        except (yaml.YAMLError, AttributeError, KeyError, TypeError):
            return None
        return tasks if known else None

    def take_all(self, parts):
        seen = set()
        for part in parts:
            if set(part) != {"type", "content"}:
                return False
            if part["type"] == "text/x-shellscript" and part["content"].startswith("#!"):
                self.scripts.append(part["content"])
                continue
            if part["type"] != "text/cloud-config":
                return False
            for key, value in yaml.load(part["content"], Loader=LOADER).items():
                # Merging is cloud-init's business.
                if key in seen or not self.take(key, value):
                    return False
                seen.add(key)
        return True

    def take(self, key, value):
        if key == "password" and isinstance(value, str):
            self.password = value
        elif key == "chpasswd" and value == {"expire": False}:
            pass
        elif key == "ssh_authorized_keys" and all(isinstance(each, str) for each in value):
            self.keys = value
        elif key == "output" and set(value) == {"all"} and str(value["all"]).startswith("|"):
            self.output = value["all"][1:].strip()
        elif key == "power_state" and value == {"mode": "poweroff"}:
            self.poweroff = True
        else:
            return False
        return True


def serve(note):
    """Waits in the snapshot, then becomes what the orders say; returns as Agent.run_user_data does."""
    agent = Agent(note)
    agent.prepare()
    agent.await_orders()
    try:
        agent.await_hardware()
        return agent.run_user_data()
    except Exception as reason:
        agent.port.say("failed %s" % (reason if isinstance(reason, Unable) else repr(reason)))
        raise
