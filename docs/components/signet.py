"""Asks Signet, over its local endpoint. Standard library; Linux and macOS."""

import json
import os
import socket
import subprocess
import sys

# Seconds that a mail server may be silent.
PATIENCE = 60


class Refused(Exception):
    """Signet's word, in the person's language. `kind` says whose turn it is: sign_in, admin, configuration, transient, user_choice."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.kind = error.get("data", {}).get("kind", "configuration")


def address():
    """Where the agent listens, which cron and services do not tell: docs/protocol.md, "Where it is"."""
    if os.environ.get("SIGNET_SOCKET"):
        return os.environ["SIGNET_SOCKET"]
    if sys.platform == "darwin":
        runtime = subprocess.check_output(["getconf", "DARWIN_USER_TEMP_DIR"], text=True).strip()
    else:
        runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return os.path.join(runtime, "signet", "agent.sock")


def ask(method, **params):
    with socket.socket(socket.AF_UNIX) as agent:
        try:
            agent.connect(address())
        except (FileNotFoundError, ConnectionRefusedError):
            sys.exit(f"Signet is not running: nobody listens at {address()}. Start it with: signet agent")
        request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        agent.sendall(json.dumps(request).encode() + b"\n")
        answer = json.loads(agent.makefile(encoding="utf-8").readline())
    if "error" in answer:
        raise Refused(answer["error"])
    return answer["result"]


def run(component):
    """Runs a component; what Signet refuses is said, and whose turn it is."""
    try:
        component(*sys.argv[1:])
    except Refused as refused:
        sys.exit(f"{refused} ({refused.kind})")
