# The pages that close a sign-in in the browser: fixed, without scripts, a title and a line each.

page-signed-in-title = Congratulations! You are signed in
page-signed-in-line = Close this tab and return to the application

page-declined-title = You did not give permission
page-declined-line = Without it, mail cannot be used. To give it, close this tab and start the sign-in again from the application.

page-failed-title = The sign-in did not succeed
page-failed-line = { $detail } Close this tab and return to the application.

page-wrong-person-title = This is another account
page-wrong-person-line = You signed in as { $signed_in_as }, but this account belongs to { $login }. Nothing was saved.

page-confirm-title = Is this the right account?
page-confirm-line = You signed in as { $signed_in_as }. Is { $signed_in_as } the login for { $login }?
confirm-login = Yes, this is the login
use-another-account = Use another account

page-code-by-get-title = The sign-in was refused for safety
page-code-by-get-line = The browser sent the answer in its address line, where others could read it. Close this tab and start the sign-in again from the application. If it happens again, ask the administrator to set response_mode to query.

page-expired-title = This sign-in is over
page-expired-line = It took too long, or it was finished already. Close this tab and start the sign-in again from the application.

page-cancelled-title = The sign-in was cancelled
page-cancelled-line = Nothing was saved. Close this tab and return to the application.

page-wait-title = One moment
page-wait-line = Signet is checking the sign-in. This page changes by itself.

page-unknown-title = There is nothing here
page-unknown-line = This address serves one sign-in only, and this request does not belong to it. Close this tab.
