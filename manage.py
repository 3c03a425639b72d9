#!/usr/bin/env python3
"""`python manage.py …` is `alongside …`."""

import sys

from alongside.config.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
