"""What can go wrong with the servers, each with a sentence for the person at the keyboard."""


class ServersError(RuntimeError):
    """The embedded servers cannot do what was asked; the message says what to do."""


class BinariesMissingError(ServersError):
    """Neither the wheels nor the system have a program that is needed."""


class FolderRefusedError(ServersError):
    """A folder that must be private is not ours."""


class ServerDidNotStartError(ServersError):
    """A server was started and did not answer in time; the message ends with its log."""
