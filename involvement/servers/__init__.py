"""Everything between a fresh clone and a running product.

`bootstrap` checks the machine and installs the pinned packages, `manager` runs a private
PostgreSQL and Valkey out of their wheels, `roles` gives a database its roles, `demo` runs web,
worker and clock in one foreground process, `chromium` unpacks the browser of the tests.

Nothing here imports Django: settings ask `manager` for addresses while they are being read.
"""
