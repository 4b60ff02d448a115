# The window: its pages, in the order they are shown in.

## On every page

window-pages = Pages
window-page-accounts = Accounts
window-page-mail-server = Mail server
window-page-points = Mailbox points
window-page-first-run = Application
window-page-settings = Settings
window-skip = Skip to the page
window-loading = Looking for Signet's agent...
window-agent-gone = Signet's agent is not running. What you see is how things were last. The window goes on by itself once the agent is back.
window-agent-absent = Signet's agent is not running
window-agent-absent-line = It keeps your sign-ins, and this window shows what it knows. Start Signet from the menu of your applications, or by one of these commands:
window-agent-absent-tray = with an icon in the tray
window-agent-absent-alone = without an icon, in the terminal
window-agent-absent-then = The window goes on by itself once the agent is there.
window-notices = Notices
window-cancel = Cancel
window-close = Close
window-save = Save
window-back = Back
window-next = Next
window-again = Try again
window-copy = Copy
window-copied = Copied
window-copy-failed = Copying did not work. Select the text and copy it with the keyboard.
window-open-failed = The browser could not be opened. Open this address in it:
window-failed = This did not work: { $detail }
window-required = Fill this in.
window-locked-by-policy = Set by your organisation.
window-unlock-keyring = Ask for the keyring's password again
window-passphrase = Passphrase
window-passphrase-again = The same once more
window-passphrase-choose = Choose this passphrase
window-passphrase-differs = The two are not the same.
window-notice-keyring-denied = The system keyring is locked: the question for its password was dismissed, or could not be asked here. Once it is unlocked, Signet goes on by itself.
window-notice-passphrase-wanted = The saved sign-ins are locked. Give their passphrase; they can then be used until the agent ends.
window-notice-no-passphrase-yet = The key of the saved sign-ins is to come of a passphrase, and none has been chosen yet. Choose one; it will be asked for after each start.
window-notice-key-missing = Saved sign-ins are there, but the key that opens them is not. Signet keeps them and tries again. Only if the key is lost for good:
window-notice-store-newer = The saved sign-ins were written by a newer Signet and are left as they are. Install the newer version again. Or, without them:
window-unlock = Unlock
window-afresh = Begin anew...
window-afresh-title = Begin without the saved sign-ins?
window-afresh-line = All accounts will need a new sign-in. What is saved now is kept in a file of its own, but nothing opens it without its key.
window-afresh-yes = Begin anew
window-afresh-done = Begun anew. The old sign-ins are kept as { $path }.

## Accounts

accounts-title = Accounts
accounts-none = There is no account yet
accounts-none-line = An account is one Office 365 login whose mail the DMS uses. Add the first one here, then sign in to it in your browser.
accounts-none-app = First tell Signet your organisation's application: no sign-in works without it.
accounts-none-app-link = Set up the application
accounts-filter = Find an account
accounts-filter-short = Only those that are not signed in
accounts-filter-none = No account is like that.
accounts-count =
    { $count ->
        [one] { $count } account
       *[other] { $count } accounts
    }
accounts-state-ready = Signed in
accounts-state-signing-in = Signing in
accounts-state-unreachable = Out of reach
accounts-state-needs-sign-in = Sign-in needed
accounts-state-signed-out = Signed out
accounts-login = Login: { $login }
accounts-token-until = Access token ({ $resource }) valid until { $time }; Signet renews it by itself.
accounts-resource-mail = Office 365 mail
accounts-provisional-line = Made for a mail form that is not saved yet. If it is left without saving, this account goes too.
accounts-out-line = Programs get no mail of this account until somebody signs in.
accounts-transient-line = Signet tries again by itself.
accounts-sign-in = Sign in
accounts-sign-in-again = Sign in again
accounts-retry = Try again now
accounts-sign-out = Sign out...
accounts-remove = Remove...
accounts-more = More for { $account }
accounts-sign-out-title = Sign out { $account }?
accounts-sign-out-line = The saved sign-in is erased from this computer. The account stays in the list, and programs get no mail of it until somebody signs in again.
accounts-remove-title = Remove { $account }?
accounts-remove-line = The account goes from the list, and its saved sign-in is erased from this computer. The mailbox itself is not touched.
accounts-used = These work by this account, and get no tokens without it:
accounts-used-point = Mailbox point: { $point }
accounts-used-unread = Which mail settings work by it could not be read: { $detail }
accounts-revoke-line = Microsoft still knows the sign-in. To end it there too, choose "Sign out everywhere" on your account's page, or have an administrator revoke the sessions.
accounts-sign-out-yes = Sign out
accounts-remove-yes = Remove
accounts-signed-out = Signed out: { $account }. The sign-in is erased from this computer.
accounts-removed = Removed: { $account }. Its sign-in is erased from this computer.
accounts-revoke = Open the account's page
accounts-next-count =
    { $count ->
        [one] { $count } account waits for its sign-in.
       *[other] { $count } accounts wait for their sign-in.
    }
accounts-next = Sign in next: { $account }
accounts-next-first = Sign in one after the other
accounts-next-done = Nobody is waited for any more.

## Adding accounts

add-title = Add an account
add-address = Mailbox address
add-address-hint = For example biuro@firma.pl
add-login-differs = The login is another one than the address
add-login = Login
add-login-hint = What the person types at Microsoft's sign-in page (UPN)
add-submit = Add
add-added = Added: { $account }
add-many = Paste a list...
add-many-title = Add a list of accounts
add-many-line = One account a line: its address and, where it differs, the login behind it. Rows copied from a spreadsheet or a CSV file are fine.
add-many-list = List of addresses
add-many-verdicts = What is in the list
add-many-empty = Nothing is in the list yet.
add-many-row = Line
add-many-account = Account
add-many-verdict = Verdict
add-many-fine = Will be added
add-many-heading = Heading, left out
add-many-no-address = There is no address here. An address looks like biuro@firma.pl.
add-many-login-no-address = "{ $login }" is no login. A login looks like anna@firma.pl.
add-many-known = There already: stays as it is
add-many-twice = The same as in line { $line }
add-many-twice-differs = Line { $line } gives this account another login.
add-many-too-many = There are more than two addresses in this line. Leave the mailbox and, where it differs, the login.
add-many-submit =
    { $count ->
        [one] Add { $count } account
       *[other] Add { $count } accounts
    }
add-many-wrong =
    { $count ->
        [one] { $count } line is to be corrected first. Nothing has been added.
       *[other] { $count } lines are to be corrected first. Nothing has been added.
    }
add-many-adding = Adding { $done } of { $count }...
add-many-refused = Line { $line } was refused, so nothing was added: { $detail }
add-many-kept = Line { $line } was refused: { $detail } These could not be taken back and stay: { $accounts }
add-many-added =
    { $count ->
        [one] { $count } account was added.
       *[other] { $count } accounts were added.
    }
add-no-address = This is no address. An address looks like biuro@firma.pl.
add-no-login = This is no login. A login looks like anna@firma.pl.
add-known = This account is there already.

## Signing in

signing-title = Signing in to { $account }
signing-starting = Opening the sign-in page...
signing-waiting = The sign-in page is open in your browser. Sign in there; this window sees it by itself.
signing-elsewhere = A sign-in to this account has begun. It goes on in the browser; where no page is open, copy its address and open it in a browser on this computer.
signing-wish = { $program } asks you to sign in to this account.
signing-wish-reason = The reason it gives: { $reason }
signing-wish-later = Not now
signing-unopened = No browser could be opened. Copy the address and open it in a browser on this computer.
signing-again = Open the page again
signing-copy-address = Copy the address
signing-cancel = Cancel
signing-stranger = { $signed_in_as } signed in, but that is not the login of this account. Nothing was saved. Choose "Use another account" in the browser.
signing-signed-in = Signed in as { $login }
signing-other-login = { $login } is now the login of the account { $account }, as was confirmed in the browser.
signing-cancelled = The sign-in was cancelled. Nothing was changed.
signing-declined = You declined to give the permissions. Without them, mail cannot be used. To give them, sign in again.
signing-expired = Nobody signed in within 15 minutes, so the sign-in was ended. Nothing was changed.
signing-wrong-person = { $signed_in_as } signed in, but that is not the login of this account. Nothing was saved. Sign in again and choose "Use another account" in the browser.
signing-failed = The sign-in did not succeed
signing-kind-sign-in = What helps: sign in again.
signing-kind-admin = What helps: an administrator of your organisation must act.
signing-kind-configuration = What helps: correct this setting.
signing-kind-transient = What helps: wait. Signet tries again by itself.
signing-kind-user-choice = This was your choice. You can sign in again at any time.
signing-to-settings = Open the settings
signing-to-application = Open the application's page
signing-consent = Open the consent page
signing-consent-copy = Copy the link for the administrator
signing-letter = Text for the administrator
signing-letter-copy = Copy the text
signing-letter-text =
    Hello,
    Signet, which signs our document management system in to Office 365, needs you for the account { $account }.
    What happened: { $detail }
signing-letter-consent = To approve the application's permissions for everybody, open this page as an administrator: { $url }
signing-details-copy = Copy details
signing-detail-account = Account
signing-detail-login = Login
signing-detail-happened = What happened
signing-detail-number = Number
signing-detail-correlation = Correlation ID
signing-detail-time = Time

## An error number in words

explain-title = Did the browser show an error?
explain-line = Microsoft shows some errors in the browser only. Paste what you saw, or just its number.
explain-input = Error text or number
explain-hint = For example AADSTS50105
explain-none = There is no number in this. Look for one like AADSTS50105.
explain-unknown = Signet does not know the number AADSTS{ $code }. Give it to your administrator, along with the correlation ID beside it.

## The application: first run

first-title = Application
first-line = Signet asks Microsoft in the name of an application that your organisation registers once. Three steps; what you have typed is saved at the end, all at once.
first-step = Step { $step } of { $count }
first-steps = Steps
first-step-organisation = Organisation
first-step-application = Application ID
first-step-test = Test and save
first-domain = Your organisation's domain
first-domain-hint = What stands behind the @ in your address, for example firma.pl
first-domain-wrong = This is no domain. A domain looks like firma.pl.
first-cloud = Microsoft cloud
first-cloud-global = Global (nearly everybody)
first-cloud-us-government = US government (GCC High)
first-cloud-china = China (21Vianet)
first-find = Find the organisation
first-finding = Asking Microsoft...
first-to-network = Does this network need a proxy? Set it first
first-found = Found. Tenant ID: { $tenant }
first-client-id = Application (client) ID
first-client-id-hint = 36 characters, from the application's Overview page
first-client-id-wrong = An application ID looks like 11111111-2222-3333-4444-555555555555.
first-client-id-is-tenant = This is your organisation's own ID (tenant). The Application (client) ID stands above it on the Overview page.
first-have = If somebody has given you the ID, enter it here. Otherwise register the application now, by hand or with the script below.
first-guide = Register it by hand
first-script = Register it with PowerShell
first-script-line = For an administrator: the script registers the application as the guide says, grants consent for everybody if you say so, and prints the ID.
first-script-copy = Copy the script
first-consent = Consent for everybody
first-consent-line = An administrator can approve the permissions for all at once with this link. Afterwards the browser ends on an empty page at localhost; that is right.
first-consent-vendor = Consent that was given to the DMS vendor's own application does not carry over to this registration: it has to be given anew.
first-test = Test the registration
first-testing = Testing...
first-test-line = Signet asks Microsoft what can be known without signing in. Nothing is changed.
first-test-fine = Nothing speaks against this registration.
first-test-wrong = Something is to be mended. You can save all the same and mend it later.
first-level-fine = Fine
first-level-warning = Note
first-level-wrong = Wrong
first-summary = What is saved
first-summary-tenant = Tenant
first-saved = Saved. Now add your accounts.
first-to-accounts = Go to the accounts
first-colleagues = For your colleagues
first-colleagues-line = An administrator can have this filled in on every computer of the organisation, so that nobody else goes through these steps. This is the policy for it:
first-colleagues-copy = Copy the policy
first-colleagues-windows = Windows, for example by group policy: this text as the value policy.toml (REG_SZ) of HKEY_LOCAL_MACHINE\Software\Policies\Signet.
first-colleagues-others = Linux: as the file /etc/signet/policy.toml, macOS: /private/etc/signet/policy.toml. The file and its folder must belong to root.
first-present = Now in use: application { $client_id }, tenant { $tenant }.
first-tenant-any = any organisation

## Registering by hand, page by page

guide-step = Page { $step } of { $count }
guide-open = Open Microsoft Entra
guide-new-title = New registration
guide-new = Sign in to Microsoft Entra as somebody who may register applications. Choose "App registrations", then "New registration". In the field "Name" enter what the application is to be called, which everybody sees who is asked for consent, for example:
guide-name = Name
guide-types-title = Who may use it
guide-types = Under "Supported account types" choose "Accounts in this organizational directory only" (single tenant). Choose "any organizational directory" (multitenant) only if people of several organisations sign in. Leave the redirect URI empty for now, and register.
guide-id-title = Note the ID
guide-id = On the page "Overview", copy "Application (client) ID" and paste it above. The "Object ID" beside it is something else.
guide-redirect-title = Redirect
guide-redirect = Choose "Authentication", "Add a platform", then "Mobile and desktop applications". Not "Web", not "Single-page application". Under "Custom redirect URIs" enter exactly this, with http, without a port and without a slash at the end:
guide-permissions-title = Permissions
guide-permissions = Choose "API permissions", "Add a permission", "Microsoft Graph", then "Delegated permissions". Not "Application permissions". Tick these:
guide-consent-title = Consent
guide-consent = On the same page choose "Grant admin consent". Without it each person is asked at the first sign-in, where the organisation lets people decide that by themselves.
guide-menu-registrations = App registrations
guide-menu-overview = Overview
guide-menu-authentication = Authentication
guide-menu-permissions = API permissions
guide-pick-single = Accounts in this organizational directory only
guide-pick-personal = Personal Microsoft accounts only
guide-pick-client-id = Application (client) ID
guide-pick-object-id = Object ID
guide-pick-desktop = Mobile and desktop applications
guide-pick-web = Web
guide-pick-spa = Single-page application
guide-pick-delegated = Delegated permissions
guide-pick-application = Application permissions
guide-pick-consent = Grant admin consent

## Settings

settings-title = Settings
settings-unread = The settings could not be read: { $detail }
settings-saved = Saved
settings-general = General
settings-language = Language
settings-language-system = As the system
settings-language-en = English
settings-language-pl = Polish (Polski)
settings-autostart = Start Signet when I log in
settings-reminders = Reminders
settings-remind-minutes = Remind again after this many minutes
settings-remind-minutes-hint = 0: tell me once only
settings-remind-minutes-wrong = Enter a whole number of minutes, from 0 to 10080 (a week).
settings-network = Network
settings-proxy = Proxy
settings-proxy-hint = For example http://proxy.firma.pl:8080; empty: as the system
settings-proxy-wrong = A proxy looks like http://proxy.firma.pl:8080.
settings-proxy-masked = The asterisks stand for the password. Type the whole address again.
settings-extra-ca = Further certificate authority
settings-extra-ca-hint = A PEM file with your organisation's root certificate, where it inspects encrypted traffic
settings-kept = Where things are kept
settings-config-file = Settings file
settings-state-folder = Saved sign-ins
settings-key = Place of the key
settings-key-line = Saved sign-ins are encrypted. Their key lies apart from them; another place takes effect when Signet starts anew.
settings-key-keyring = System keyring
settings-key-passphrase = Passphrase, given after each start
settings-key-systemd = Handed over by systemd
settings-key-file = A file of its own (anybody who can read it can open the sign-ins)
settings-about = About
settings-version = Signet { $version }
settings-licence = Free software: MIT or Apache 2.0, as you choose.
settings-copy-path = Copy the path: { $path }
