# What the error numbers of Microsoft's sign-in service (AADSTS) mean, and in .action what to do about each.
# Both are whole sentences.

aadsts-16000 = The account chosen does not exist in the organisation that is being signed in to.
    .action = Sign in again and choose the work account that owns this mailbox. If you did choose it, an administrator must invite it as a guest.

aadsts-16001 = The account chosen in the browser cannot be used for this sign-in.
    .action = Start the sign-in again and choose another account, or "Use another account".

aadsts-16003 = The account signed in to the browser has not been added to this organisation.
    .action = Sign in with another account, or ask the administrator to add this one.

aadsts-28000 = One token was asked for with permissions of more than one service.
    .action = This is a fault in the request: scopes of one service only may be asked for at a time.

aadsts-28002 = A scope in the request is not valid for an access token.
    .action = Check the names of the scopes in the configuration.

aadsts-28003 = No scope was named when the authorization code was redeemed.
    .action = Set at least one mail scope in the configuration.

aadsts-50000 = The sign-in service could not issue a token.
    .action = Nothing to do now: Signet tries again by itself. If it lasts, give the correlation ID to Microsoft support.

aadsts-50001 = The service named in the request is unknown or switched off.
    .action = Check the cloud and the scopes in the configuration.

aadsts-50002 = The proxy of this network (tenant restrictions) does not allow access to your organisation.
    .action = Ask the administrator of this network to allow your organisation.

aadsts-50005 = The organisation's policy does not support this kind of device or operating system.
    .action = Ask your administrator whether this system may be used for mail.

aadsts-50011 = The redirect address in the request is not registered for the application.
    .action = In the application's registration, enter the address http://localhost under "Mobile and desktop applications".

aadsts-50012 = The application's certificate was not accepted.
    .action = Check that the certificate in use is the one that was uploaded to the application's registration.

aadsts-50015 = The account belongs to a minor, and a guardian's consent is missing.
    .action = The organisation's administrator must record the consent.

aadsts-50020 = The account belongs to another organisation, or is a personal one, and is not a guest here.
    .action = Sign in with the account that owns this mailbox, or ask the administrator to invite this one as a guest.

aadsts-50033 = The sign-in service has a passing fault.
    .action = Nothing to do: Signet tries again by itself.

aadsts-50034 = There is no such user in this organisation: the name is mistyped, the organisation is the wrong one, or the account was removed.
    .action = Sign in again and check the address. If it is right, ask your administrator whether the account still exists.

aadsts-50049 = The sign-in server in the configuration is not that of a known Microsoft cloud.
    .action = Check the cloud in the configuration: global, us-government or china.

aadsts-50053 = The account is locked after too many failed attempts, or the sign-in came from an address known for attacks.
    .action = Wait some minutes, then sign in again. If the account stays locked, ask your administrator to unlock it.

aadsts-50055 = The password has expired.
    .action = Sign in again and set a new password when asked.

aadsts-50056 = The organisation keeps no password for this user, or the password was left empty.
    .action = Sign in again and enter the password. If it is refused, ask your administrator to set a new one.

aadsts-50057 = The account is disabled.
    .action = Ask your administrator to enable the account. Signing in again does not help.

aadsts-50058 = Nobody is signed in, and the request did not allow asking.
    .action = Sign in again.

aadsts-50059 = The request says neither which organisation nor which user it is for.
    .action = Set the tenant in the configuration: its ID or its domain.

aadsts-50072 = The user must set up multi-factor authentication.
    .action = Sign in again and set up multi-factor authentication when asked.

aadsts-50074 = Multi-factor authentication is required and was not completed.
    .action = Sign in again and confirm the second factor.

aadsts-50076 = The organisation now asks for multi-factor authentication, because of a policy or because you are in a new place.
    .action = Sign in again and confirm the second factor.

aadsts-50078 = The last multi-factor authentication is older than the organisation's policy allows.
    .action = Sign in again and confirm the second factor.

aadsts-50079 = A policy of the organisation asks the user to register for multi-factor authentication.
    .action = Sign in again and register the second factor when asked.

aadsts-50085 = The account signs in through another identity provider, and that provider must be asked again.
    .action = Sign in again.

aadsts-50087 = The check of the second factor failed for a passing reason.
    .action = Try again in a moment.

aadsts-50088 = The limit for confirmations by telephone was reached.
    .action = Wait a few minutes, or confirm with the Microsoft Authenticator app.

aadsts-50089 = The sign-in took too long, or the session was ended.
    .action = Sign in again.

aadsts-50097 = A policy asks for proof that the organisation knows this device.
    .action = The device must be registered with the organisation: ask your administrator. On Windows, a sign-in in Microsoft Edge may be enough.

aadsts-50105 = The user is not assigned to this application.
    .action = Ask your administrator to assign you to the application.

aadsts-50125 = The sign-in was interrupted by a password reset or by the registration for it.
    .action = Sign in again and finish the steps for the password.

aadsts-50126 = The user name or the password is wrong.
    .action = Sign in again with the right password.

aadsts-50127 = A policy asks for Microsoft's broker app on this device.
    .action = Ask your administrator to allow this application, or use a device managed by the organisation.

aadsts-50128 = The domain in the request does not belong to any known organisation.
    .action = Check the tenant and the login in the configuration.

aadsts-50129 = The device is not joined to or registered with the organisation.
    .action = Register the device with the organisation, or ask your administrator to do so.

aadsts-50131 = A check by the organisation's policies failed: the state of the device, suspicious activity or a security policy.
    .action = Ask your administrator to find the correlation ID in the sign-in logs.

aadsts-50132 = The session ended because the password was changed or has expired.
    .action = Sign in again.

aadsts-50133 = The session was revoked because the password was changed or has expired.
    .action = Sign in again.

aadsts-50135 = The password may be known to others and must be changed.
    .action = Sign in again and change the password, or ask your administrator to reset it.

aadsts-50140 = The question "Stay signed in?" interrupted the sign-in.
    .action = Sign in again and answer the question.

aadsts-50144 = The user's Active Directory password has expired.
    .action = Set a new password in your organisation, then sign in again.

aadsts-50147 = The PKCE challenge in the request has the wrong length.
    .action = This is a fault in the program: report it with the correlation ID.

aadsts-50155 = The device could not prove its identity.
    .action = Ask your administrator to check the device's registration in Microsoft Entra ID.

aadsts-50158 = An extra check by an outside provider was not passed.
    .action = Sign in again and complete the extra check.

aadsts-50166 = The outside provider of a check did not answer in time.
    .action = Nothing to do: Signet tries again by itself.

aadsts-50173 = The saved sign-in was revoked: the password was reset, or you or an administrator ended the sessions.
    .action = Sign in again.

aadsts-50187 = The device gave no usable proof of its identity.
    .action = Ask your administrator to check the device's registration in Microsoft Entra ID.

aadsts-50194 = The application is registered for one organisation only, but the sign-in address for all organisations was used.
    .action = Set the tenant ID in the configuration, or register the application for several organisations.

aadsts-50196 = The service has seen the same request too often and refuses it for a while.
    .action = Do not sign in again: that prolongs it. Signet waits at least five minutes and then tries by itself.

aadsts-50197 = The user could not be told apart from others without doubt.
    .action = Sign in again and choose the account.

aadsts-50199 = The sign-in page asks whether you really mean to sign in to this application.
    .action = Sign in again and answer the question in the browser with yes.

aadsts-51004 = The account does not exist in this organisation.
    .action = Sign in with another account, or ask the administrator to add this one.

aadsts-53000 = A Conditional Access policy asks for a compliant device, and this one is not.
    .action = Enrol the device in your organisation's device management. Signing in again on this device as it is does not help.

aadsts-53001 = A Conditional Access policy asks for a device that is joined to the domain.
    .action = Use a domain-joined device, or ask your administrator.

aadsts-53002 = A Conditional Access policy allows approved apps only, and this application is not one of them.
    .action = Ask your administrator to allow this application.

aadsts-53003 = A Conditional Access policy blocked the request.
    .action = Give your administrator the correlation ID and ask which policy blocked it. Another network or another device may help.

aadsts-53004 = The user must register a second factor, but this sign-in looks risky to the organisation.
    .action = Sign in from your usual place and register the second factor there. If that fails, ask your administrator.

aadsts-53010 = Security information may be registered only from certain places or devices.
    .action = Sign in from a place that your organisation trusts, or ask your administrator.

aadsts-53011 = The user's own organisation blocks the user because of risk.
    .action = Ask the administrator of your own organisation to check and clear the risk.

aadsts-54005 = The authorization code was already used.
    .action = Start the sign-in again, and do not reload the last page in the browser.

aadsts-65001 = The permissions of the application have not been approved yet.
    .action = Sign in again and accept the permissions. If the page asks for an administrator, send your administrator the link for consent.

aadsts-65002 = An application ID of Microsoft's own is used for a service that Microsoft has not approved it for.
    .action = Register an application of your own and set its application (client) ID in the configuration.

aadsts-65004 = The user declined to approve the permissions.
    .action = To use mail, sign in again and accept the permissions.

aadsts-65005 = The application's registration does not list the service that is asked for.
    .action = In the application's registration, add the permissions for the service under "API permissions".

aadsts-70000 = The saved sign-in is not valid: it is damaged or belongs to something else. For a personal account, the permissions may not be approved or the account may be under review.
    .action = Sign in again. For a personal account, also look for messages at https://account.microsoft.com.

aadsts-70001 = The application is disabled in this organisation, or unknown to it.
    .action = Ask your administrator to add or enable the application.

aadsts-70002 = The application's secret or certificate is not the right one.
    .action = Check the client secret or the certificate in the configuration.

aadsts-70008 = The authorization code or the saved sign-in has expired, mostly because it was not used for a long time.
    .action = Sign in again.

aadsts-70011 = A scope that is asked for is unknown or not allowed.
    .action = Check the names of the scopes in the configuration.

aadsts-70012 = The service for personal accounts has a fault.
    .action = Nothing to do: Signet tries again by itself.

aadsts-70016 = The sign-in with a code is not finished yet.
    .action = Open the page shown and enter the code.

aadsts-70018 = The sign-in code is wrong.
    .action = Start the sign-in again and enter the new code.

aadsts-70019 = The sign-in code has expired: it was valid for 15 minutes.
    .action = Start the sign-in again.

aadsts-70020 = The sign-in code is no longer known, or it has expired.
    .action = Start the sign-in again.

aadsts-70043 = Your organisation asks for a new sign-in at regular intervals, and that time has come.
    .action = Sign in again. Your administrator sets how often this is needed.

aadsts-70044 = The session has reached the length that the organisation's policy allows.
    .action = Sign in again.

aadsts-80001 = The organisation's server that checks passwords cannot reach its Active Directory.
    .action = Try again later. If it lasts, tell your administrator.

aadsts-80002 = The organisation's server that checks passwords did not answer in time.
    .action = Try again later. If it lasts, tell your administrator.

aadsts-80005 = The organisation's server that checks passwords gave an answer that cannot be used.
    .action = Try again later. If it lasts, tell your administrator.

aadsts-80007 = The organisation's server that checks passwords could not check this one.
    .action = Try again later. If it lasts, tell your administrator.

aadsts-80013 = The clocks of the organisation's password server and of its Active Directory disagree.
    .action = Tell your administrator: the clock of a server in the organisation is wrong.

aadsts-80014 = The organisation's server that checks passwords answered too late.
    .action = Try again later. If it lasts, tell your administrator.

aadsts-90002 = The organisation in the request does not exist, or belongs to another cloud.
    .action = Check the tenant and the cloud in the configuration.

aadsts-90006 = An outside server is unavailable for a moment.
    .action = Nothing to do: Signet tries again by itself.

aadsts-90008 = The application lacks the permission to sign users in and read their profile.
    .action = In the application's registration, add the delegated permission User.Read of Microsoft Graph.

aadsts-90012 = The sign-in service did not finish the request in time.
    .action = Nothing to do: Signet tries again by itself.

aadsts-90014 = A field that is needed is missing in the request.
    .action = Check the configuration. If it is right, this is a fault in the program: report it with the correlation ID.

aadsts-90019 = The request does not say which organisation it is for.
    .action = Set the tenant in the configuration: its ID or its domain.

aadsts-90023 = The request is not valid for the sign-in service.
    .action = Check the configuration. If it is right, this is a fault in the program: report it with the correlation ID.

aadsts-90024 = The sign-in service gave the request up for the moment.
    .action = Nothing to do: Signet tries again by itself.

aadsts-90027 = Personal accounts cannot sign in at the old (v1) address.
    .action = Use the v2.0 address of the sign-in service as the issuer.

aadsts-90033 = The directory service is not available now.
    .action = Nothing to do: Signet tries again by itself.

aadsts-90036 = The directory service has an unexpected fault.
    .action = Nothing to do now: Signet tries again by itself. If it lasts, give the correlation ID to Microsoft support.

aadsts-90038 = The organisation belongs to another of Microsoft's clouds.
    .action = Choose the right cloud in the configuration: global, us-government or china.

aadsts-90055 = There are too many requests for this organisation.
    .action = Nothing to do: Signet waits and tries again by itself.

aadsts-90072 = The account is not known in this organisation, so multi-factor authentication cannot be done here.
    .action = Sign in with another account, or ask the administrator to invite this one as a guest.

aadsts-90090 = The directory service is unavailable for a moment.
    .action = Nothing to do: Signet tries again by itself.

aadsts-90091 = The directory service cannot be reached.
    .action = Nothing to do: Signet tries again by itself.

aadsts-90093 = The directory refused the request for this user.
    .action = Ask your administrator: users may not approve applications in this organisation.

aadsts-90094 = An administrator must approve the permissions of the application.
    .action = Send your administrator the link for consent. Once it is given, sign in again.

aadsts-90095 = The administrators must first approve the application. The sign-in page lets you ask them.
    .action = Send the request on the page if you have not done so. Once it is approved, sign in again.

aadsts-90119 = No sign-in code was entered.
    .action = Start the sign-in again.

aadsts-90120 = The sign-in code was already accepted or declined.
    .action = Start the sign-in again.

aadsts-120000 = The old password was entered wrongly when a new one was set.
    .action = Sign in again and enter the old password with care.

aadsts-120002 = The new password is too weak.
    .action = Sign in again and choose a stronger password.

aadsts-135011 = This device is disabled in the organisation.
    .action = Ask your administrator to enable the device.

aadsts-500011 = The service that is asked for does not exist in this organisation.
    .action = Check the cloud and the scopes in the configuration. If they are right, ask your administrator whether the organisation has Exchange Online.

aadsts-500014 = The service is switched off in this organisation, for example because a subscription has ended.
    .action = Ask your administrator to check the subscription.

aadsts-500021 = Tenant restrictions in this network do not allow access to your organisation.
    .action = Use another network, or ask the administrator of this network to allow your organisation.

aadsts-500022 = Tenant restrictions in this network stop the application from reaching your organisation.
    .action = Use another network, or ask the administrator of this network to allow your organisation.

aadsts-500113 = The application has no redirect address registered.
    .action = In the application's registration, enter the address http://localhost under "Mobile and desktop applications".

aadsts-500121 = The second factor was not confirmed: it was declined, it took too long, or it is not set up right.
    .action = Sign in again and confirm on your phone. If you did not start a sign-in, decline it and tell your administrator.

aadsts-500133 = The signed proof of the application is not valid at this time, mostly because this computer's clock is wrong.
    .action = Set this computer's clock.

aadsts-500208 = This kind of account, personal or work, cannot be used here.
    .action = Sign in again with a work or school account.

aadsts-500212 = Your own organisation does not allow access to the other organisation.
    .action = Ask the administrator of your own organisation.

aadsts-500213 = The other organisation does not admit users of yours.
    .action = Ask the administrator of the organisation that owns the mailbox.

aadsts-501481 = The proof of this sign-in (PKCE) does not fit: mostly two sign-ins crossed.
    .action = Close old sign-in pages in the browser and start the sign-in again.

aadsts-501491 = The PKCE challenge in the request is not well formed.
    .action = This is a fault in the program: report it with the correlation ID.

aadsts-530003 = A policy asks for a device that the organisation manages.
    .action = Enrol the device in your organisation's device management, or ask your administrator.

aadsts-530032 = A security policy of the organisation blocked the request.
    .action = Give your administrator the correlation ID and ask which policy blocked it.

aadsts-530034 = A delegated administrator is blocked because of risk in their own organisation.
    .action = Ask the administrator of your own organisation to check and clear the risk.

aadsts-530035 = The organisation's security defaults block this way of signing in.
    .action = Sign in again in the browser with multi-factor authentication. If that fails, ask your administrator.

aadsts-530036 = A policy ended this sign-in, because it was made with a device code.
    .action = Sign in again in the browser, not with a code.

aadsts-530084 = A policy asks for tokens that are bound to the device (token protection). This application cannot get such tokens.
    .action = Ask your administrator for an exception from token protection for this application.

aadsts-650052 = The organisation has not subscribed to this service, or has not enabled it.
    .action = Ask your administrator whether the organisation has licences for Exchange Online.

aadsts-650053 = The service does not know one of the scopes asked for.
    .action = Check the names of the scopes in the configuration.

aadsts-650054 = The permissions belong to a service that was removed or is not available.
    .action = Check the permissions in the application's registration.

aadsts-650056 = The application is wrongly set up: a permission or its approval is missing, or the application ID is wrong.
    .action = Check the application (client) ID and the permissions in its registration. Ask your administrator to give consent.

aadsts-650057 = The service that is asked for is not among those in the application's registration.
    .action = In the application's registration, add the permissions for the service under "API permissions".

aadsts-700005 = The authorization code was issued for another organisation than the one asked to redeem it.
    .action = Set the organisation's tenant ID in the configuration, then sign in again.

aadsts-700009 = A parameter that this kind of sign-in needs is missing.
    .action = This is a fault in the program: report it with the correlation ID.

aadsts-700011 = This organisation does not know the application.
    .action = Check the application (client) ID and the tenant in the configuration.

aadsts-700016 = This organisation does not know the application ID, or the tenant or cloud is the wrong one.
    .action = Check the application (client) ID, the tenant and the cloud in the configuration. The administrator may have to approve the application first.

aadsts-700022 = The scopes belong to more than one service.
    .action = This is a fault in the request: scopes of one service only may be asked for at a time.

aadsts-700023 = The scopes do not belong to any service.
    .action = Check the names of the scopes in the configuration.

aadsts-700025 = The application is a public client, but a secret or certificate was sent.
    .action = Remove the client secret or the certificate from the configuration.

aadsts-700027 = The signature made with the application's certificate is not valid.
    .action = Upload the certificate in use to the application's registration.

aadsts-700082 = The saved sign-in was not used for 90 days and has expired.
    .action = Sign in again.

aadsts-700084 = The redirect address is registered for a single-page application. Such sign-ins last 24 hours only.
    .action = In the application's registration, move http://localhost to "Mobile and desktop applications". Then sign in again.

aadsts-900144 = A parameter that is needed is missing in the request.
    .action = This is a fault in the program: report it with the correlation ID.

aadsts-900382 = An application with a secret or certificate cannot be used across clouds.
    .action = Use an application that is registered in the cloud of the organisation.

aadsts-900432 = An application with a secret or certificate cannot sign in to an organisation in another cloud.
    .action = Use an application that is registered in the cloud of the organisation.

aadsts-900971 = The request has no redirect address.
    .action = Check the configuration. If it is right, this is a fault in the program: report it with the correlation ID.

aadsts-901002 = The old parameter "resource" was sent to the v2.0 address.
    .action = Set the scopes in full in the configuration. If they are, this is a fault in the program: report it.

aadsts-1000031 = The application cannot be used at present.
    .action = Ask your administrator to look at the application's state.

aadsts-7000110 = This application may not make such a request.
    .action = Check the application's registration, "Authentication" above all.

aadsts-7000112 = The application is disabled.
    .action = Ask your administrator to enable the application.

aadsts-7000215 = The client secret is wrong. Often the secret's ID was copied instead of its value.
    .action = Enter the value of the client secret again.

aadsts-7000218 = The service asks for a secret, because public client flows are switched off or the redirect address is registered under "Web".
    .action = In the application's registration, enter http://localhost under "Mobile and desktop applications" and switch on "Allow public client flows".

aadsts-7000222 = The client secret or the certificate has expired.
    .action = Create a new one in the application's registration and enter it in the configuration.

aadsts-9001023 = This kind of request does not work with the addresses common and consumers.
    .action = Set the tenant ID in the configuration.

aadsts-9002313 = The request is malformed, or the saved sign-in is damaged.
    .action = Sign in again. If it happens again, report it with the correlation ID.

aadsts-9002325 = The redirect address is registered for a single-page application, which needs PKCE.
    .action = In the application's registration, move http://localhost to "Mobile and desktop applications".

aadsts-9002326 = The request came from a web page, but the redirect address is not registered for a single-page application.
    .action = Only Signet may redeem the code, not a web page or an extension of the browser. Report the fault with the correlation ID.

aadsts-9002327 = The redirect address is registered for a single-page application, so only a web page may redeem the code.
    .action = In the application's registration, move http://localhost to "Mobile and desktop applications".

aadsts-9002331 = The application is registered for personal accounts only.
    .action = Set the tenant to consumers in the configuration, or register the application for work accounts too.

aadsts-9002332 = The application is registered for work accounts only, but the address for personal accounts was used.
    .action = Set the tenant in the configuration to the tenant ID or to organizations.
