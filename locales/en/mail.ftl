# Mail settings, and what becomes of a connection that is tried.

## Settings

profile-missing = This is needed.
profile-no-host = This is no server's name. It looks like smtp.office365.com, and the port stands in a field of its own.
profile-scheme = Give the server's name alone, without anything like smtp:// before it.
profile-port = A port is a number from 1 to 65535.
profile-no-address = This is no address. It looks like name@company.com.
profile-token-in-clear = With OAuth2 the connection must be encrypted: whoever reads along would have the token. Choose Automatic.
profile-token-by-sql = A profile on the SQL server sends with a login and a password of its own and knows no OAuth2. Choose the mail component on the IIS server.
profile-protocol = This protocol is not one for this: outgoing mail goes by SMTP, incoming mail comes by IMAP or POP3.
profile-elsewhere = A profile of this kind has no such setting: senders belong to mail_server, folders to mailbox points.
profile-kind = Only the profile mail_server is of the kind mail_server. A mailbox point is of the kind documents or attachments.
profile-no-point = mail_server is the mail server and no mailbox point: it is not changed by a list. Change it with: signet profile set mail_server
profile-control = There is a line break or another invisible character in this. Type it anew instead of pasting it.
profile-no-password = No password is kept for this profile: with OAuth2 it signs in without one, and a profile on the SQL server has its own. To use a password, choose login and password first.
profile-twice = { $profile } is there twice.
profile-port-of = Port { $port } is usual for { $protocol }.
profile-not-at-exchange = Exchange Online takes mail at port 587 with STARTTLS, and not at 465.
profile-send-as = { $login } sends as { $sender }: an administrator must have given the permission Send As.
profile-in-clear = Login and password go over the network in clear.

## Steps of a check

check-step-secret = The token or the password is at hand.
check-step-name = The name { $host } is known.
check-step-tcp = { $host } answers at port { $port }.
check-step-tls = The connection is encrypted, and the certificate is good.
check-step-greeting = The mail server greets.
check-step-capabilities = The mail server says what it can do.
check-step-authentication = { $login } is let in.
check-step-mailbox = The mailbox { $mailbox } can be read.
check-step-sender = The sender is accepted.
check-step-recipient = The recipient is accepted.
check-step-message = The message is on its way to { $recipient }.
check-letter-subject = Signet: test message
check-letter-body = This is a test message from Signet. It was sent as { $sender }, by the settings of the mail server.

## Why a step fails

check-no-name = There is no server { $host }.
check-no-name-action = Check the spelling of the server's name, then network, VPN and DNS.
check-name-unanswered = The name { $host } could not be looked up: no name server answers.
check-name-unanswered-action = Connect to the network, or to the VPN, and try again. If web pages open, ask the administrator of the network about DNS.
check-no-network = There is no way to { $host }: this computer is not connected to a network that leads there.
check-no-network-action = Connect to the network, or to the VPN, and try again.
check-no-connection = No connection to { $host }, port { $port }, could be made.
check-no-connection-action = Check the port. If it is right, a firewall or the provider may bar it: ask the administrator of the network to open it.
check-timeout = { $host } did not answer in time.
check-timeout-action = Check port and encryption: a server that waits for encryption says nothing. If they are right, try again later.
check-busy = { $host } does not answer any more.
check-busy-action = The server is busy, or the network fails: try again later.
check-dropped = { $host } hung up.
check-dropped-action = The server is busy, or the network fails: try again later.
check-unanswered = The message was given to { $host }, and whether it takes it was not told in time.
check-unanswered-action = Look whether it has arrived at { $recipient } before you try again: otherwise it may come twice.
check-closed = { $host } hung up.
check-closed-action = Check port and encryption. If they are right, try again later.
check-garbage = What answers at { $host }, port { $port }, is no mail server of this kind.
check-garbage-action = Check server, port and encryption. In a guest network a login page may stand in between.
check-web = What answers at { $host }, port { $port }, is a web server.
check-web-action = In a guest network, open any page in the browser first and log in there. Otherwise check server and port.
check-unsayable = A setting, or the secret, holds a line break or another invisible character. It was not sent: { $host } would take what follows for a command.
check-unsayable-action = Type login, mailbox, folder, addresses and password anew instead of pasting them.
check-broke-off = The check ended unexpectedly: Signet itself has failed.
check-broke-off-action = Try again. If it stays so, report it with what Signet's log says.
check-not-offered = { $host } does not offer { $what }.
check-not-offered-action = Choose another encryption or another kind of login, or have the server's administrator switch it on.
check-no-alphabet = { $host } takes no address with letters of another alphabet before the @.
check-no-alphabet-action = Give an address without such letters: { $sender } is the sender, { $recipient } the recipient.
check-certificate = The certificate that { $host } shows is not trusted. It is of "{ $subject }", given by "{ $issuer }", SHA-256 { $fingerprint }.
check-certificate-action = If your organisation inspects encrypted traffic, set extra_ca under [network] to its root certificate. If the name is another server's, correct the server's name. Never mind it away.
check-tls = No secure connection to { $host } could be made.
check-tls-action = Check port and encryption: port 993 and 995 encrypt from the beginning, 587 and 143 by STARTTLS. In a guest network, open any page in the browser first and log in there.

## What a server's no means

refusal-smtp-auth-off-tenant = Sending by SMTP is switched off for the whole organisation.
refusal-smtp-auth-off-tenant-action = An Exchange administrator switches it on for this mailbox: Set-CASMailbox -Identity '{ $quoted_login }' -SmtpClientAuthenticationDisabled $false
refusal-smtp-auth-off-mailbox = Sending by SMTP is switched off for this mailbox.
refusal-smtp-auth-off-mailbox-action = An Exchange administrator switches it on: Set-CASMailbox -Identity '{ $quoted_login }' -SmtpClientAuthenticationDisabled $false
refusal-security-defaults = The security defaults of the organisation forbid sending by SMTP.
refusal-security-defaults-action = An administrator replaces them by Conditional Access at Entra: Properties, Manage security defaults.
refusal-policy = A policy of the organisation forbids this login.
refusal-policy-action = An administrator finds the policy in the sign-in log of { $login } at Entra, and excludes this application or mailbox.
refusal-passwords-off = This server takes no passwords any more.
refusal-passwords-off-action = Choose OAuth2 and sign in.
refusal-password = The server does not let { $login } in with this password: it may be wrong, or the server takes none any more.
refusal-password-action = Give the password anew. Exchange Online takes no passwords by IMAP and POP3: there choose OAuth2 and sign in.
refusal-not-let-in = The server does not let { $login } into { $mailbox }: the protocol may be switched off, the mailbox may be another person's, or a right may be missing.
refusal-not-let-in-action = An Exchange administrator looks: Get-CASMailbox '{ $quoted_mailbox }' | Format-List ImapEnabled,PopEnabled,SmtpClientAuthenticationDisabled. A shared mailbox needs: Add-MailboxPermission -Identity '{ $quoted_mailbox }' -User '{ $quoted_login }' -AccessRights FullAccess
refusal-token-ends-soon = The server wants a token with more life left.
refusal-token-ends-soon-action = Try again in a minute: Signet renews the token.
refusal-no-access = { $login } is known, but the mailbox { $mailbox } cannot be opened.
refusal-no-access-action = An Exchange administrator checks licence and rights: Add-MailboxPermission -Identity '{ $quoted_mailbox }' -User '{ $quoted_login }' -AccessRights FullAccess
refusal-send-as = { $login } may not send as { $sender }.
refusal-send-as-action = An Exchange administrator gives the right Send As: Add-RecipientPermission -Identity '{ $quoted_sender }' -Trustee '{ $quoted_login }' -AccessRights SendAs. Or choose the login's own address as sender.
refusal-recipient = The recipient is not accepted.
refusal-recipient-action = Check the recipient's address.
refusal-too-many-at-a-time = The mailbox sends more than three messages at a time.
refusal-too-many-at-a-time-action = Nothing needs to be done: try again in a minute. Components should send one after the other.
refusal-throttled = The server wants to be left alone for { $seconds } seconds.
refusal-throttled-action = Nothing needs to be done: try again later. Trying harder makes it last longer.
refusal-held-up = The server takes nothing from { $sender } for now, because too much of it has failed.
refusal-held-up-action = First mend what failed: a full mailbox, a missing licence, a missing right Send As, wrong recipients. Until then send nothing: each further attempt counts.
refusal-quota = The day's number of recipients is used up.
refusal-quota-action = Try again tomorrow, or spread the messages over several mailboxes.
refusal-full = The sender's mailbox is full: what is sent is kept there.
refusal-full-action = Empty "Sent Items" of { $mailbox }, or have an administrator set a retention policy.
refusal-not-logged-in = The server wants a login.
refusal-not-logged-in-action = Choose OAuth2, or give login and password.
refusal-no-folder = There is no such folder in the mailbox.
refusal-no-folder-action = Check the folder's name; the inbox is INBOX.
refusal-in-use = Another program has the mailbox open.
refusal-in-use-action = Close it there, or try again later.
refusal-unavailable = The server cannot just now.
refusal-unavailable-action = Try again later.
refusal-other = The server said no.
refusal-other-action = Its own words say why.
