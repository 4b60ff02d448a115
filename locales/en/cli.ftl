# The command line: help, progress, results.

## Help

help-signet = Signs you in to Office 365 in your browser and hands fresh access tokens to mail programs
help-heading-usage = Usage:
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-help = Print this help
help-version = Print the version

help-value-command = COMMAND
help-value-options = [OPTIONS]
help-json = Print JSON, errors too
help-no-input = Never ask on the terminal; fail instead

help-config = Look at the settings, check and edit them
help-config-check = Say whether config.toml is right, or every mistake in it
help-config-show = Print the settings that hold, with what the file leaves out
help-config-edit = Open a copy of config.toml in your editor; it takes the file's place once it is right
help-config-path = Print where config.toml is
help-doctor = Look at everything on this computer that can be wrong, and say how to mend it
help-doctor-name = Account whose sign-in service is looked at; all of them without it
help-completions = Print the completion script for a shell
help-completions-shell = bash, zsh, fish or powershell
help-man = Write the manual pages into a folder
help-man-name = NAME
help-man-synopsis = SYNOPSIS
help-man-description = DESCRIPTION
help-man-extra = EXIT CODES AND ENVIRONMENT
help-man-folder = The folder

help-agent = Run the agent that keeps the sign-ins (no desktop needed)
help-agent-foreground = Stay in the foreground and write the log to the terminal
help-agent-stop = End the agent that is running

help-accounts = Add, list and remove accounts
help-accounts-add = Add an account: Office 365, or another OpenID provider with --issuer
help-accounts-set = Change an account: what is given replaces what was
help-accounts-add-name = Name of the account, mostly the mailbox address
help-accounts-add-login = Login (UPN) if it is not the name
help-accounts-add-issuer = Address of another OpenID provider, such as https://login.company.com
help-accounts-add-client-id = Application (client) ID; without it, the one under [app] in config.toml
help-accounts-add-tenant = Tenant: its ID, its domain, or "organizations"
help-accounts-add-cloud = Microsoft cloud: global, us-government or china
help-accounts-add-resource = Name of the resource that the scopes belong to, such as mail
help-accounts-add-scope = Scope to ask for; may be repeated
help-accounts-add-response-mode = How the browser brings the answer: form_post (safer, the default) or query
help-accounts-list = List the accounts and their states
help-accounts-remove = Remove an account and erase its sign-in from this computer
help-accounts-remove-name = Name of the account
help-accounts-retry = Ask the sign-in service again now, instead of when Signet would by itself
help-accounts-retry-name = Name of the account

help-sign-in = Sign in to an account in the browser
help-sign-in-name = Name of the account
help-sign-in-no-browser = Do not open a browser: print the address of the sign-in page and wait
help-sign-out = Erase an account's sign-in and keep the account
help-sign-out-name = Name of the account

help-token = Print an access token, and nothing else
help-token-name = Name of the account
help-token-for = What the token is for: imap, pop or smtp
help-token-min-valid = Seconds for which the token must still be valid
help-token-sasl = Print the ready login answer instead: xoauth2 or oauthbearer
help-token-json = Print the whole answer as JSON

help-status = Show whether the agent runs and how the accounts are

help-unlock = Open the saved sign-ins: give their passphrase, or have the keyring asked once more
help-unlock-choose = Choose the passphrase now
help-unlock-change = Replace the passphrase by another one

help-start-afresh = Put saved sign-ins that cannot be opened any more aside, and begin without any
help-start-afresh-yes = Do not ask first

help-after =
    Exit codes:
      0  fine
      1  any other failure
      2  wrong usage
      3  sign-in required
      4  an administrator must act, or a setting is wrong
      5  the sign-in service cannot be reached; try again
      6  the agent is not running
      7  unknown account
      8  denied, approval required, or locked

    SIGNET_LANG=en or SIGNET_LANG=pl chooses the language.

## Signing in

cli-opening-browser = Opening the sign-in page in your browser...
cli-open-this-page = Open this page in a browser on this computer: { $url }
cli-browser-failed = No browser could be opened.
cli-waiting-for-person = Waiting until you have signed in in the browser...
cli-signed-in = Signed in as { $login }
cli-cancelled = The sign-in was cancelled.
cli-declined = The sign-in was declined in the browser. To use mail, sign in again and accept the permissions.
cli-expired = The sign-in took too long and was ended. Start it again.
cli-signed-out = Signed out: { $account }. The sign-in is erased from this computer.

## Accounts

cli-account-added = Account added: { $account }
cli-account-set = Account changed: { $account }
cli-account-added-next = Now sign in with: signet sign-in { $account }
cli-account-retried = Asking again for { $account }. To see how it went: signet status
cli-account-removed = Account removed: { $account }. Its sign-in is erased from this computer.
cli-account-removed-used = Warning: these profiles worked by it, and neither send nor fetch mail until there is an account for them again: { $profiles }
cli-revoke-hint = Microsoft still knows the sign-in. To end it there too, choose "Sign out everywhere" at { $url }, or have an administrator revoke the sessions.
cli-no-accounts = There are no accounts yet. Add one with: signet accounts add name@company.com

## The agent

cli-not-running = The agent is not running. Start it with: signet agent
cli-not-ours = The endpoint belongs to another user, so it is not used. Check SIGNET_SOCKET.
cli-agent-runs-already = The agent is running already (process { $pid }).
cli-agent-started = The agent is running and listens at { $socket }.
cli-agent-stopped = The agent has stopped.
notice-key-file = The key is kept in the file { $path }. Whoever can read this file can open the saved sign-ins.

## Status

status-running = Signet { $version } has been running for { $uptime }.
status-account-signed-out = { $account }: signed out
status-account-signing-in = { $account }: waiting for the sign-in in the browser
status-account-ready = { $account }: ready
status-account-unreachable = { $account }: the sign-in service cannot be reached; Signet tries again by itself
status-account-session-lost = { $account }: what was saved cannot be read now
status-account-needs-sign-in = { $account }: a new sign-in is needed
status-none = There is no account yet
status-well =
    { $count ->
        [one] { $count } account, which needs nobody
       *[other] { $count } accounts, none of which needs anybody
    }
status-need =
    { $count ->
        [one] { $count } account needs somebody: signet status tells what to do
       *[other] { $count } accounts need somebody: signet status tells what to do
    }
status-token-until = token valid until { $time }

state-signed-out = signed out
state-signing-in = signing in
state-ready = ready
state-unreachable = unreachable
state-needs-sign-in = needs a sign-in

column-name = Name
column-login = Login
column-state = State
column-until = Valid until

duration-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
duration-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
duration-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
duration-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

## Errors

cli-error = Error: { $detail }
cli-consent-hint = An administrator approves the application for everybody at { $url }
cli-config-broken = { $path }, line { $line }, column { $column }: { $detail }

notice-config-broken = Signet goes on with the last settings that were right: there is a mistake in { $path }, line { $line }, column { $column }: { $detail }
notice-config-unreadable = Signet goes on with the last settings that were right: { $path } cannot be read: { $detail }
notice-config-unusable = Signet goes on with the last settings that were right: a changed setting cannot be used: { $detail }
notice-config-restart = The place of the key was changed in config.toml. That takes effect when the agent starts anew: signet agent --stop, then signet agent.
notice-store-set-aside = The file of the saved sign-ins was damaged or another program's. It was kept as { $path }, and a new one was begun: accounts that are not in use now need a new sign-in.
notice-unsaved = The sign-in of { $account } could not be saved and will be lost when the agent ends. Check the disk.
cli-wrong-person-waiting = { $signed_in_as } signed in, but that is not the login of this account. Nothing was saved. Choose in the browser what to do.
cli-wrong-person-ended = { $signed_in_as } signed in, but that is not the login of this account. Nothing was saved. Start the sign-in again and choose "Use another account" in the browser.
cli-passphrase = Passphrase:
cli-passphrase-choose = Choose a passphrase:
cli-passphrase-again = The same once more:
cli-passphrase-short = Choose a passphrase of at least { $least } characters.
cli-passphrase-differs = The two are not the same. Nothing was changed.
cli-passphrase-present = The present passphrase:
cli-passphrase-changed = The passphrase was changed. From now on only the new one opens the saved sign-ins.
cli-start-afresh-ask = All accounts will need a new sign-in. What is saved now is kept in a file of its own, but nothing opens it without its key. Type yes to go on:
cli-start-afresh-yes = yes
cli-start-afresh-not = Nothing was changed: this has to be agreed to at a terminal, or by --yes.
cli-started-afresh = Begun anew. The old sign-ins are kept as { $path }. Accounts now need a new sign-in.
cli-unlocked = Unlocked. The saved sign-ins can be used until the agent ends.
cli-passphrase-unasked = The passphrase may not be asked for (--no-input). Give it on standard input.
notice-policy-unusable = No token is handed out, since the organisation's policy cannot be gone by: { $path }: { $detail }
notice-policy-overrules = The organisation's policy goes before your own settings here: { $settings }
notice-reminder =
    { $count ->
        [one] Signet: sign in to { $accounts } again, or mail stops. Command: signet sign-in { $accounts }
       *[other] Signet: sign in to these accounts again, or mail stops: { $accounts }. Command for each: signet sign-in NAME
    }

help-profile = Manage the mail settings of components
help-profile-list = List the profiles
help-profile-password = Give a profile its password, which is sealed in the store
help-profile-remove = Remove a profile and its password; the account stays
help-profile-profile = Profile: mail_server, or the id of a mailbox point
help-check = Try a profile's connection step by step, and explain what stands in the way
help-check-profile = Profile: mail_server, or the id of a mailbox point
help-check-send-to = Send a real test message to this address; for mail_server alone
cli-no-profiles = There are no profiles yet. Write [mail_server] or [points.ID] into config.toml: signet config edit
cli-profile-removed = Removed the profile { $profile }. The account stays.
cli-password-kept = The password of { $profile } is kept sealed.
cli-password = Password:
cli-password-unasked = The password is read from standard input, or asked for at a terminal without --no-input.
cli-kind-mail-server = mail server
cli-kind-documents = documents from messages
cli-kind-attachments = attachments
cli-yes = yes
cli-no = no
column-profile = Profile
column-kind = Kind
column-enabled = On
help-profile-show = Print a profile's settings, by the names they have in config.toml
help-profile-set = Make a profile, or change one: what is given replaces what was, an empty text takes it away
help-profile-kind = Kind of a point: documents (the default) or attachments
help-profile-enable = Let components have it; it has to be complete
help-profile-disable = Keep it from components
help-profile-name = Name of the account, or of the point
help-profile-description = Description
help-profile-send-with = What sends: mail_component (on the IIS server) or sql_profile (on the SQL server, without OAuth2)
help-profile-sql-profile = Name of the profile on the SQL server
help-profile-email = Sender's address; for mail_server
help-profile-display-name = Sender's name as readers see it
help-profile-reply-to = Where answers are to go
help-profile-protocol = smtp for mail_server, imap (the default) or pop for a point
help-profile-server = Mail server; with OAuth2 Exchange Online's if none is given
help-profile-port = Its port
help-profile-encryption = automatic (the default), tls, starttls or none
help-profile-authentication = password (the default; signet profile password asks for it) or oauth2
help-profile-login = Login at the mail server
help-profile-account = Account whose tokens are used, if it is not the one of that login
help-profile-mailbox = Mailbox to open or to send as, if it is not the login's own
help-profile-folder = Folder that is read; INBOX if none is given
help-profile-import = Make or change many points out of a list (CSV); all of them, or none if a line is wrong
help-profile-import-file = File in UTF-8, or - for standard input
help-profile-import-after =
    The first line names the columns: id, and any settings of signet profile set. They are separated by
    semicolons, commas or tabs. A new point makes documents, is enabled and signs in by OAuth2 where its line
    does not say otherwise; an empty cell leaves a setting as it is. Example:

      id;login;mailbox;kind
      faktury;anna@firma.pl;faktury@firma.pl;documents
      biuro;biuro@firma.pl;;attachments
cli-profile-saved = Profile saved: { $profile }
cli-profile-note = Note: { $detail }
cli-profile-next-password = It has no password yet. Give it with: signet profile password { $profile }
cli-profile-next-enable = Components do not get it yet. Switch it on with: signet profile set { $profile } --enable
cli-too-long = This is more than fits into one request. Give less at a time; a list can be split into several.
cli-standard-input = Standard input
cli-import-too-large = { $file } is larger than { $limit } KiB and was not read. A list of a thousand points is smaller; split it, or name another file.
cli-import-next-password = These have no password yet: { $profiles }. Give each its own with: signet profile password PROFILE
cli-import-no-text = The file is not text in UTF-8. Save it as "CSV UTF-8".
cli-import-empty = The list is empty. Its first line names the columns, such as id;login;mailbox
cli-import-torn = A quotation mark is not closed, or something stands beside a quoted cell.
cli-import-too-many = There are more cells than columns.
cli-import-column = There is no setting { $column }. There are: { $known }
cli-import-column-twice = The column { $column } is there twice.
cli-import-no-id = The column id is missing: it holds the id of each point.
cli-import-password = Passwords do not belong in a list. Give each with: signet profile password PROFILE
cli-import-word = "{ $value }" is none of the words there are for this.
cli-import-wrong = Line { $line }, column { $column }: { $detail }
cli-import-wrong-line = Line { $line }: { $detail }
cli-import-note = Line { $line }, note: { $detail }
cli-import-nothing = Nothing was saved.
cli-imported =
    { $count ->
        [one] { $count } profile saved.
       *[other] { $count } profiles saved.
    }
cli-check-cancelled = The check was cancelled.
