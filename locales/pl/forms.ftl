# Formularze okna: serwer pocztowy i punkty konfiguracyjne.

## Serwer pocztowy

form-mail-server-line = Poczta wychodząca: tymi ustawieniami komponenty DMS wysyłają wiadomości.
form-send-with = Do wysyłania wiadomości email zastosuj
form-send-with-component = Komponent mailowy na serwerze IIS
form-send-with-sql = Profil na serwerze SQL
form-sql = Profil na serwerze SQL
form-sql-profile = Nazwa profilu
form-sql-profile-hint = Nazwa profilu poczty bazy danych (Database Mail), tak jak na serwerze SQL
form-sql-no-oauth = Profil na serwerze SQL wysyła, używając własnego loginu i hasła, i nie obsługuje OAuth2. Aby wybrać OAuth2, zastosuj komponent mailowy na serwerze IIS.
form-sql-no-try = Wysyła serwer SQL; przetestować można to tylko na nim.
form-account-settings = Ustawienia konta pocztowego
form-enabled = Włącz wysyłanie wiadomości email
form-enabled-hint = Dopóki jest „Nie”, komponenty nie dostaną tych ustawień. Autoryzacja i test działają.
form-yes = Tak
form-no = Nie
form-account-name = Nazwa konta
form-email = Email (wychodzący)
form-display-name = Nazwa wyświetlana
form-reply-to = Adres zwrotny
form-reply-to-hint = Tu trafią odpowiedzi; puste: na adres wychodzący
form-description = Opis
form-protocol = Typ serwera
form-server = Nazwa serwera
form-port = Port
form-encryption = Metoda szyfrowania
form-encryption-automatic = Automatyczne
form-encryption-none = Brak
form-encryption-tls = SSL/TLS
form-encryption-starttls = STARTTLS
form-authentication = Metoda uwierzytelniania
form-authentication-password = Login i hasło
form-authentication-oauth = OAuth2
form-login = Login
form-password = Hasło
form-password-kept = Hasło jest zapisane. Pozostaw puste, aby go nie zmieniać.
form-password-moved = Zapisane hasło było dla innego serwera lub loginu. Podaj je ponownie.
form-not-encrypted = Połączenie nie jest szyfrowane: login i hasło może odczytać każdy po drodze.

## Autoryzacja

form-authorize = Autoryzacja
form-authorize-hint = Otwiera w przeglądarce stronę logowania Office 365.
form-incomplete = Najpierw uzupełnij lub popraw zaznaczone pola.
form-no-account = Nie ma konta { $account }, więc programy nie dostaną tokenów do tych ustawień. Wybierz „Autoryzacja”, aby je dodać i się zalogować.
form-login-taken = Login to teraz { $login }, a skrzynką pozostaje { $mailbox }.
form-login-taken-sender = Login to teraz { $login }. Aby wysyłać jako inny adres, potrzebuje uprawnienia „Wyślij jako”.
form-to-application = Skonfiguruj aplikację

## Test

form-try-send = Wyślij testową wiadomość email
form-try-send-line = Prawdziwa wiadomość z ustawieniami z tego formularza, także niezapisanymi.
form-try-to = Adres odbiorcy
form-try = Sprawdź połączenie
form-try-line = Próba z ustawieniami z tego formularza, także niezapisanymi; niczego nie zmienia w skrzynce.
form-try-steps = Przebieg testu
form-try-running = Test trwa...
form-try-cancel = Przerwij
form-try-cancelled = Test przerwano.
form-try-outdated = Formularz zmieniono od tego czasu. Wyniki dotyczą testu z ustawieniami: serwer { $server }, port { $port }, login { $login }.
form-try-sent = Wiadomość wysłano na adres { $address }.
form-try-fine = Połączenie działa.
form-try-took = { $milliseconds } ms
form-try-line-said = Odpowiedź serwera
form-try-line-found = Szczegóły
form-try-do = Co zrobić
form-try-copy = Kopiuj dla administratora
form-try-letter =
    Dzień dobry,
    Signet nie może użyć poczty z takimi ustawieniami: serwer { $server }, port { $port }, login { $login }.

## Zapisywanie

form-saved = Zapisano
form-gone = Ustawienia te zostały w międzyczasie usunięte. To, co wpisano, pozostało w formularzu: zapisz jeszcze raz, aby utworzyć je na nowo.
form-unread = Nie udało się odczytać ustawień poczty: { $detail }

## Opuszczanie strony z niezapisanymi zmianami

leaving-title = Opuścić bez zapisania?
leaving-line = Zmiany na tej stronie nie są zapisane i zostaną utracone.
leaving-account = Zostanie usunięte także konto { $account } wraz z logowaniem: powstało przez autoryzację w tym formularzu.
leaving-yes = Nie zapisuj

## Punkty konfiguracyjne

points-title = Punkty konfiguracyjne
points-line = Poczta przychodząca: z tych skrzynek DMS tworzy dokumenty lub pobiera załączniki.
points-none = Nie ma jeszcze żadnego punktu konfiguracyjnego.
points-count =
    { $count ->
        [one] { $count } punkt
        [few] { $count } punkty
       *[many] { $count } punktów
    }
points-add = Dodaj punkt
points-edit = Edytuj
points-edit-named = Edytuj: { $point }
points-remove = Usuń...
points-remove-named = Usuń: { $point }
points-remove-title = Usunąć punkt { $point }?
points-remove-line = Ustawienia punktu i jego hasło zostaną usunięte. Konto i jego logowanie pozostaną.
points-remove-yes = Usuń
points-removed = Usunięto punkt { $point }. Konto pozostało.
points-sign-in = Zaloguj się: { $account }
points-new = Nowy punkt konfiguracyjny
points-mode = Tryb współpracy
points-mode-documents = Współpraca ze skrzynką pocztową (generowanie dokumentów DMS)
points-mode-attachments = Współpraca ze skrzynką pocztową (pobieranie załączników)
points-general = Ogólne
points-mailbox-settings = Ustawienia skrzynki
points-name = Nazwa
points-id = Identyfikator
points-id-hint = Pod tą nazwą komponent pyta o ustawienia; litery bez znaków diakrytycznych, cyfry, - i _
points-id-wrong = Identyfikator składa się z liter bez znaków diakrytycznych, cyfr oraz znaków - i _, najwyżej 64.
points-id-known = Punkt o tym identyfikatorze już istnieje.
points-active = Aktywny
points-inactive = Nieaktywny
points-protocol = Typ konta
points-server = Serwer poczty przychodzącej
points-mailbox = Skrzynka
points-mailbox-hint = Tylko jeśli to inna skrzynka niż login, na przykład udostępniona
points-folder = Folder
points-folder-hint = Puste: skrzynka odbiorcza
points-of-mailbox = { $mailbox } przez login { $login }
points-no-account = Nie ma konta { $account }. Wybierz „Edytuj”, a potem „Autoryzacja”.

## Wklejanie listy punktów

points-paste = Wklej listę...
points-paste-title = Dodaj listę punktów
points-paste-line = Jeden punkt w wierszu, kolumny rozdzielone średnikiem, przecinkiem lub tabulatorem. Pierwszy wiersz może zawierać nazwy kolumn; bez niego kolejność to: { $columns }. Wystarczy login; resztę uzupełnią wartości dla OAuth2. Tryb to „dokumenty” albo „załączniki”.
points-paste-list = Lista punktów
points-paste-delegate = Jeden login dla wszystkich
points-paste-delegate-hint = Puste: każda skrzynka loguje się sama. W przeciwnym razie login, który odczytuje wszystkie jako skrzynki udostępnione
points-paste-verdicts = Zawartość listy
points-paste-point = Punkt
points-paste-fine = Zostanie dodany: { $mailbox }
points-paste-no-mailbox = Brakuje tu adresu skrzynki lub loginu.
points-paste-kind = „{ $kind }” nie jest trybem. Wpisz „dokumenty” albo „załączniki”.
points-paste-protocol = Wpisz IMAP albo POP3.
points-paste-encryption = Wpisz Automatyczne, Brak, SSL/TLS albo STARTTLS.
points-paste-wrong = { $column }: { $detail }
points-paste-twice = Taki sam identyfikator jak w wierszu { $line }: { $id }
points-paste-twice-mailbox = Ta sama skrzynka i folder co w wierszu { $line }
points-paste-columns = Kolumn jest więcej niż osiem. Pierwszy wiersz powinien zawierać nazwy kolumn.
points-paste-submit =
    { $count ->
        [one] Dodaj { $count } punkt
        [few] Dodaj { $count } punkty
       *[many] Dodaj { $count } punktów
    }
points-paste-bad =
    { $count ->
        [one] Najpierw popraw { $count } wiersz. Niczego nie dodano.
        [few] Najpierw popraw { $count } wiersze. Niczego nie dodano.
       *[many] Najpierw popraw { $count } wierszy. Niczego nie dodano.
    }
points-paste-refused = Niczego nie dodano: { $detail }
points-paste-kept = Niczego nie dodano: { $detail } Tych kont nie udało się wycofać: { $accounts }
points-paste-adding = Dodawanie { $done } z { $count }...
points-paste-added =
    { $count ->
        [one] Dodano { $count } punkt.
        [few] Dodano { $count } punkty.
       *[many] Dodano { $count } punktów.
    }
