# AADSTS codes: what each means, and what to do (.action).

aadsts-50173 = Zapisane logowanie zostało odwołane.
    .action = Zaloguj się ponownie.
