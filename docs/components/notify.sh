#!/bin/sh
# Sends a notification by the mail server's profile: sh notify.sh RECIPIENT SUBJECT [ATTACHMENT...] < text
set -eu
. "$(dirname "$0")/signet.sh"

recipient=$1
subject=$2
shift 2
# Asked for before each connection: Signet has a fresh one at hand.
credential=$(credential mail_server)
setting() { printf '%s' "$credential" | jq -r "$1 // empty"; }
# Text of a heading in any alphabet: encoded words of 39 bytes, so that the first of them has a line of 76 signs in common with
# the name of its heading (RFC 2047 section 2).
words() {
    jq -rn --arg text "$1" '
        reduce ($text | explode[] | [.] | implode) as $sign ([""];
            if (.[-1] + $sign | utf8bytelength) > 39 then . + [$sign] else .[-1] += $sign end)
        | map(select(. != "") | "=?UTF-8?B?\(@base64)?=") | join("\n ")'
}

email=$(setting .sender.email)
name=$(setting .sender.display_name)
reply_to=$(setting .sender.reply_to)
# What has a line's end in it would be a further heading.
for value in "$recipient" "$subject" "$email" "$name" "$reply_to"; do
    case $value in *[[:cntrl:]]*) die "a heading is one line" ;; esac
done
letter=$(mktemp)
trap 'rm -f "$letter"' EXIT
{
    if [ -n "$name" ]; then printf 'From: %s\n <%s>\n' "$(words "$name")" "$email"; else printf 'From: %s\n' "$email"; fi
    printf 'To: %s\nSubject: %s\n' "$recipient" "$(words "$subject")"
    [ -z "$reply_to" ] || printf 'Reply-To: %s\n' "$reply_to"
    printf 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="part"\n\n'
    printf -- '--part\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'
    base64
    for attachment; do
        name=$(jq -rn --arg name "$(basename -- "$attachment")" '$name | @uri')
        printf -- "--part\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
        printf "Content-Disposition: attachment; filename*=UTF-8''%s\n\n" "$name"
        base64 <"$attachment"
    done
    printf -- '--part--\n'
} >"$letter"
printf '%s' "$credential" |
    connect path= "mail-from=<$email>" "mail-rcpt=<$recipient>" "upload-file=$letter" crlf
