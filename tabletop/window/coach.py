"""stub"""


def attach(app, session): ...
