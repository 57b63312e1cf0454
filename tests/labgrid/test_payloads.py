# SPDX-License-Identifier: BSD-2-Clause
"""What the payloads print, as tests of labgrid: a subtest for each line.

The lines are those that the jobs for LAVA look for; qemu.yaml there has the
patterns.
"""

import pathlib

import pytest
import yaml
from labgrid.exceptions import NoDriverFoundError

# A case that kills the firmware or hangs prints nothing any more
SILENCE_S = 120


def read_monitors():
    """The monitors of the job for QEMU, by payload"""
    path = pathlib.Path(__file__).parent.parent / "lava" / "qemu.yaml"
    job = yaml.safe_load(path.read_text(encoding="utf-8"))
    tests = [action["test"] for action in job["actions"] if "test" in action]
    return {test["namespace"]: test["monitors"][0] for test in tests}


MONITORS = read_monitors()


def lines_of(console, monitor):
    """Each line that the monitor matches: its groups, and what it came with"""
    console.expect(monitor["start"], timeout=SILENCE_S)
    while True:
        index, before, match, line = console.expect(
            [monitor["end"], monitor["pattern"]], timeout=SILENCE_S)
        if index == 0:
            return
        groups = {k: v.decode() for k, v in match.groupdict().items() if v}
        yield groups, (before + line).decode(errors="replace")


def uboot_of(target):
    """U-Boot, not yet at its prompt, or None if the environment has none"""
    try:
        return target.get_driver("UBootDriver", activate=False)
    except NoDriverFoundError:
        return None


@pytest.fixture
def console(target, payload):
    """The console of a machine that just starts the payload"""
    uboot = uboot_of(target)
    if not uboot:
        target.get_driver("QEMUDriver", activate=False).kernel = payload
    serial = target.get_driver("ConsoleProtocol")
    power = target.get_driver("PowerProtocol")
    power.cycle()
    if uboot:
        # It is active when its prompt is there
        target.activate(uboot)
        serial.sendline(uboot.boot_command.replace("PAYLOAD", payload))
    yield serial
    power.off()
    target.deactivate_all_drivers()


@pytest.mark.parametrize("payload", MONITORS)
def test_payload(console, payload, subtests):
    monitor = MONITORS[payload]
    seen = 0
    for groups, text in lines_of(console, monitor):
        seen += 1
        result = groups.get("result")
        verdict = monitor["fixupdict"][result] if result else "pass"
        with subtests.test(groups["test_case_id"]):
            if verdict in ("skip", "unknown"):
                pytest.skip(text.strip())
            assert verdict == "pass", text
    assert seen > 0, f"{payload} printed no result"
