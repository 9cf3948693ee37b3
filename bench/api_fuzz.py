"""Asks every operation of the API for thousands of things that schemathesis makes up, on the samples.

    python -m bench.api_fuzz --examples 2000

Half of the requests are valid by the OpenAPI description, half are not. Every check that schemathesis knows is made of
every answer; the first one that fails ends the run with how to send the request again. Printed for each operation: how
often it answered with which status, and the processor time.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time


def main() -> None:
    """Fuzz all operations, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--examples", type=int, default=2000, help="requests for each operation")
    parser.add_argument("operations", nargs="*", help="their IDs; none: all of them")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PROVISO_ENVIRONMENT_IS_READY": "1",
            "ALLOWED_HOSTS": "*",
            "API_REQUESTS_A_MINUTE": "1000000000",
            "API_TOKEN_REQUESTS_A_MINUTE": "1000000000",
            "LOG_LEVEL": "ERROR",
        }
        _fuzz(asked.examples, set(asked.operations))


def _fuzz(examples: int, wanted: set[str]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_samples")

    from config.wsgi import application
    from tests.api_fuzzing import described, fuzz, operations, secrets_by_scope

    secrets = secrets_by_scope()
    for name, operation in operations(described(application)):
        if wanted and name not in wanted:
            continue
        begun = time.process_time()
        answered = fuzz(operation, secrets, examples)
        spent = time.process_time() - begun
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(answered.items()))
        print(f"{name:24} {sum(answered.values()):6} requests {spent:7.1f} s  {statuses}", flush=True)


if __name__ == "__main__":
    main()
