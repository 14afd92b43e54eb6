"""`python -m iamgen` is `iamgen`."""

from __future__ import annotations

from iamgen.cli.main import main

if __name__ == "__main__":
    main()
