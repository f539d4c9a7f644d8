#!/usr/bin/env python3
"""Every string of the sources is in tern_zh_CN.ts, translated, and nothing else is; places (%1, %n) agree.
translations.py SOURCE_DIR LUPDATE"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def messages(path):
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            comment = message.find("comment")
            key = (context.find("name").text, message.find("source").text, comment.text if comment is not None else "")
            yield key, message.find("translation")


def places(text):
    return set(re.findall(r"%[1-9n]", text))


def main():
    source, lupdate = sys.argv[1:]
    committed = os.path.join(source, "translations")
    faults = []
    with tempfile.TemporaryDirectory() as fresh:
        for name in ("tern_zh_CN.ts", "tern_en.ts"):
            shutil.copy(os.path.join(committed, name), fresh)
        subprocess.run([os.path.join(committed, "update.sh"), lupdate, fresh], check=True, stderr=subprocess.DEVNULL)
        for name in ("tern_zh_CN.ts", "tern_en.ts"):
            now = {key for key, _ in messages(os.path.join(fresh, name))}
            then = {key for key, _ in messages(os.path.join(committed, name))}
            faults += [f"{name}: missing, run ninja update_translations: {key}" for key in sorted(now - then)]
            faults += [f"{name}: no longer used, run ninja update_translations: {key}" for key in sorted(then - now)]
    for name in ("tern_zh_CN.ts", "tern_en.ts"):
        for key, translation in messages(os.path.join(committed, name)):
            forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            if translation.get("type") or not all(form.strip() for form in forms):
                faults.append(f"{name}: not translated: {key}")
            elif any(places(form) != places(key[1]) for form in forms):
                faults.append(f"{name}: other places than the source: {key}")
    print("\n".join(faults) or "translations are complete")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
