# The tray icon: its menu, its notifications, and the words of signet-tray on the command line.

## Menu

tray-account = { $account }: { $state }
tray-accounts = Accounts ({ $count })
tray-no-accounts = There are no accounts yet: add one...
tray-state-admin = an administrator must act
tray-state-configuration = a setting is wrong
tray-state-wished = a program asks for a sign-in
tray-sign-in = Sign in to { $account }...
tray-sign-in-next =
    { $count ->
        [one] Sign in... ({ $count } account waits)
       *[other] Sign in... ({ $count } accounts wait)
    }
tray-put-off = Not now: { $account }
tray-open-page = Open the sign-in page of { $account } again
tray-cancel = Cancel the sign-in to { $account }
tray-unlock = Unlock the keyring...
tray-attention = Signet needs your attention...
tray-open = Open Signet
tray-language = Language
tray-language-en = English
tray-language-pl = Polski
tray-start = Start Signet's agent
tray-quit = Quit

## What the icon says

tray-title-signed-in = Signet: signed in
tray-title-working = Signet: one moment...
tray-title-attention = Signet needs your attention
tray-title-accounts =
    { $count ->
        [one] Signet: { $count } account needs you
       *[other] Signet: { $count } accounts need you
    }
tray-title-signed-out = Signet: nobody is signed in
tray-title-locked = Signet: the saved sign-ins are locked
tray-title-not-running = Signet: the agent is not running

## Notifications

tray-reminder-title = Sign in again
tray-reminder-admin-title = Your administrator must act
tray-reminder-one = Until then, programs get no mail for it.
tray-reminder-many =
    { $count ->
        [one] { $count } account needs you to sign in again: { $names }
       *[other] { $count } accounts need you to sign in again: { $names }
    }
tray-and-more = { $names } and { $count } more
tray-locked-title = The saved sign-ins are locked
tray-store-title = Sign-ins cannot be saved
tray-settings-title = Look at Signet's settings
tray-wish-title = Sign in to { $account }?
tray-wish = { $program } asks for it.
tray-wish-because = { $program } asks for it: { $reason }
tray-wishes-title = Programs ask you to sign in
tray-wishes =
    { $count ->
        [one] { $count } account: { $names }.
       *[other] { $count } accounts: { $names }.
    } Asked for by: { $programs }
tray-signed-in = Signed in as { $login }
tray-signed-in-body = Your programs can use { $account } now.
tray-failed = The sign-in to { $account } did not succeed
tray-unopened = The sign-in page of { $account } could not be opened
tray-unopened-body = No browser could be opened. Under Accounts in Signet, copy the address of the page and open it in a browser on this computer. Signet waits for you.
tray-unlock-failed = The saved sign-ins are still locked
tray-not-set = The language could not be set
tray-not-started = Signet's agent does not start
tray-agent-mute = Another process ({ $pid }) has the saved sign-ins open and does not answer. End it, then start the agent again.
tray-button-sign-in = Sign in
tray-button-not-now = Not now
tray-button-unlock = Unlock
tray-button-open = Open Signet

## On the command line

tray-help =
    Keeps you signed in to Office 365, with an icon in the tray

    Usage: signet-tray [OPTIONS]
           signet-tray window [--page PAGE]

    Started once more, it opens the window of the one that runs.

    Options:
      window           Open the window
      --page PAGE      ...on this page: accounts, mail-server, points, settings or first-run
      --at-login       Open no window if it runs already
      -h, --help       Print this help
      -V, --version    Print the version

    Without a desktop, run "signet agent" instead.
tray-misused = { $argument } is not expected here. More is told by: signet-tray --help
tray-no-desktop = There is no desktop here: neither DISPLAY nor WAYLAND_DISPLAY is set. To keep the sign-ins without one, run: signet agent
tray-no-window = The window cannot be opened
tray-needs-webview2 = Most likely Microsoft's WebView2 Runtime is missing on this computer; your administrator can install it. The icon's menu and the signet command work without it.
tray-needs-webkit = Either WebKitGTK 4.1 is missing (Debian and Ubuntu: libwebkit2gtk-4.1-0), or the display cannot be reached; the log says which. The icon's menu and the signet command work without it.
