"""The folders that killed renderings leave behind."""

import os
import subprocess

from monitor.rendering.driver import sweep

DAY = 86_400
NOW = 2_000_000_000


def test_what_a_killed_process_left_is_removed_after_a_day(tmp_path):
    with subprocess.Popen(["true"]) as ended:
        gone = ended.pid
    ages = {
        f"proviso-browser-{gone}-old": DAY + 60,
        "proviso-browser-0ld": DAY + 60,
        f"proviso-browser-{gone}-new": DAY - 60,
        f"proviso-browser-{os.getpid()}-running": DAY + 60,
        "of-somebody-else": DAY + 60,
    }
    outside = tmp_path / "outside"
    outside.mkdir()
    for name, age in ages.items():
        (tmp_path / name / "profile").mkdir(parents=True)
        os.utime(tmp_path / name, (NOW - age, NOW - age))
    (tmp_path / "proviso-browser-link").symlink_to(outside)
    sweep(tmp_path, NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        {*list(ages)[2:], "outside", "proviso-browser-link"}
    )
