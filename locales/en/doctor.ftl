# signet doctor: what was found, and under the same id with -mend what to do about it.

doctor-level-fine = fine
doctor-level-warning = warning
doctor-level-wrong = WRONG
doctor-mend = To do: { $what }
doctor-looking = Looking at: { $subject } ...
doctor-all-fine = Everything is as it should be.
doctor-some-wrong =
    { $count ->
        [one] { $count } thing is wrong.
       *[other] { $count } things are wrong.
    }
doctor-no-account = There is no account { $account } in the configuration. Known accounts: { $known }.

doctor-subject-configuration = configuration
doctor-subject-state = state folder
doctor-subject-agent = agent
doctor-subject-browser = browser
doctor-subject-loopback = way back from the browser
doctor-subject-key = key of the saved sign-ins
doctor-subject-proxy = proxy
doctor-subject-authority = sign-in service
doctor-subject-clock = clock
doctor-subject-registration = application registration

## Configuration

doctor-configuration-fine = { $path } is right.
doctor-configuration-no-accounts = There is no account in { $path }.
doctor-configuration-no-accounts-mend = Add one: signet accounts add name@company.com
doctor-configuration-unreadable = { $path } cannot be read: { $detail }
doctor-configuration-unreadable-mend = Give the file back to your user, and make it readable for it.
doctor-configuration-broken = There is a mistake in { $path }, line { $line }, column { $column }: { $detail }
doctor-configuration-broken-mend = Correct it: signet config edit. All mistakes are listed by: signet config check

## State folder

doctor-state-fine = { $path } is yours alone and has room.
doctor-state-new = { $path } is not there yet; the agent makes it.
doctor-state-unreadable = { $path } cannot be looked at: { $detail }
doctor-state-unreadable-mend = Give the folders above it back to your user, or choose another place with SIGNET_STATE_DIR.
doctor-state-no-folder = In the place of the state folder is something else: { $path }
doctor-state-no-folder-mend = Move { $path } away; the agent makes the folder.
doctor-state-foreign = { $path } belongs to another user.
doctor-state-foreign-mend = Give it back to your user, as root: chown -R YOU { $path }. Was the agent started with sudo? It needs none.
doctor-state-read-only = Nothing can be written to { $path }.
doctor-state-read-only-mend = Allow your user to write there (chmod u+rwx { $path }), and look whether the disk is mounted read-only.
doctor-state-full =
    { $mib ->
        [one] Only { $mib } MiB is left on the disk of { $path }. A renewed sign-in that cannot be saved is lost.
       *[other] Only { $mib } MiB are left on the disk of { $path }. A renewed sign-in that cannot be saved is lost.
    }
doctor-state-full-mend = Make room on the disk of { $path }.
doctor-state-nearly-full =
    { $mib ->
        [one] Only { $mib } MiB is left on the disk of { $path }.
       *[other] Only { $mib } MiB are left on the disk of { $path }.
    }
doctor-state-nearly-full-mend = Make room on the disk of { $path } before it is full.
doctor-state-open = Other users can look into { $path }.
doctor-state-open-mend = Close it: chmod 700 { $path }. The agent does so too when it starts.

## Agent

doctor-agent-running = The agent { $version } is running and listens at { $socket }.
doctor-agent-other-version = The agent that is running is version { $version }, and this command is { $own }.
doctor-agent-other-version-mend = Start the agent anew: signet agent --stop, then signet agent. If that changes nothing, there are two installations; remove one.
doctor-agent-mute = An agent listens at { $socket } and gives no good answer: { $detail }
doctor-agent-mute-mend = End it and start it anew; its log, agent.log in the state folder, says what it was doing.
doctor-agent-foreign = What listens at { $socket } belongs to another user, so it is not used.
doctor-agent-foreign-mend = Check SIGNET_SOCKET and XDG_RUNTIME_DIR; if they are right, find out who put it there.
doctor-agent-unreachable = The endpoint { $socket } cannot be used: { $detail }
doctor-agent-unreachable-mend = Check SIGNET_SOCKET, and the rights of the folders above it.
doctor-agent-elsewhere = An agent is running (process { $pid }), but does not listen at { $socket }.
doctor-agent-elsewhere-mend = Give agent and command the same SIGNET_SOCKET and XDG_RUNTIME_DIR, or end the agent and start it here: signet agent
doctor-agent-dead = No agent is running; one that died has left its socket: { $socket }
doctor-agent-dead-mend = Start it: signet agent. It takes the old socket away. The log in the state folder says why the last one ended.
doctor-agent-not-running = The agent is not running.
doctor-agent-not-running-mend = Start it: signet agent

## Browser and the way back

doctor-browser-fine = A browser can be opened here.
doctor-browser-no-opener = There is a desktop, but nothing to open a browser with.
doctor-browser-no-opener-mend = Install xdg-utils, or sign in with: signet sign-in NAME --no-browser
doctor-browser-no-desktop = There is no desktop here to open a browser on.
doctor-browser-no-desktop-mend = Sign in with: signet sign-in NAME --no-browser, and open the address in a browser on this computer.
doctor-loopback-fine = The browser's answer arrives at { $address }.
doctor-loopback-no-v6 = There is no IPv6 on this computer ({ $address }); the browser's answer arrives by IPv4.
doctor-loopback-no-listener = No port can be opened at { $address } for the browser's answer: { $detail }
doctor-loopback-no-listener-mend = Look whether the network interface "lo" is up, and whether security software forbids programs to listen.
doctor-loopback-no-connection = A port at { $address } can be opened, but not reached from this computer: { $detail }
doctor-loopback-no-connection-mend = Allow connections from this computer to itself in the firewall.

## Key

doctor-key-there = The key of the saved sign-ins is there ({ $place }).
doctor-key-file = The key of the saved sign-ins lies in a file. Whoever can read this user's files can open them.
doctor-key-file-mend = Where there is a desktop, choose the keyring: key = "keyring" under [store] in config.toml.
doctor-key-not-yet = There is no key yet ({ $place }); the first sign-in makes it.
doctor-key-passphrase = The key comes of a passphrase that is given after each start of the agent: signet unlock
doctor-key-no-keyring = There is no system keyring here.
doctor-key-no-keyring-mend = Start one, such as GNOME Keyring or KWallet; or choose another place under [store] in config.toml.
doctor-key-no-bus = There is no session bus here, so no system keyring can be reached.
doctor-key-no-bus-mend = Start Signet from a desktop session; or choose another place under [store] in config.toml.
doctor-key-no-default = The system keyring has no default keyring to keep the key in.
doctor-key-no-default-mend = Create one in the keyring's own program; or choose another place under [store] in config.toml.
doctor-key-locked = The system keyring is locked.
doctor-key-locked-mend = Unlock it, by signing in to the desktop or by the keyring's own program.
doctor-key-denied = The system keyring refuses access to Signet's key.
doctor-key-denied-mend = Allow it when the system asks, or in the keyring's own program.
doctor-key-silent = The system keyring does not answer. It may be waiting for somebody at the desktop.
doctor-key-silent-mend = Look for its question on the desktop; else end the keyring and sign in to the desktop again.
doctor-key-missing = Saved sign-ins are there, but the key that opens them is not.
doctor-key-missing-mend = Bring back the keyring or the key file that was in use. If it is lost for good: signet start-afresh, and sign in again.
doctor-key-no-credential = systemd has handed no key to this command. Only the unit of the agent is handed one.
doctor-key-no-credential-mend = If the agent says so too (signet status): the unit needs LoadCredentialEncrypted=signet-key, and the credential must be 32 bytes.
doctor-key-newer = The saved sign-ins were written by a newer Signet.
doctor-key-newer-mend = Use that one, or a newer one still.
doctor-key-no-store = The file of the saved sign-ins, state.db, cannot be read.
doctor-key-no-store-mend = Check the rights and the free space of the state folder. A file that is damaged is put aside by the agent and kept.

## The way out

doctor-proxy-none = No proxy is set, in the configuration or in the environment.
doctor-proxy-reachable = The proxy { $proxy } can be reached.
doctor-proxy-unreachable = The proxy { $proxy } cannot be reached: { $detail }
doctor-proxy-unreachable-mend = Correct proxy under [network] in config.toml, or HTTPS_PROXY in the environment; without a proxy, take both away.
doctor-proxy-no-address = "{ $proxy }" is not the address of a proxy.
doctor-proxy-no-address-mend = Correct it under [network] in config.toml, or HTTPS_PROXY in the environment. An address looks like http://proxy.company.com:8080.

## Sign-in service

doctor-authority-reached = { $issuer } answers, and is who it should be.
doctor-authority-unreachable = { $issuer } does not answer as it should. { $detail }
doctor-authority-unreachable-mend = Check network, VPN, firewall and proxy. A guest network may want you to sign in at its own page first.
doctor-authority-intercepted = The certificate that is shown for { $issuer } is not accepted here: it is for "{ $subject }", issued by "{ $by }" (SHA-256 { $fingerprint }). Somebody stands in between, or the service is set up wrongly.
doctor-authority-intercepted-mend = If "{ $by }" is your organisation's own, put its root certificate into a file and name that file as extra_ca under [network] in config.toml. If nobody knows it, do not sign in on this network.
doctor-authority-untrusted = No secure connection to { $issuer } can be made.
doctor-authority-untrusted-mend = If your network inspects encrypted traffic, name your organisation's root certificate as extra_ca under [network] in config.toml.
doctor-authority-no-tenant = { $issuer } does not exist: this tenant is not known there.
doctor-authority-no-tenant-mend = Correct tenant under [app] in config.toml: a domain of your organisation, or its Directory (tenant) ID. Check cloud, too.
doctor-authority-not-trusted = { $issuer } cannot be used. { $detail }
doctor-authority-not-trusted-mend = Correct issuer, or tenant and cloud, in config.toml.
doctor-authority-refuses = { $issuer } refuses to say what it is: { $detail }
doctor-authority-refuses-mend = Try again later; if it lasts, ask its administrator.

## Clock

doctor-clock-fine = The clock agrees with the sign-in service's.
doctor-clock-fast =
    { $minutes ->
        [one] This computer's clock is fast by about one minute.
       *[other] This computer's clock is fast by about { $minutes } minutes.
    }
doctor-clock-fast-mend = Set the clock, or have it set by the network. Sign-ins are not believed while it is off by more than five minutes.
doctor-clock-slow =
    { $minutes ->
        [one] This computer's clock is slow by about one minute.
       *[other] This computer's clock is slow by about { $minutes } minutes.
    }
doctor-clock-slow-mend = Set the clock, or have it set by the network. Sign-ins are not believed while it is off by more than five minutes.

## Registration

doctor-registration-good = The application { $id } is known there and leads back to this computer. The rest shows when somebody signs in.
doctor-registration-untold = The sign-in page for the application { $id } opens. The rest shows when somebody signs in.
doctor-registration-no-id = "{ $id }" is no application ID: that has 32 digits and letters in five groups.
doctor-registration-no-id-mend = Copy Application (client) ID from the Overview page of the app registration into client_id in config.toml.
doctor-registration-failed = Whether the application { $id } is registered rightly could not be asked.
doctor-registration-failed-mend = Try again when the sign-in service can be reached.
doctor-registration-unknown = The tenant { $tenant } knows no application { $id } (AADSTS{ $code }).
doctor-registration-unknown-mend = Copy Application (client) ID from the Overview page, not the Object ID beside it; and check that tenant is the one where the application is registered.
doctor-registration-no-tenant = The tenant { $tenant } is not known there (AADSTS{ $code }).
doctor-registration-no-tenant-mend = Correct tenant in config.toml: a domain of your organisation, or its Directory (tenant) ID. Check cloud, too.
doctor-registration-single-tenant = The application { $id } belongs to one tenant, and was asked for at "{ $tenant }", which means any (AADSTS{ $code }).
doctor-registration-single-tenant-mend = Set tenant under [app] in config.toml: a domain of your organisation, or its Directory (tenant) ID.
doctor-registration-no-redirect = The application { $id } does not lead back to this computer: http://localhost is not among its redirect URIs (AADSTS{ $code }).
doctor-registration-no-redirect-mend = In the app registration, Authentication, add the platform "Mobile and desktop applications" with exactly http://localhost: no port, no slash, no path, not https.
doctor-registration-page = The redirect URI of the application { $id } is registered for a single-page application (AADSTS{ $code }).
doctor-registration-page-mend = Remove it there, and add http://localhost under "Mobile and desktop applications".
doctor-registration-secret = The application { $id } is asked for a secret: its redirect URI is registered under "Web", or public client flows are off (AADSTS{ $code }).
doctor-registration-secret-mend = Remove the redirect URI under "Web", and add http://localhost under "Mobile and desktop applications".
doctor-registration-disabled = The application { $id } is disabled (AADSTS{ $code }).
doctor-registration-disabled-mend = An administrator must enable it: Enterprise applications, the application, Properties, "Enabled for users to sign in".
doctor-registration-refused = The sign-in service has an objection to the application { $id } (AADSTS{ $code }). { $detail }
doctor-registration-refused-mend = Show this to whoever registered the application.
doctor-registration-refused-by-number = The sign-in service has an objection to the application { $id } (AADSTS{ $code }).
doctor-registration-refused-by-number-mend = Look the number up at https://login.microsoftonline.com/error?code={ $code }
doctor-policy = The organisation's policy stands in the way. { $detail }
doctor-policy-mend = Ask whoever looks after this computer to put the policy right.
