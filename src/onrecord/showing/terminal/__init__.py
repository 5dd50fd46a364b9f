"""A story on a terminal: words of the reports and fixed labels, nothing else."""

from onrecord.showing.terminal.story import print_story
from onrecord.showing.terminal.styles import make_console

__all__ = ["make_console", "print_story"]
