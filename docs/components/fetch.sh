#!/bin/sh
# Takes new messages out of a mailbox point: sh fetch.sh PROFILE FOLDER
#
# Each message becomes a file in FOLDER, and is marked as read once it is on the disk. One that cannot be taken is told about and
# stays unread, and the others are taken all the same.
set -eu
. "$(dirname "$0")/signet.sh"

credential=$(credential "$1")
protocol=$(printf '%s' "$credential" | jq -r .protocol)
[ "$protocol" = imap ] || die "$1 is for $protocol, and this component reads by IMAP alone"
# The folder's name as IMAP writes it (RFC 3501 section 5.1.3), for a URL and, quoted, for a command.
names=$(printf '%s' "$credential" | jq -r '
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+," as $digits
    | def units: explode[] | if . < 65536 then . else (. - 65536 | 55296 + (. / 1024 | floor), 56320 + . % 1024) end;
      def coded: [units] | (length * 16 / 6 | ceil) as $length | . + [0, 0]
          | [range(0; length - 2; 3) as $at | .[$at] * 4294967296 + .[$at + 1] * 65536 + .[$at + 2]
             | range(7; -1; -1) as $place | . / pow(64; $place) | floor % 64 | $digits[.:. + 1]]
          | .[:$length] | "&" + add + "-";
      .folder | gsub("&"; "&-") | gsub("(?<run>[^ -~]+)"; .run | coded)
    | @uri, ("\"" + gsub("(?<sign>[\"\\\\])"; "\\" + .sign) + "\"" | @uri)')
path=${names%%
*}
name=${names#*
}

# What the server says when the folder is opened, and which messages are new: their numbers and nothing else.
said=$(printf '%s' "$credential" | connect "path=$path" 'request=UID SEARCH UNSEEN' output=/dev/null dump-header=-)
validity=$(printf '%s\n' "$said" | sed -n 's/^\* OK \[UIDVALIDITY \([0-9]\{1,\}\)\].*/\1/p')
[ -n "$validity" ] || die "the server says no UIDVALIDITY"
numbers=$(printf '%s\n' "$said" | sed -n 's/^\* SEARCH//p' | tr ' \r' '\n\n' | sed -n '/^[0-9]\{1,\}$/p')
message="$path;UIDVALIDITY=$validity"

# take NUMBER FILE. The file is whole or not there. What is there already is left by a run that broke off, or else not to be
# overwritten.
take() {
    # Opened anew by EXAMINE, so that curl, which knows no BODY.PEEK, marks nothing as read. Only where the server hangs up between
    # the two requests does curl open it for writing again.
    printf '%s' "$credential" | connect "path=$message" "request=EXAMINE%20$name" output=/dev/null fail-early \
        next "path=$message;UID=$1" "output=$part" &&
        sync "$part" &&
        if [ -e "$2" ]; then cmp "$part" "$2"; else mv "$part" "$2"; fi &&
        sync "$(dirname "$2")" &&
        printf '%s\n' "${2##*/}" &&
        # Only now: whatever goes wrong before leaves it to be taken the next time.
        printf '%s' "$credential" | connect "path=$message" "request=UID STORE $1 +FLAGS (\\Seen)" output=/dev/null
}

part=$(mktemp -u "$2/.XXXXXX")
trap 'rm -f "$part"' EXIT
left=0
for number in $numbers; do
    # No two messages have the same three (RFC 3501 section 2.3.1.1).
    take "$number" "$2/$1.$validity.$number.eml" || {
        printf 'message %s stays unread\n' "$number" >&2
        left=1
    }
done
exit "$left"
