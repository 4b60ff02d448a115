"""Takes new messages out of a mailbox point: python3 fetch.py PROFILE FOLDER

Each attachment becomes a file in FOLDER; without one, the message itself does. A message is marked as read once all of it is on
the disk. One that cannot be taken is told about and stays unread, and the others are taken all the same."""

import base64
import email
import email.policy
import imaplib
import os
import pathlib
import re
import ssl
import sys
import unicodedata
import uuid

import signet

# What is attached, a message perhaps, is kept as it was sent.
AS_SENT = email.policy.SMTP.clone(refold_source="none")


def log_in(credential):
    where, trusted = (credential["host"], credential["port"]), ssl.create_default_context()
    if credential["encryption"] == "tls":
        imap = imaplib.IMAP4_SSL(*where, ssl_context=trusted, timeout=signet.PATIENCE)
    else:
        imap = imaplib.IMAP4(*where, timeout=signet.PATIENCE)
    if credential["encryption"] == "starttls":
        imap.starttls(ssl_context=trusted)
    if credential["authentication"] == "password":
        imap.login(credential["login"], credential["password"])
    else:
        answer = base64.b64decode(credential["sasl"]["initial_response"])  # imaplib encodes it again
        imap.authenticate("XOAUTH2", lambda challenge: b"" if challenge else answer)
    return imap


def mailbox(name):
    """A folder's name as IMAP writes it: RFC 3501 section 5.1.3, and quoted."""

    def coded(run):
        return "&" + base64.b64encode(run[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"

    name = re.sub(r"[^ -~]+", coded, name.replace("&", "&-"))
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def ok(answer):
    """What the server answered. imaplib raises nothing when that is a no."""
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(f"the server says {state}: {data}")
    return data


def attachments(part, number="", inside=""):
    """The parts that are attachments, each with its number (RFC 3501 section 6.4.5). What a page is made of is none."""
    kind = part.get_content_type()
    if kind.startswith("multipart/"):
        children = part.get_payload() if part.is_multipart() else []
        for place, child in enumerate(children, 1):
            yield from attachments(child, f"{number}.{place}".lstrip("."), kind)
    elif part.is_attachment() or inside != "multipart/related" and (part.get_filename() or not kind.startswith("text/")):
        yield number or "1", part


def content(part):
    if part.is_multipart():  # an attached message, or a report's blocks
        return b"".join(child.as_bytes() for child in part.get_payload())
    return part.get_payload(decode=True)


def shown(text):
    """In one line, without signs that do something."""
    return "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in str(text or ""))


def heading(message, name):
    try:
        return shown(message[name])
    except Exception:  # the library cannot read each that is sent: as it came
        return shown(dict(message.raw_items())[name])


def clean(name):
    """A name from outside is no path, and of a length and of signs that any file system takes."""
    stem, suffix = os.path.splitext(re.sub(r'[/\\:*?"<>|]', "_", shown(name)).strip(". "))
    cut = [text.encode()[:most].decode(errors="ignore") for text, most in ((stem, 120), (suffix, 20))]
    return "".join(cut).strip(". ")


def keep(path, data):
    """Whole on the disk, or not there. What is there already is left by a run that broke off, or else not to be overwritten."""
    if path.exists():
        if path.read_bytes() != data:
            raise FileExistsError(f"{path} is there, and is something else")
        return
    part = path.with_name(f".{uuid.uuid4()}")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def take(imap, number, folder, name):
    [raw] = [item[1] for item in ok(imap.uid("FETCH", number, "(BODY.PEEK[])")) if isinstance(item, tuple)]
    message = email.message_from_bytes(raw, policy=AS_SENT)
    parts = list(attachments(message))
    for place, part in parts:
        nameless = "message.eml" if part.get_content_type() == "message/rfc822" else "attachment"
        keep(folder / f"{name}.{place}-{clean(part.get_filename()) or nameless}", content(part))
    if not parts:
        keep(folder / f"{name}.eml", raw)
    listing = os.open(folder, os.O_RDONLY)
    os.fsync(listing)  # the files' names are on the disk too
    os.close(listing)
    print(heading(message, "From"), heading(message, "Subject"), len(parts) or 1, sep="\t", flush=True)
    # Only now: whatever goes wrong before leaves it to be taken the next time.
    ok(imap.uid("STORE", number, "+FLAGS", r"(\Seen)"))


def main(profile, folder):
    credential = signet.ask("credential.get", profile=profile, min_valid_seconds=300)
    if credential["protocol"] != "imap":
        sys.exit(f"{profile} is for {credential['protocol']}, and this component reads by IMAP alone")
    left = False
    with log_in(credential) as imap:
        ok(imap.select(mailbox(credential["folder"])))
        validity = int(imap.response("UIDVALIDITY")[1][0])
        for number in map(int, ok(imap.uid("SEARCH", "UNSEEN"))[0].split()):
            try:
                # No two messages have the same three (RFC 3501 section 2.3.1.1).
                take(imap, str(number), pathlib.Path(folder), f"{profile}.{validity}.{number}")
            except imaplib.IMAP4.abort:
                raise  # the connection is gone
            except Exception as error:
                left = True
                print(f"message {number} stays unread: {error!r}", file=sys.stderr)
    sys.exit(left)


signet.run(main)
