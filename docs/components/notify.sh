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
# A word of a heading in any alphabet (RFC 2047).
word() { printf '=?UTF-8?B?%s?=' "$(printf '%s' "$1" | base64 | tr -d '\n')"; }

email=$(setting .sender.email)
reply_to=$(setting .sender.reply_to)
letter=$(mktemp)
trap 'rm -f "$letter"' EXIT
{
    printf 'From: %s <%s>\nTo: %s\n' "$(word "$(setting .sender.display_name)")" "$email" "$recipient"
    printf 'Subject: %s\n' "$(word "$subject")"
    [ -z "$reply_to" ] || printf 'Reply-To: %s\n' "$reply_to"
    printf 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="part"\n\n'
    printf -- '--part\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'
    base64
    for attachment; do
        name=$(jq -rn --arg name "$(basename "$attachment")" '$name | @uri')
        printf -- "--part\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
        printf "Content-Disposition: attachment; filename*=UTF-8''%s\n\n" "$name"
        base64 "$attachment"
    done
    printf -- '--part--\n'
} >"$letter"
printf '%s' "$credential" |
    connect path= "mail-from=<$email>" "mail-rcpt=<$recipient>" "upload-file=$letter" crlf
