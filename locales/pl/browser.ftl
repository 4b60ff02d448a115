# Strony kończące logowanie w przeglądarce: stałe, bez skryptów, każda ma tytuł i jeden wiersz.

page-signed-in-title = Gratulacje! Zostałeś zalogowany
page-signed-in-line = Zamknij kartę i wróć do aplikacji

page-declined-title = Nie udzielono zgody
page-declined-line = Bez zgody nie można używać poczty. Aby jej udzielić, zamknij kartę i rozpocznij logowanie ponownie w aplikacji.

page-failed-title = Logowanie nie powiodło się
page-failed-line = { $detail } Zamknij kartę i wróć do aplikacji.

page-wrong-person-title = To jest inne konto
page-wrong-person-line = Zalogowano użytkownika { $signed_in_as }, ale to konto należy do { $login }. Niczego nie zapisano.

page-confirm-title = Czy to właściwe konto?
page-confirm-line = Zalogowano użytkownika { $signed_in_as }. Czy { $signed_in_as } to login do konta { $login }?
confirm-login = Tak, to właściwy login
use-another-account = Użyj innego konta

page-code-by-get-title = Logowanie odrzucono ze względów bezpieczeństwa
page-code-by-get-line = Przeglądarka przesłała odpowiedź w wierszu adresu, gdzie mogą ją odczytać inni. Zamknij kartę i rozpocznij logowanie ponownie w aplikacji. Jeśli to się powtórzy, poproś administratora o ustawienie response_mode na query.

page-expired-title = To logowanie już się zakończyło
page-expired-line = Trwało zbyt długo albo zostało już dokończone. Zamknij kartę i rozpocznij logowanie ponownie w aplikacji.

page-cancelled-title = Logowanie anulowano
page-cancelled-line = Niczego nie zapisano. Zamknij kartę i wróć do aplikacji.

page-wait-title = Chwileczkę
page-wait-line = Signet sprawdza logowanie. Ta strona zmieni się sama.

page-unknown-title = Niczego tu nie ma
page-unknown-line = Ten adres służy tylko jednemu logowaniu, a to żądanie do niego nie należy. Zamknij kartę.
