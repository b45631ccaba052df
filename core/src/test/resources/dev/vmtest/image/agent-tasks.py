"""Prints as JSON what the install image's agent would do with a seed, or null if it leaves it to cloud-init.

usage: agent-tasks.py DIRECTORY-OF-THE-AGENT DIRECTORY-OF-THE-SEED
"""

import json
import sys
import types

# The agent takes from cloud-init what touches users; reading user-data is its own.
for name in ("cloudinit", "cloudinit.distros", "cloudinit.helpers", "cloudinit.config"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["cloudinit"].distros = sys.modules["cloudinit.distros"]
sys.modules["cloudinit"].helpers = sys.modules["cloudinit.helpers"]
sys.modules["cloudinit.config"].cc_ssh = None
sys.modules["cloudinit.distros"].ug_util = None

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import agent  # noqa: E402

documents = {}
for name in ("meta-data", "user-data", "vendor-data"):
    with open("%s/%s" % (sys.argv[2], name), "rb") as stream:
        documents[name] = stream.read()
tasks = agent.Tasks.of(documents)
print(json.dumps(tasks and vars(tasks)))
