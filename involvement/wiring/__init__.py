"""How floors meet upwards: ports bound by dotted path, panels that fill a page's slots, and the lists
that can be taken out.

`port("name")` gives what `settings.PORTS` binds; `panels("slot", request, **context)` renders what
`settings.PANELS` lists. A panel that fails says so, and the page lives. `lists` has what
`settings.EXPORTS` names.
"""

from involvement.wiring.panels import Panel, panels
from involvement.wiring.ports import port

__all__ = ["Panel", "panels", "port"]
