#!/usr/bin/env python3
"""Every error or finding code written in the sources has its row in core/base/catalogue/, and every row is used."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
CODE = re.compile(r'"(tern\.[a-z0-9]+(?:\.[a-z0-9-]+)+)"')
CONTEXT_ONLY = ".internal"

rows, used = set(), {}
for path in list((root / "core").rglob("*.cpp")) + list((root / "core").rglob("*.h")) + list((root / "app").rglob("*.cpp")) + list((root / "app").rglob("*.h")):
    name = path.relative_to(root).as_posix()
    for code in CODE.findall(path.read_text(encoding="utf-8")):
        if name.startswith("core/base/catalogue/"):
            rows.add(code)
        else:
            used.setdefault(code, name)

bad = [f"{where}: {code} has no row in core/base/catalogue/" for code, where in sorted(used.items()) if code not in rows]
bad += [f"core/base/catalogue/: {code} is used nowhere" for code in sorted(rows - set(used)) if not code.endswith(CONTEXT_ONLY)]
print("\n".join(bad), file=sys.stderr)
sys.exit(1 if bad else 0)
