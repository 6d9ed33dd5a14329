#!/usr/bin/env python3
"""Asks the registry where a service can be reached, and prints one of its instances.

    examples/python/discover.py SERVICE [--registry http://127.0.0.1:8080] [--strategy round_robin]

REGISTRY_URL names the registry too. Ends with 1 if the service has no instance to offer.
"""

import argparse
import os
import random
import sys

try:
    import requests
except ImportError:
    sys.exit(
        "discover.py needs the package 'requests'. "
        "Type: python3 -m pip install requests (Debian-based systems: apt-get install python3-requests)"
    )


def discover_service(registry, service_name, strategy="round_robin"):
    """One of the service's instances as a dictionary, None if there is none; requests.HTTPError if the registry refuses."""
    response = requests.get(
        f"{registry}/api/v1/discover",
        params={
            "service_name": service_name,
            "load_balancing_strategy": strategy,
            "include_unhealthy": False,
            "limit": 10,
        },
        timeout=10,
    )
    response.raise_for_status()
    services = response.json()["data"]["services"]
    if services:
        return random.choice(services)  # Client-side selection
    return None


def main():
    parser = argparse.ArgumentParser(description="Prints where a service can be reached.")
    parser.add_argument("service")
    parser.add_argument("--registry", default=os.environ.get("REGISTRY_URL") or "http://127.0.0.1:8080")
    parser.add_argument("--strategy", default="round_robin")
    arguments = parser.parse_args()
    try:
        found = discover_service(arguments.registry, arguments.service, arguments.strategy)
    except requests.HTTPError as refused:
        sys.exit(f"discover.py: {refused}\n{refused.response.text}")
    except requests.ConnectionError as unreachable:
        sys.exit(f"discover.py: no registry at {arguments.registry}: {unreachable}")
    if found is None:
        sys.exit(f"discover.py: {arguments.service} has no instance to offer")
    print(f"{found['protocol']}://{found['address']}:{found['port']} {found['id']} {found['status']}")


if __name__ == "__main__":
    main()
