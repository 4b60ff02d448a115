# Errors and reasons told over the local endpoint. Reasons are whole sentences: they stand alone in a status
# list and after error-sign-in-required-because.

## The person is needed

error-sign-in-required = Sign in to { $account } again.
error-sign-in-required-first = Sign in to { $account }.
error-sign-in-required-because = Sign in to { $account } again. { $reason }

reason-never-signed-in = Nobody has signed in to this account yet.
reason-signed-out = This account was signed out.
reason-password-changed = The password was changed, or an administrator ended the sign-in.
reason-expired-unused = The sign-in was not used for 90 days and has expired.
reason-sign-in-frequency = Your organisation asks for a new sign-in from time to time, and that time has come.
reason-revoked = The sign-in was revoked.
reason-mfa-required = Your organisation asks for a second factor.
reason-consent-required = The permissions for mail have not been approved yet.
reason-conditional-access = A Conditional Access policy of your organisation asks for a new sign-in or forbids access.
reason-account-disabled = The account is disabled. An administrator must enable it.
reason-admin-consent-required = An administrator must approve the permissions of the application.
reason-wrong-registration = The application is not registered as Signet needs it. An administrator must correct the registration.
reason-identity-changed = The sign-in service now names another person than the one who signed in.
reason-refused = The sign-in service does not accept the saved sign-in any more.
reason-bound-elsewhere = The saved sign-in is not for these settings: sign-in service, application or address of the token endpoint are others now, or what was saved was changed. It was not used.
reason-session-lost = The saved sign-in could not be read on this computer.

## Somebody else must act

error-admin-required = An administrator must act before { $account } can be used.
error-configuration = A setting is wrong: { $detail }

## The authority cannot be reached

error-unreachable =
    { $seconds ->
        [one] The sign-in service for { $account } cannot be reached. Signet tries again by itself in one second.
       *[other] The sign-in service for { $account } cannot be reached. Signet tries again by itself in { $seconds } seconds.
    }
error-unreachable-detail-dns = The name { $host } cannot be found. Check the network connection, VPN and DNS.
error-unreachable-detail-timeout = { $host } did not answer in time.
error-unreachable-detail-tls = No secure connection to { $host } could be made. If your network inspects encrypted traffic, set extra_ca in config.toml to your organisation's root certificate.
error-unreachable-detail-proxy = The proxy did not let the request to { $host } through. Check the proxy settings.
error-unreachable-detail-status = { $host } answered with HTTP status { $status }.
error-unreachable-detail-not-json = { $host } answered with something else than JSON. A proxy or a guest network's login page may stand in between.
error-unreachable-detail-reset = { $host } broke off the connection.

## Accounts

error-unknown-account = There is no account { $account }. Known accounts: { $known }.
error-no-accounts-yet = There is no account yet. Add one with: signet accounts add NAME
error-ambiguous-account = Several accounts have the login { $login }. Use one of these names: { $names }.
error-account-exists = There is already an account { $account }. Choose another name, or remove it first.
error-name-too-long = The name and the login of an account may be { $limit } bytes long at most.
error-login-no-address = { $login } is not a complete login. It looks like name@company.com; give it with --login.
error-tenant-not-allowed = The organisation { $tenant } is not among those allowed here. Sign in with an account of an allowed organisation, or ask the administrator of this computer.

## Programs

error-approval-required = Nobody has allowed this program to use the account yet. Answer the question that Signet shows on the desktop.
error-denied = This program may not use the account.
error-limit = A limit was reached: { $what }. Try again later.
error-timed-out = The answer was not ready in time. Ask again: the work goes on.
error-disabled = This profile is switched off. Switch it on in its settings.
error-by-sql = The SQL server sends by this profile, with a profile of its own: there is nothing that Signet hands out or could try.
error-manager-only = Only Signet itself may call { $method }.

## Keyring and store

error-locked-keyring = The system keyring is locked, and the system asks for its password. Once it is unlocked, Signet goes on by itself.
error-keyring-absent = There is no system keyring here. Start one, or choose another place for the key in config.toml under [store].
error-keyring-denied = The system keyring is locked: the question for its password was dismissed, or could not be asked here. Once it is unlocked, Signet goes on by itself. To be asked once more: signet unlock
error-keyring-out-of-reach = There is no session bus here, so no system keyring can be reached. Start Signet from a desktop session, or choose another place for the key in config.toml under [store].
error-keyring-empty = The system keyring has no default keyring to keep the key in. Create one, or choose another place for the key in config.toml under [store].
error-keyring-timeout = The system keyring does not answer. Signet tries again by itself.
error-key-missing = Saved sign-ins are there, but the key that opens them is not. Signet keeps them and tries again. If the key is lost for good: signet start-afresh

## Asking for a token or a sign-in

error-unknown-resource = There is no resource { $resource }. Known resources: { $known }.
error-scopes-without-resource = The request names scopes but no resource. Name the resource they belong to.
error-unknown-sign-in = There is no sign-in { $id }. It may be over; start a new one.
error-not-your-sign-in = This sign-in was started by another program. Only that program or Signet may wait for it or cancel it.

## Configuration and the authority

error-no-client-id = No application (client) ID is set. Put it into config.toml under [app], or give --client-id.
error-issuer-no-url = { $issuer } is not a web address. An issuer looks like https://login.company.com.
error-issuer-no-https = { $issuer } is not secure. The issuer's address must begin with https://.
error-discovery-failed = The settings of { $issuer } could not be read: { $detail }
error-discovery-mismatch = { $issuer } calls itself { $found }. Set the issuer to exactly the name it uses.
error-unknown-cloud = There is no cloud { $cloud }. Known clouds: { $known }.
error-redirect-listener = Signet could not open a local port for the browser's answer: { $detail }
error-clock-wrong =
    { $minutes ->
        [one] This computer's clock is wrong by about one minute. Set the clock, then sign in again.
       *[other] This computer's clock is wrong by about { $minutes } minutes. Set the clock, then sign in again.
    }

## The browser's answer

error-wrong-issuer = The answer came from another sign-in service than the one asked. Check the tenant and the issuer.
error-wrong-audience = The answer was meant for another application. Check the application (client) ID.
error-nonce-mismatch = The answer does not belong to this sign-in. Start the sign-in again.
error-no-id-token = The sign-in service did not say who signed in. The scope openid may be missing.
error-oauth = The sign-in service refused the request: { $error }
error-internal = Something went wrong inside Signet. Try again; if it lasts, report it with the log.

## Beside the above

reason-clock-wrong = This computer's clock is wrong.
reason-not-trusted = The sign-in service's answer could not be trusted.
reason-no-refresh-token = The sign-in service gave no refresh token, so the sign-in would not last. Allow the scope offline_access for the application.
reason-no-listener = Signet could not open a local port for the browser's answer.
reason-unreachable = The sign-in service cannot be reached.
error-unreachable-detail-connect = No connection to { $host } could be made. Check the network connection, VPN and firewall.
error-store-disk = Signet cannot save or read its data on disk. The log says why; check free space and the rights of the state folder.
error-too-soon =
    { $seconds ->
        [one] This was asked too often. Ask again in { $seconds } second.
       *[other] This was asked too often. Ask again in { $seconds } seconds.
    }
error-unknown-mechanism = The mechanism must be XOAUTH2 or OAUTHBEARER.
error-token-too-young = The token is only { $age } old, so the server refused it for another reason than its age, and a new one would fare no better. Look at the server's answer: the mailbox may not be open to this login, or the protocol may be switched off for it.
error-numbers = (AADSTS{ $code }, correlation ID { $id })
error-numbers-code = (AADSTS{ $code })
error-numbers-id = (correlation ID { $id })
error-passphrase-wanted = The saved sign-ins are locked. Give the passphrase with: signet unlock
error-passphrase-wrong = This is not the passphrase. Try again with: signet unlock
error-no-passphrase-yet = No passphrase has been chosen yet. Choose one with: signet unlock --choose
error-not-by-passphrase = The key is not kept by a passphrase here, so there is nothing to unlock. To have it so, make passphrase the key's place under [store] in config.toml.
error-store-newer = The saved sign-ins were written by a newer Signet and are left as they are. Install the newer version again; or begin without them: signet start-afresh
error-nothing-wrong = The saved sign-ins can be opened, so there is no need to start afresh. Nothing was changed.
error-credential-missing = systemd did not hand over the key. The unit needs LoadCredentialEncrypted=signet-key, and the credential must be 32 bytes; the log says what was found.
error-setting-locked = Your organisation has set this, and it cannot be changed here.
error-client-id-no-uuid = This is no application (client) ID. It looks like 6f0d4b5e-3f4f-4a6b-9a52-0c1d2e3f4a5b and stands on the application's page "Overview" at Entra.
error-no-domain = { $domain } is no domain. It looks like company.com.
error-no-such-tenant = No organisation at Microsoft has the domain { $domain }. Check its spelling, or take the domain that ends in onmicrosoft.com.

## Profiles

error-unknown-profile = There is no profile { $profile }. Known profiles: { $known }.
error-no-profiles-yet = There is no profile { $profile }, nor any other yet.
error-profile-id = A profile's id is mail_server, or for a mailbox point a word of letters, digits, hyphens and underscores, at most 64 of them.
error-profile-wrong = The profile { $profile } is not complete: { $field }: { $detail }
error-profile-no-account = There is no account for the login { $login } of this profile. Add it and sign in: signet accounts add { $login }
error-unknown-check = There is no such check. It may be too long ago: start a new one.
