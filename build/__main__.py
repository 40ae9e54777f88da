"""The door to every command: `python3 build start`. Needs nothing but Python and the checkout.

It makes the course's own environment the first time, and hands over to commands.py inside it.
"""

import sys

from messages import Stop, accept_any_letter, complain, say

OLDEST = (3, 11)


def main(arguments: list, version: tuple = tuple(sys.version_info[:2])) -> int:
    """Run one command, and give its exit code."""
    accept_any_letter()
    try:
        if version < OLDEST:
            raise Stop("python.old", found=".".join(map(str, version)))
        import environment  # only now: it is written for OLDEST, and an older Python cannot read it

        return environment.hand_over(environment.ready(), arguments)
    except Stop as fault:
        return complain(fault)
    except KeyboardInterrupt:
        say("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
