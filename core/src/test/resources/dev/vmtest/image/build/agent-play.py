"""Plays a part of the install image's agent and prints as JSON what it comes to.

usage: agent-play.py DIRECTORY-OF-THE-AGENT tasks DIRECTORY-OF-THE-SEED
           what it would do with a seed, or null if it leaves it to cloud-init
       agent-play.py DIRECTORY-OF-THE-AGENT missing-disks DIRECTORY DISKS
           which of the disks (JSON) are missing, where the directory stands for /
       agent-play.py DIRECTORY-OF-THE-AGENT resumed DIRECTORY ORDERS
           what cloud-init learns of the machine after the orders (JSON) came, where the directory stands for /
"""

import functools
import json
import os
import shutil
import sys
import types

# The agent takes from cloud-init what touches users; reading user-data is its own.
for name in ("cloudinit", "cloudinit.distros", "cloudinit.helpers", "cloudinit.config"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["cloudinit"].distros = sys.modules["cloudinit.distros"]
sys.modules["cloudinit"].helpers = sys.modules["cloudinit.helpers"]
sys.modules["cloudinit"].util = None
sys.modules["cloudinit.config"].cc_ssh = None
sys.modules["cloudinit.distros"].ug_util = None

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import agent  # noqa: E402


def tasks(seed):
    documents = {}
    for name in ("meta-data", "user-data", "vendor-data"):
        with open("%s/%s" % (seed, name), "rb") as stream:
            documents[name] = stream.read()
    found = agent.Tasks.of(documents)
    return found and vars(found)


def missing_disks(root, disks):
    agent.BLOCK_DEVICES = root + agent.BLOCK_DEVICES
    agent.UDEV_DATA = root + agent.UDEV_DATA
    return agent.missing_disks(json.loads(disks))


def resumed(root, orders):
    for name in ("dev", "etc", "proc", "run"):
        os.mkdir(root + "/" + name)
    with open(root + "/proc/cmdline", "w", encoding="utf-8") as stream:
        stream.write("of the snapshot\n")

    def bind(source, target, *_):
        shutil.copy(root + source.decode(), root + target.decode())
        return 0

    # As cloud-init has it: read once for each process.
    @functools.lru_cache(maxsize=None)
    def command_line():
        with open(root + "/proc/cmdline", encoding="utf-8") as stream:
            return stream.read().strip()

    said = []
    agent.open = lambda path, *mode, **encoding: open(root + path, *mode, **encoding)
    agent.util = types.SimpleNamespace(_get_cmdline=command_line)
    agent.LIBC = types.SimpleNamespace(mount=bind)
    agent.time.clock_settime = lambda clock, seconds: said.append("time %s" % seconds)
    agent.fcntl.ioctl = lambda stream, *orders: None
    played = agent.Agent.__new__(agent.Agent)
    played.note = said.append
    played.port = types.SimpleNamespace(say=said.append, hear=lambda: orders)
    before = command_line()
    played.await_orders()
    with open(root + "/etc/machine-id", encoding="ascii") as stream:
        machine = stream.read()
    return {"said": said, "before": before, "after": command_line(), "machine": machine}


print(json.dumps({"tasks": tasks, "missing-disks": missing_disks, "resumed": resumed}[sys.argv[2]](*sys.argv[3:])))
