"""Sends a notification by the mail server's profile: python3 notify.py RECIPIENT SUBJECT [ATTACHMENT...] < text"""

import mimetypes
import pathlib
import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.utils import formataddr

import signet

# Seconds that a server may look at a message before it takes it (RFC 5321 section 4.5.3.2.6): who gives up earlier sends it twice.
TAKING = 600


def letter(sender, recipient, subject, text, attachments):
    message = EmailMessage()
    message["From"] = formataddr((sender.get("display_name", ""), sender["email"]))
    message["To"] = recipient
    message["Subject"] = subject
    if "reply_to" in sender:
        message["Reply-To"] = sender["reply_to"]
    message.set_content(text)
    for path in map(pathlib.Path, attachments):
        main, sub = (mimetypes.guess_type(path)[0] or "application/octet-stream").split("/")
        message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
    return message


def log_in(smtp, credential):
    if credential["authentication"] == "password":
        smtp.login(credential["login"], credential["password"])
        return
    # The token goes in a line of its own: one of real size is longer than a command may be (RFC 4954).
    code, answer = smtp.docmd("AUTH", "XOAUTH2")
    if code == 334:
        code, answer = smtp.docmd(credential["sasl"]["initial_response"])
    if code == 334:
        # The server says in a challenge what is wrong, and then waits for an empty line.
        code, answer = smtp.docmd("")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, answer)


def main(recipient, subject, *attachments):
    # Asked for before each connection: Signet has a fresh one at hand.
    credential = signet.ask("credential.get", profile="mail_server", min_valid_seconds=300)
    where, trusted = (credential["host"], credential["port"]), ssl.create_default_context()
    if credential["encryption"] == "tls":
        smtp = smtplib.SMTP_SSL(*where, context=trusted, timeout=signet.PATIENCE)
    else:
        smtp = smtplib.SMTP(*where, timeout=signet.PATIENCE)
    with smtp:
        if credential["encryption"] == "starttls":
            smtp.starttls(context=trusted)
        smtp.ehlo()
        log_in(smtp, credential)
        smtp.sock.settimeout(TAKING)
        smtp.send_message(letter(credential["sender"], recipient, subject, sys.stdin.read(), attachments))


signet.run(main)
