# Błędy i przyczyny podawane przez lokalny punkt końcowy. Przyczyny są pełnymi zdaniami: występują same na liście
# stanów i po error-sign-in-required-because.

## Potrzebny jest użytkownik

error-sign-in-required = Zaloguj się ponownie na konto { $account }.
error-sign-in-required-first = Zaloguj się na konto { $account }.
error-sign-in-required-because = Zaloguj się ponownie na konto { $account }. { $reason }

reason-never-signed-in = Na to konto nikt się jeszcze nie zalogował.
reason-signed-out = To konto zostało wylogowane.
reason-password-changed = Hasło zostało zmienione albo administrator zakończył sesję.
reason-expired-unused = Logowanie wygasło, bo nie było używane przez 90 dni.
reason-sign-in-frequency = Organizacja wymaga ponownego logowania co pewien czas i ten czas właśnie minął.
reason-revoked = Logowanie zostało odwołane.
reason-mfa-required = Organizacja wymaga uwierzytelniania wieloskładnikowego.
reason-consent-required = Uprawnienia do poczty nie zostały jeszcze zaakceptowane.
reason-conditional-access = Zasady dostępu warunkowego organizacji wymagają ponownego logowania albo zabraniają dostępu.
reason-account-disabled = Konto jest wyłączone. Administrator musi je włączyć.
reason-admin-consent-required = Uprawnienia aplikacji wymagają zgody administratora.
reason-wrong-registration = Rejestracja aplikacji nie odpowiada wymaganiom programu Signet. Administrator musi ją poprawić.
reason-identity-changed = Usługa logowania wskazuje teraz inną osobę niż ta, która się zalogowała.
reason-refused = Usługa logowania nie przyjmuje już zapisanego logowania.
reason-bound-elsewhere = Zapisane logowanie nie pasuje do tych ustawień: zmieniono usługę logowania, aplikację lub adres wydawania tokenów albo naruszono zapisane dane. Nie zostało użyte.
reason-session-lost = Nie udało się odczytać zapisanego logowania na tym komputerze.

## Potrzebny jest ktoś inny

error-admin-required = Konto { $account } wymaga działania administratora.
error-configuration = Nieprawidłowe ustawienie: { $detail }

## Nie można połączyć się z usługą logowania

error-unreachable =
    { $seconds ->
        [one] Nie można połączyć się z usługą logowania dla konta { $account }. Signet sam ponowi próbę za sekundę.
        [few] Nie można połączyć się z usługą logowania dla konta { $account }. Signet sam ponowi próbę za { $seconds } sekundy.
       *[many] Nie można połączyć się z usługą logowania dla konta { $account }. Signet sam ponowi próbę za { $seconds } sekund.
    }
error-unreachable-detail-dns = Nie można odnaleźć nazwy { $host }. Sprawdź połączenie z siecią, VPN i DNS.
error-unreachable-detail-timeout = Serwer { $host } nie odpowiedział na czas.
error-unreachable-detail-tls = Nie udało się nawiązać bezpiecznego połączenia z serwerem { $host }. Jeśli sieć sprawdza ruch szyfrowany, wskaż w pliku config.toml w polu extra_ca certyfikat główny organizacji.
error-unreachable-detail-proxy = Serwer proxy nie przepuścił żądania do { $host }. Sprawdź ustawienia serwera proxy.
error-unreachable-detail-status = Serwer { $host } odpowiedział kodem HTTP { $status }.
error-unreachable-detail-not-json = Serwer { $host } nie odpowiedział w formacie JSON. Po drodze może być serwer proxy albo strona logowania sieci dla gości.
error-unreachable-detail-reset = Serwer { $host } przerwał połączenie.

## Konta

error-unknown-account = Nie ma konta { $account }. Znane konta: { $known }.
error-no-accounts-yet = Nie ma jeszcze żadnego konta. Dodaj je poleceniem: signet accounts add NAZWA
error-ambiguous-account = Kilka kont ma login { $login }. Użyj jednej z nazw: { $names }.
error-account-exists = Konto { $account } już istnieje. Wybierz inną nazwę albo najpierw usuń to konto.
error-name-too-long = Nazwa i login konta mogą mieć najwyżej { $limit } bajtów.
error-login-no-address = { $login } nie jest pełnym loginem. Login ma postać nazwa@firma.pl; podaj go w opcji --login.
error-tenant-not-allowed = Organizacja { $tenant } nie jest tu dozwolona. Zaloguj się na konto dozwolonej organizacji albo zwróć się do administratora tego komputera.

## Programy

error-approval-required = Nikt jeszcze nie zezwolił temu programowi na użycie konta. Odpowiedz na pytanie, które Signet pokazuje na pulpicie.
error-denied = Ten program nie może używać tego konta.
error-limit = Przekroczono limit: { $what }. Spróbuj później.
error-timed-out = Odpowiedź nie była gotowa na czas. Zapytaj ponownie: praca trwa dalej.
error-disabled = Ten profil jest wyłączony. Włącz go w ustawieniach profilu.
error-by-sql = W tym profilu wysyła serwer SQL, własnym profilem: Signet nie ma tu czego wydać ani sprawdzić.
error-manager-only = Metodę { $method } może wywołać tylko sam Signet.

## Magazyn kluczy i dane

error-locked-keyring = Systemowy magazyn kluczy jest zablokowany i system pyta o jego hasło. Gdy zostanie odblokowany, Signet będzie działać dalej sam.
error-keyring-absent = Nie ma tu systemowego magazynu kluczy. Uruchom go albo wybierz inne miejsce na klucz w pliku config.toml w sekcji [store].
error-keyring-denied = Systemowy magazyn kluczy jest zablokowany: pytanie o jego hasło odrzucono albo nie można go tu zadać. Gdy zostanie odblokowany, Signet będzie działać dalej sam. Aby system zapytał ponownie: signet unlock
error-keyring-out-of-reach = Nie ma tu magistrali sesji, więc nie można dotrzeć do systemowego magazynu kluczy. Uruchom Signet w sesji pulpitu albo wybierz inne miejsce na klucz w pliku config.toml w sekcji [store].
error-keyring-empty = W systemowym magazynie kluczy nie ma domyślnego magazynu na klucz. Utwórz go albo wybierz inne miejsce na klucz w pliku config.toml w sekcji [store].
error-keyring-timeout = Systemowy magazyn kluczy nie odpowiada. Signet sam ponowi próbę.
error-key-missing = Zapisane logowania istnieją, ale brakuje klucza, który je otwiera. Signet zachowuje je i próbuje ponownie. Jeśli klucz przepadł na dobre: signet start-afresh

## Żądanie tokenu lub logowania

error-unknown-resource = Nie ma zasobu { $resource }. Znane zasoby: { $known }.
error-scopes-without-resource = Żądanie podaje zakresy, ale nie podaje zasobu. Podaj zasób, do którego należą.
error-unknown-sign-in = Nie ma logowania { $id }. Mogło się już zakończyć; rozpocznij nowe.
error-not-your-sign-in = To logowanie rozpoczął inny program. Tylko ten program lub Signet może na nie czekać albo je anulować.

## Konfiguracja i usługa logowania

error-no-client-id = Nie ustawiono identyfikatora aplikacji (klienta). Wpisz go w pliku config.toml w sekcji [app] albo podaj w opcji --client-id.
error-issuer-no-url = { $issuer } nie jest adresem internetowym. Wystawca ma postać https://login.firma.pl.
error-issuer-no-https = Adres { $issuer } nie jest bezpieczny. Adres wystawcy musi zaczynać się od https://.
error-discovery-failed = Nie udało się odczytać ustawień wystawcy { $issuer }: { $detail }
error-discovery-mismatch = Wystawca { $issuer } przedstawia się jako { $found }. Wpisz wystawcę dokładnie tak, jak sam się przedstawia.
error-unknown-cloud = Nie ma chmury { $cloud }. Znane chmury: { $known }.
error-redirect-listener = Signet nie mógł otworzyć lokalnego portu na odpowiedź przeglądarki: { $detail }
error-clock-wrong =
    { $minutes ->
        [one] Zegar tego komputera jest przestawiony o około minutę. Ustaw zegar i zaloguj się ponownie.
        [few] Zegar tego komputera jest przestawiony o około { $minutes } minuty. Ustaw zegar i zaloguj się ponownie.
       *[many] Zegar tego komputera jest przestawiony o około { $minutes } minut. Ustaw zegar i zaloguj się ponownie.
    }

## Odpowiedź z przeglądarki

error-wrong-issuer = Odpowiedź pochodzi z innej usługi logowania niż ta, do której wysłano pytanie. Sprawdź dzierżawę i wystawcę.
error-wrong-audience = Odpowiedź jest przeznaczona dla innej aplikacji. Sprawdź identyfikator aplikacji (klienta).
error-nonce-mismatch = Odpowiedź nie należy do tego logowania. Rozpocznij logowanie od nowa.
error-no-id-token = Usługa logowania nie podała, kto się zalogował. Być może brakuje zakresu openid.
error-oauth = Usługa logowania odrzuciła żądanie: { $error }
error-internal = Wystąpił błąd wewnątrz programu Signet. Spróbuj ponownie; jeśli błąd się powtarza, zgłoś go i dołącz dziennik.

## Beside the above

reason-clock-wrong = Zegar tego komputera jest źle ustawiony.
reason-not-trusted = Odpowiedzi usługi logowania nie można zaufać.
reason-no-refresh-token = Usługa logowania nie wydała tokenu odświeżania, więc logowanie nie byłoby trwałe. Zezwól aplikacji na zakres offline_access.
reason-no-listener = Signet nie mógł otworzyć lokalnego portu dla odpowiedzi przeglądarki.
reason-unreachable = Usługa logowania jest nieosiągalna.
error-unreachable-detail-connect = Nie udało się połączyć z { $host }. Sprawdź połączenie sieciowe, VPN i zaporę.
error-store-disk = Signet nie może zapisać ani odczytać swoich danych na dysku. Przyczynę podaje dziennik; sprawdź wolne miejsce i uprawnienia do folderu stanu.
error-too-soon =
    { $seconds ->
        [one] Zapytań było zbyt wiele. Zapytaj ponownie za { $seconds } sekundę.
        [few] Zapytań było zbyt wiele. Zapytaj ponownie za { $seconds } sekundy.
       *[many] Zapytań było zbyt wiele. Zapytaj ponownie za { $seconds } sekund.
    }
error-unknown-mechanism = Mechanizm musi być XOAUTH2 lub OAUTHBEARER.
error-token-too-young = Token ma dopiero { $age }, więc serwer odrzucił go nie z powodu wieku i nowy nic by nie zmienił. Sprawdź odpowiedź serwera: skrzynka może być niedostępna dla tego loginu albo protokół może być dla niej wyłączony.
error-numbers = (kod AADSTS{ $code }, identyfikator korelacji { $id })
error-numbers-code = (kod AADSTS{ $code })
error-numbers-id = (identyfikator korelacji { $id })
error-passphrase-wanted = Zapisane logowania są zablokowane. Podaj hasło poleceniem: signet unlock
error-passphrase-wrong = To nie jest właściwe hasło. Spróbuj ponownie: signet unlock
error-no-passphrase-yet = Hasła jeszcze nie ustalono. Ustal je poleceniem: signet unlock --choose
error-not-by-passphrase = Klucza nie chroni tu hasło, więc nie ma czego odblokowywać. Aby tak było, wybierz passphrase jako miejsce klucza w sekcji [store] pliku config.toml.
error-store-newer = Zapisane logowania pochodzą z nowszej wersji programu Signet i pozostają nietknięte. Zainstaluj ponownie nowszą wersję albo zacznij bez nich: signet start-afresh
error-nothing-wrong = Zapisane logowania dają się otworzyć, więc nie trzeba zaczynać od nowa. Niczego nie zmieniono.
error-credential-missing = systemd nie przekazał klucza. Jednostka potrzebuje LoadCredentialEncrypted=signet-key, a poświadczenie musi mieć 32 bajty; w dzienniku jest napisane, co znaleziono.
error-setting-locked = To ustawienie narzuciła Twoja organizacja i nie można go tu zmienić.
error-client-id-no-uuid = To nie jest identyfikator aplikacji (klienta). Wygląda on tak: 6f0d4b5e-3f4f-4a6b-9a52-0c1d2e3f4a5b i znajduje się w Entra na stronie „Przegląd” aplikacji.
error-no-domain = { $domain } to nie jest domena. Domena wygląda tak: firma.pl.
error-no-such-tenant = Żadna organizacja w Microsoft nie ma domeny { $domain }. Sprawdź pisownię albo podaj domenę kończącą się na onmicrosoft.com.

## Profile

error-unknown-profile = Nie ma profilu { $profile }. Znane profile: { $known }.
error-no-profiles-yet = Nie ma profilu { $profile } ani żadnego innego.
error-profile-id = Identyfikator profilu to mail_server, a dla punktu konfiguracyjnego wyraz z liter, cyfr, łączników i podkreśleń, najwyżej 64 znaki.
error-profile-wrong = Profil { $profile } nie jest kompletny: { $field }: { $detail }
error-profile-no-account = Nie ma konta o loginie { $login } z tego profilu. Dodaj je i zaloguj się: signet accounts add { $login }
error-unknown-check = Nie ma takiego sprawdzenia. Może było zbyt dawno: zacznij nowe.
