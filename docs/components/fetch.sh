#!/bin/sh
# Takes new messages out of a mailbox point: sh fetch.sh PROFILE FOLDER
#
# Each message becomes a file in FOLDER. What was taken is marked as read.
set -eu
. "$(dirname "$0")/signet.sh"

credential=$(credential "$1")
folder=$(printf '%s' "$credential" | jq -r '.folder // "INBOX" | @uri')
new=$(printf '%s' "$credential" | connect "$folder" 'request = "UID SEARCH UNSEEN"' | tr -d '\r' | sed -n 's/^\* SEARCH//p')
for number in $new; do
    # Taken whole or not at all: it is marked as read only with its last byte.
    printf '%s' "$credential" | connect "$folder;UID=$number" "output = \"$2/$number.eml\""
    printf '%s\n' "$number.eml"
done
