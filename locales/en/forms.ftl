# The window's forms: the mail server and the mailbox points.

## The mail server

form-mail-server-line = Outgoing mail: by these settings the components of the DMS send messages.
form-send-with = Send mail with
form-send-with-component = Mail component on the IIS server
form-send-with-sql = Profile on the SQL server
form-sql = Profile on the SQL server
form-sql-profile = Name of the profile
form-sql-profile-hint = The name of the Database Mail profile, as it stands on the SQL server
form-sql-no-oauth = A profile on the SQL server sends with a login and a password of its own and knows no OAuth2. To choose OAuth2, send with the mail component on the IIS server.
form-sql-no-try = The SQL server sends; it can be tried there only.
form-account-settings = Mail account settings
form-enabled = Switch sending mail on
form-enabled-hint = As long as this is "No", components do not get these settings. Authorizing and testing work.
form-yes = Yes
form-no = No
form-account-name = Account name
form-email = Email (outgoing)
form-display-name = Display name
form-reply-to = Reply address
form-reply-to-hint = Answers go here; empty: to the outgoing address
form-description = Description
form-protocol = Server type
form-server = Server name
form-port = Port
form-encryption = Encryption
form-encryption-automatic = Automatic
form-encryption-none = None
form-encryption-tls = SSL/TLS
form-encryption-starttls = STARTTLS
form-authentication = Authentication
form-authentication-password = Login and password
form-authentication-oauth = OAuth2
form-login = Login
form-password = Password
form-password-kept = A password is kept. Leave this empty to keep it.
form-password-moved = The password that is kept was for another server or login. Give it again.
form-not-encrypted = The connection is not encrypted: anybody on the way can read login and password.

## Authorizing

form-authorize = Authorize
form-authorize-hint = Opens the sign-in page of Office 365 in the browser.
form-incomplete = First fill in or correct the fields that are marked.
form-no-account = There is no account { $account }, so programs get no tokens for these settings. Choose "Authorize" to add it and to sign in.
form-login-taken = The login is { $login } now, and the mailbox stays { $mailbox }.
form-login-taken-sender = The login is { $login } now. To send as another address it needs the permission Send As.
form-to-application = Set up the application

## Trying it

form-try-send = Send a test message
form-try-send-line = A real message by the settings of this form, also those not saved yet.
form-try-to = Recipient's address
form-try = Test the connection
form-try-line = A try with the settings of this form, also those not saved yet; it changes nothing in the mailbox.
form-try-steps = Steps of the test
form-try-running = Testing...
form-try-cancel = Stop
form-try-cancelled = The test was stopped.
form-try-outdated = The form has been changed since. What stands here is of the test with server { $server }, port { $port }, login { $login }.
form-try-sent = The message was sent to { $address }.
form-try-fine = The connection works.
form-try-took = { $milliseconds } ms
form-try-line-said = The server's answer
form-try-line-found = Details
form-try-do = What to do
form-try-copy = Copy for the administrator
form-try-letter =
    Hello,
    Signet cannot use mail with these settings: server { $server }, port { $port }, login { $login }.

## Saving

form-saved = Saved
form-gone = These settings have been removed meanwhile. What was typed is still here: save once more to make them anew.
form-unread = The mail settings could not be read: { $detail }

## Leaving a page with unsaved changes

leaving-title = Leave without saving?
leaving-line = The changes on this page are not saved and will be lost.
leaving-account = The account { $account } and its sign-in will be removed too: they came of authorizing in this form.
leaving-yes = Do not save

## Mailbox points

points-title = Mailbox points
points-line = Incoming mail: of these mailboxes the DMS makes documents, or takes the attachments.
points-none = There is no mailbox point yet.
points-count =
    { $count ->
        [one] { $count } point
       *[other] { $count } points
    }
points-add = Add a point
points-edit = Edit
points-edit-named = Edit: { $point }
points-remove = Remove...
points-remove-named = Remove: { $point }
points-remove-title = Remove the point { $point }?
points-remove-line = The point's settings and its password are removed. The account and its sign-in stay.
points-remove-yes = Remove
points-removed = Removed the point { $point }. The account has stayed.
points-sign-in = Sign in: { $account }
points-new = New mailbox point
points-mode = Mode of work
points-mode-documents = Work with a mailbox (making DMS documents)
points-mode-attachments = Work with a mailbox (taking attachments)
points-general = General
points-mailbox-settings = Mailbox settings
points-name = Name
points-id = Identifier
points-id-hint = By this name the component asks for its settings; letters without accents, digits, - and _
points-id-wrong = An identifier is made of letters without accents, digits, - and _, at most 64 of them.
points-id-known = There is a point of this identifier already.
points-active = Active
points-inactive = Not active
points-protocol = Account type
points-server = Incoming mail server
points-mailbox = Mailbox
points-mailbox-hint = Only where it is not the login's own, for example a shared one
points-folder = Folder
points-folder-hint = Empty: the inbox
points-of-mailbox = { $mailbox } by the login { $login }
points-no-account = There is no account { $account }. Choose "Edit", then "Authorize".

## Pasting a list of points

points-paste = Paste a list...
points-paste-title = Add a list of points
points-paste-line = One point a line, its columns separated by semicolons, commas or tabs. The first line may name the columns; without it their order is: { $columns }. A login is enough; the rest is filled in as for OAuth2. The kind is "documents" or "attachments".
points-paste-list = List of points
points-paste-delegate = One login for all
points-paste-delegate-hint = Empty: each mailbox signs in itself. Otherwise the login that reads all of them as shared mailboxes
points-paste-verdicts = What is in the list
points-paste-point = Point
points-paste-fine = Will be added: { $mailbox }
points-paste-no-mailbox = There is no mailbox address or login here.
points-paste-kind = "{ $kind }" is no kind. Write "documents" or "attachments".
points-paste-protocol = Write IMAP or POP3.
points-paste-encryption = Write Automatic, None, SSL/TLS or STARTTLS.
points-paste-wrong = { $column }: { $detail }
points-paste-twice = The same identifier as in line { $line }: { $id }
points-paste-twice-mailbox = The same mailbox and folder as in line { $line }
points-paste-columns = There are more than eight columns. The first line should name the columns.
points-paste-submit =
    { $count ->
        [one] Add { $count } point
       *[other] Add { $count } points
    }
points-paste-bad =
    { $count ->
        [one] { $count } line is to be corrected first. Nothing has been added.
       *[other] { $count } lines are to be corrected first. Nothing has been added.
    }
points-paste-refused = Nothing has been added: { $detail }
points-paste-kept = Nothing has been added: { $detail } These accounts could not be taken back: { $accounts }
points-paste-adding = Adding { $done } of { $count }...
points-paste-added =
    { $count ->
        [one] { $count } point was added.
       *[other] { $count } points were added.
    }
