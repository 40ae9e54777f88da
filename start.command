#!/bin/sh
# Double-click on a Mac: the same as "python3 build start". Needs Python 3.11 or newer from python.org.
cd "$(dirname "$0")" || exit 1
found=""
for python in python3 python3.14 python3.13 python3.12 python3.11 /usr/local/bin/python3 /opt/homebrew/bin/python3 python; do
    # On a Mac without developer tools /usr/bin/python3 is there, but only opens a dialog: an answer is the proof.
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        found=$python
        break
    fi
done
if [ -n "$found" ]; then
    "$found" build start "$@" && exit 0
else
    echo "Fant ikke Python 3.11 eller nyere. Hent den fra python.org, og prøv igjen."
fi
printf 'Trykk Enter for å lukke vinduet. '
read -r _
exit 1
