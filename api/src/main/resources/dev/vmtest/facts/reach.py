# Asks the neighbours of this machine whether they are there, and writes who answered. Nothing is bound to an interface:
# the system's own routes choose, as they do for every program. The plan is the JSON below.
import json
import os
import select
import socket
import struct
import sys
import time

PLAN = json.loads(r"""@plan@""")
PATIENCE = 20.0
AGAIN = 0.5
EXPERIMENT = 0x88B5
IDENTIFIER = os.getpid() & 0xFFFF
NOBODY = b"\xff" * 6


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Echo(object):
    """Ask one address and know whether it has answered."""

    count = 0

    def __init__(self, address, size=0):
        Echo.count += 1
        self.number = Echo.count
        self.address = address
        self.is6 = ":" in address
        self.header = 40 if self.is6 else 20
        self.length = max(size - self.header, 64) if size else 64
        self.answered = False
        self.error = ""
        kind = socket.AF_INET6 if self.is6 else socket.AF_INET
        protocol = socket.IPPROTO_ICMPV6 if self.is6 else socket.IPPROTO_ICMP
        self.socket = socket.socket(kind, socket.SOCK_RAW, protocol)
        self.socket.setblocking(False)
        if self.is6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, 62, 1)  # IPV6_DONTFRAG
        else:
            self.socket.setsockopt(socket.IPPROTO_IP, 10, 2)  # IP_MTU_DISCOVER, IP_PMTUDISC_DO

    def ask(self):
        head = struct.pack("!BBHHH", 128 if self.is6 else 8, 0, 0, IDENTIFIER, self.number)
        packet = head + b"v" * (self.length - len(head))
        if not self.is6:
            packet = packet[:2] + struct.pack("!H", checksum(packet)) + packet[4:]
        try:
            self.socket.sendto(packet, (self.address, 0))
            self.error = ""
        except OSError as refused:
            self.error = os.strerror(refused.errno)

    def take(self):
        while True:
            try:
                packet, sender = self.socket.recvfrom(70000)
            except BlockingIOError:
                return
            except OSError as failure:
                self.error = os.strerror(failure.errno)
                return
            if not self.is6:
                packet = packet[(packet[0] & 15) * 4:]
            if sender[0].split("%")[0] == self.address and len(packet) == self.length:
                kind, _, _, identifier, number = struct.unpack("!BBHHH", packet[:8])
                if kind == (129 if self.is6 else 0) and (identifier, number) == (IDENTIFIER, self.number):
                    self.answered = True

    def close(self):
        self.socket.close()


def ask(echoes, patience):
    """Ask until all have answered or time is up."""
    end = time.monotonic() + patience
    again = 0.0
    while True:
        open_ones = [each for each in echoes if not each.answered]
        now = time.monotonic()
        if not open_ones or now >= end:
            break
        if now >= again:
            for each in open_ones:
                each.ask()
            again = now + AGAIN
        readable, _, _ = select.select([each.socket for each in open_ones], [], [], max(0, min(again, end) - now))
        for each in open_ones:
            if each.socket in readable:
                each.take()
    for each in echoes:
        each.close()


def read(path):
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""


def write_frame(device, text):
    frame = NOBODY + b"\0" * 6 + struct.pack("!H", EXPERIMENT) + text.encode("ascii")
    own = read("/sys/class/net/%s/address" % device)
    if own:
        frame = NOBODY + bytes.fromhex(own.replace(":", "")) + frame[12:]
    sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    try:
        sender.bind((device, 0))
        sender.send(frame.ljust(60, b"\0"))
    except OSError as refused:
        return os.strerror(refused.errno)
    finally:
        sender.close()
    return ""


class Links(object):
    """Hear of every change of a link (rtnetlink(7))."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        self.socket.bind((0, 1))  # RTMGRP_LINK

    def until(self, holds, patience):
        """Wait until a condition holds, looking whenever a link has changed, and once a second."""
        end = time.monotonic() + patience
        while not holds():
            now = time.monotonic()
            if now >= end:
                return False
            if select.select([self.socket], [], [], min(1.0, end - now))[0]:
                self.socket.recv(65536)
        return True


def permanent(device):
    """Return the address that a member of a bond has by itself."""
    found = ""
    for line in read("/proc/net/bonding/" + read_link("/sys/class/net/%s/master" % device)).splitlines():
        if line == "Slave Interface: " + device:
            found = "here"
        elif found == "here" and line.startswith("Permanent HW addr: "):
            return line.split(": ", 1)[1]
    return read("/sys/class/net/%s/address" % device)


def read_link(path):
    try:
        return os.path.basename(os.readlink(path))
    except OSError:
        return ""


def lose(bond):
    """Let a bond lose the member that works, ask over it, and give the member back."""
    name = bond["name"]
    root = "/sys/class/net/%s/bonding/" % name
    members = read(root + "slaves").split()
    if not members:
        return {"error": "there is no bond " + name}
    active = read(root + "active_slave")
    lost = active if active else members[0]
    carrier = "/sys/class/net/%s/carrier" % lost
    links = Links()
    result = {"lost": lost, "others": [each for each in members if each != lost]}
    address = permanent(lost)
    refused = write_frame(lost, "unplug")
    if refused:
        return dict(result, error="%s sends nothing: %s" % (lost, refused))
    if not links.until(lambda: read(carrier) == "0", PATIENCE):
        return dict(result, error="%s keeps its carrier" % lost)
    if active:
        links.until(lambda: read(root + "active_slave") not in ("", lost), PATIENCE)
    result["active"] = read(root + "active_slave")
    echo = Echo(bond["address"])
    ask([echo], PATIENCE)
    result["answered"] = echo.answered
    result["error"] = echo.error
    write_frame(name, "plug " + address)
    result["back"] = links.until(lambda: read(carrier) == "1", PATIENCE)
    return result


def main():
    echoes = [Echo(address) for address in PLAN["targets"]]
    ask(echoes, PATIENCE)
    result = {
        "echoes": [{"address": each.address, "answered": each.answered, "error": each.error} for each in echoes],
        "sizes": [],
        "bonds": [],
    }
    there = set(each.address for each in echoes if each.answered)
    for sized in PLAN["sizes"]:
        if sized["address"] in there:
            whole = Echo(sized["address"], sized["size"])
            larger = Echo(sized["address"], sized["size"] + 1)
            ask([whole], PATIENCE / 4)
            larger.ask()
            refused = larger.error
            larger.close()
            result["sizes"].append({
                "address": sized["address"],
                "size": sized["size"],
                "passes": whole.answered,
                "error": whole.error,
                "largerRefused": refused != "",
            })
    for bond in PLAN["bonds"]:
        result["bonds"].append(dict(lose(bond), name=bond["name"]))
    with open("facts/network/reach.json", "w") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


os.makedirs("facts/network", exist_ok=True)
main()
sys.exit(0)
