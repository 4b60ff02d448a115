# AADSTS codes: what each means, and what to do (.action).

aadsts-50173 = The saved sign-in was revoked.
    .action = Sign in again.
