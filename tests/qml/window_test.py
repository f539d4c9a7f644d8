#!/usr/bin/python3
"""Drives the real window the way a screen reader does: finds controls by their accessible names and presses them.
What works here works for people who cannot see the window, and shows that names and actions are right.

window_test.py TERN [WindowTest.CASE…]   (inside desk.sh)
"""
import sys
import unittest

import window_desk
from window_import import Imports
from window_migration import Migrations
from window_pages import Pages
from window_program import Program
from window_prompts import Prompts
from window_servers import Servers


class WindowTest(Prompts, Pages, Migrations, Servers, Imports, Program, window_desk.Desk):
    pass


if __name__ == "__main__":
    window_desk.TERN = sys.argv.pop(1)
    unittest.main(verbosity=2)
