"""Takes new messages out of a mailbox point: python3 fetch.py PROFILE FOLDER

Each attachment becomes a file in FOLDER; without one, the message itself does. What was taken is marked as read."""

import base64
import email
import email.policy
import imaplib
import pathlib
import ssl
import sys

import signet


def log_in(credential):
    where, trusted = (credential["host"], credential["port"]), ssl.create_default_context()
    if credential["encryption"] == "tls":
        imap = imaplib.IMAP4_SSL(*where, ssl_context=trusted)
    else:
        imap = imaplib.IMAP4(*where)
    if credential["encryption"] == "starttls":
        imap.starttls(ssl_context=trusted)
    if credential["authentication"] == "password":
        imap.login(credential["login"], credential["password"])
    else:
        answer = base64.b64decode(credential["sasl"]["initial_response"])  # imaplib encodes it again
        imap.authenticate("XOAUTH2", lambda challenge: b"" if challenge else answer)
    return imap


def take(message, number, folder):
    """The files that come of a message. A name from outside is no path."""
    parts = list(message.iter_attachments())
    if not parts:
        (folder / f"{number}.eml").write_bytes(message.as_bytes())
    for part in parts:
        name = pathlib.PurePosixPath((part.get_filename() or "attachment").replace("\\", "/")).name
        (folder / f"{number}-{name}").write_bytes(part.get_payload(decode=True))
    return len(parts) or 1


def main(profile, folder):
    folder = pathlib.Path(folder)
    credential = signet.ask("credential.get", profile=profile, min_valid_seconds=300)
    with log_in(credential) as imap:
        imap.select(credential.get("folder", "INBOX"))
        _, found = imap.uid("SEARCH", "UNSEEN")
        for number in found[0].decode().split():
            _, data = imap.uid("FETCH", number, "(BODY.PEEK[])")
            message = email.message_from_bytes(data[0][1], policy=email.policy.default)
            print(message["From"], message["Subject"], take(message, number, folder), sep="\t")
            # Only now: whatever goes wrong before leaves it to be taken the next time.
            imap.uid("STORE", number, "+FLAGS", r"(\Seen)")


try:
    main(*sys.argv[1:])
except signet.Refused as refused:
    sys.exit(f"{refused} ({refused.kind})")
