"""Plays a part of the install image's agent and prints as JSON what it comes to.

usage: agent-play.py DIRECTORY-OF-THE-AGENT tasks DIRECTORY-OF-THE-SEED
           what it would do with a seed, or null if it leaves it to cloud-init
       agent-play.py DIRECTORY-OF-THE-AGENT missing-disks DIRECTORY DISKS
           which of the disks (JSON) are missing, where the directory stands for /
"""

import json
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


print(json.dumps({"tasks": tasks, "missing-disks": missing_disks}[sys.argv[2]](*sys.argv[3:])))
