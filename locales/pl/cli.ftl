# Wiersz polecenia: pomoc, przebieg, wyniki.

## Pomoc

help-signet = Loguje do Office 365 w przeglądarce i przekazuje programom pocztowym świeże tokeny dostępu
help-heading-usage = Użycie:
help-heading-commands = Polecenia
help-heading-arguments = Argumenty
help-heading-options = Opcje
help-help = Wyświetl tę pomoc
help-version = Wyświetl wersję

help-value-command = POLECENIE
help-value-options = [OPCJE]
help-json = Wypisz JSON, także błędy
help-no-input = Nigdy nie pytaj na terminalu; zamiast tego zakończ z błędem

help-config = Przeglądaj, sprawdzaj i edytuj ustawienia
help-config-check = Powiedz, czy config.toml jest poprawny, albo wskaż każdy błąd
help-config-show = Wypisz obowiązujące ustawienia, razem z tymi, których w pliku nie podano
help-config-edit = Otwórz kopię config.toml w edytorze; zastąpi plik, gdy będzie poprawna
help-config-path = Wypisz, gdzie jest config.toml
help-doctor = Sprawdź wszystko, co na tym komputerze może być nie tak, i powiedz, jak to naprawić
help-doctor-name = Konto, którego usługę logowania należy sprawdzić; bez nazwy: wszystkie
help-completions = Wypisz skrypt uzupełniania poleceń dla powłoki
help-completions-shell = bash, zsh, fish albo powershell
help-man = Zapisz strony podręcznika w folderze
help-man-name = NAZWA
help-man-synopsis = SKŁADNIA
help-man-description = OPIS
help-man-extra = KODY WYJŚCIA I ŚRODOWISKO
help-man-folder = Folder

help-agent = Uruchom agenta, który przechowuje logowania (pulpit nie jest potrzebny)
help-agent-foreground = Pozostań na pierwszym planie i pisz dziennik na terminalu
help-agent-stop = Zakończ działającego agenta

help-accounts = Dodawaj, wyświetlaj i usuwaj konta
help-accounts-add = Dodaj konto: Office 365 albo, z opcją --issuer, innego dostawcy OpenID
help-accounts-set = Zmień konto: podane ustawienia zastąpią dotychczasowe
help-accounts-add-name = Nazwa konta, zwykle adres skrzynki
help-accounts-add-login = Login (UPN), jeśli jest inny niż nazwa
help-accounts-add-issuer = Adres innego dostawcy OpenID, na przykład https://login.firma.pl
help-accounts-add-client-id = Identyfikator aplikacji (klienta); bez tej opcji: z sekcji [app] w config.toml
help-accounts-add-tenant = Dzierżawa: jej identyfikator, domena albo „organizations”
help-accounts-add-cloud = Chmura Microsoft: global, us-government albo china
help-accounts-add-resource = Nazwa zasobu, do którego należą zakresy, na przykład mail
help-accounts-add-scope = Zakres, o który należy prosić; można powtarzać
help-accounts-add-response-mode = Jak przeglądarka przekazuje odpowiedź: form_post (bezpieczniej, domyślnie) albo query
help-accounts-list = Wyświetl konta i ich stan
help-accounts-remove = Usuń konto i wymaż jego logowanie z tego komputera
help-accounts-remove-name = Nazwa konta
help-accounts-retry = Zapytaj usługę logowania od razu, a nie dopiero wtedy, gdy Signet zrobiłby to sam
help-accounts-retry-name = Nazwa konta

help-sign-in = Zaloguj się na konto w przeglądarce
help-sign-in-name = Nazwa konta
help-sign-in-no-browser = Nie otwieraj przeglądarki: wypisz adres strony logowania i czekaj
help-sign-out = Wymaż logowanie, a konto zachowaj
help-sign-out-name = Nazwa konta

help-token = Wypisz token dostępu i nic więcej
help-token-name = Nazwa konta
help-token-for = Do czego ma służyć token: imap, pop albo smtp
help-token-min-valid = Przez ile sekund token ma być jeszcze ważny
help-token-sasl = Wypisz gotową odpowiedź logowania: xoauth2 albo oauthbearer
help-token-json = Wypisz całą odpowiedź jako JSON

help-status = Pokaż, czy agent działa i w jakim stanie są konta

help-unlock = Otwórz zapisane logowania: podaj ich hasło albo ponów pytanie magazynu kluczy
help-unlock-choose = Ustal hasło teraz
help-unlock-change = Zastąp hasło innym

help-start-afresh = Odłóż na bok zapisane logowania, których nie da się już otworzyć, i zacznij bez nich
help-start-afresh-yes = Nie pytaj o zgodę

help-after =
    Kody wyjścia:
      0  powodzenie
      1  każdy inny błąd
      2  niewłaściwe użycie
      3  trzeba się zalogować
      4  potrzebny administrator albo nieprawidłowe ustawienie
      5  nie można połączyć się z usługą logowania; spróbuj ponownie
      6  agent nie działa
      7  nieznane konto
      8  odmowa, potrzebne zezwolenie albo blokada

    SIGNET_LANG=en lub SIGNET_LANG=pl wybiera język.

## Logowanie

cli-opening-browser = Otwieranie strony logowania w przeglądarce...
cli-open-this-page = Otwórz tę stronę w przeglądarce na tym komputerze: { $url }
cli-browser-failed = Nie udało się otworzyć przeglądarki.
cli-waiting-for-person = Oczekiwanie na zalogowanie w przeglądarce...
cli-signed-in = Zalogowano użytkownika { $login }
cli-cancelled = Logowanie anulowano.
cli-declined = W przeglądarce odmówiono zgody. Aby używać poczty, zaloguj się ponownie i zaakceptuj uprawnienia.
cli-expired = Logowanie trwało zbyt długo i zostało zakończone. Rozpocznij je ponownie.
cli-signed-out = Wylogowano konto { $account }. Logowanie zostało wymazane z tego komputera.

## Konta

cli-account-added = Dodano konto { $account }
cli-account-set = Zmieniono konto { $account }
cli-account-added-next = Teraz zaloguj się poleceniem: signet sign-in { $account }
cli-account-retried = Ponawiam pytanie dla konta { $account }. Wynik pokaże: signet status
cli-account-removed = Usunięto konto { $account }. Jego logowanie zostało wymazane z tego komputera.
cli-account-removed-used = Uwaga: z tego konta korzystały profile, które nie wyślą ani nie odbiorą poczty, dopóki znów nie będzie dla nich konta: { $profiles }
cli-revoke-hint = Microsoft nadal pamięta to logowanie. Aby zakończyć je także tam, wybierz „Wyloguj się wszędzie” na stronie { $url } albo poproś administratora o unieważnienie sesji.
cli-no-accounts = Nie ma jeszcze żadnych kont. Dodaj konto poleceniem: signet accounts add nazwa@firma.pl

## Agent

cli-not-running = Agent nie działa. Uruchom go poleceniem: signet agent
cli-not-ours = Punkt końcowy należy do innego użytkownika, dlatego nie zostanie użyty. Sprawdź zmienną SIGNET_SOCKET.
cli-agent-runs-already = Agent już działa (proces { $pid }).
cli-agent-started = Agent działa i nasłuchuje pod adresem { $socket }.
cli-agent-stopped = Agent zakończył działanie.
notice-key-file = Klucz jest przechowywany w pliku { $path }. Kto może odczytać ten plik, może otworzyć zapisane logowania.

## Stan

status-running = Signet { $version } działa już { $uptime }.
status-account-signed-out = { $account }: wylogowane
status-account-signing-in = { $account }: oczekuje na zalogowanie w przeglądarce
status-account-ready = { $account }: gotowe
status-account-unreachable = { $account }: nie można połączyć się z usługą logowania; Signet sam ponawia próby
status-account-session-lost = { $account }: zapisanych danych nie można teraz odczytać
status-account-needs-sign-in = { $account }: trzeba zalogować się ponownie
status-none = Nie ma jeszcze żadnego konta
status-well =
    { $count ->
        [one] { $count } konto, nic nie trzeba robić
        [few] { $count } konta, nic nie trzeba robić
       *[many] { $count } kont, nic nie trzeba robić
    }
status-need =
    { $count ->
        [one] { $count } konto wymaga uwagi: signet status powie, co zrobić
        [few] { $count } konta wymagają uwagi: signet status powie, co zrobić
       *[many] { $count } kont wymaga uwagi: signet status powie, co zrobić
    }
status-token-until = token ważny do { $time }

state-signed-out = wylogowane
state-signing-in = trwa logowanie
state-ready = gotowe
state-unreachable = brak połączenia
state-needs-sign-in = trzeba się zalogować

column-name = Nazwa
column-login = Login
column-state = Stan
column-until = Ważne do

duration-seconds =
    { $count ->
        [one] { $count } sekundę
        [few] { $count } sekundy
       *[many] { $count } sekund
    }
duration-minutes =
    { $count ->
        [one] { $count } minutę
        [few] { $count } minuty
       *[many] { $count } minut
    }
duration-hours =
    { $count ->
        [one] { $count } godzinę
        [few] { $count } godziny
       *[many] { $count } godzin
    }
duration-days =
    { $count ->
        [one] { $count } dzień
        [few] { $count } dni
       *[many] { $count } dni
    }

## Błędy

cli-error = Błąd: { $detail }
cli-consent-hint = Administrator zatwierdza aplikację dla wszystkich na stronie { $url }
cli-config-broken = { $path }, wiersz { $line }, kolumna { $column }: { $detail }

notice-config-broken = Signet działa dalej z ostatnimi poprawnymi ustawieniami: błąd w pliku { $path }, wiersz { $line }, kolumna { $column }: { $detail }
notice-config-unreadable = Signet działa dalej z ostatnimi poprawnymi ustawieniami: nie można odczytać pliku { $path }: { $detail }
notice-config-unusable = Signet działa dalej z ostatnimi poprawnymi ustawieniami: zmienionego ustawienia nie można zastosować: { $detail }
notice-config-restart = W config.toml zmieniono miejsce przechowywania klucza. Zmiana zadziała po ponownym uruchomieniu agenta: signet agent --stop, potem signet agent.
notice-store-set-aside = Plik z zapisanymi logowaniami był uszkodzony albo należał do innego programu. Zachowano go jako { $path } i założono nowy: konta, które nie są teraz w użyciu, wymagają ponownego logowania.
notice-unsaved = Nie udało się zapisać logowania konta { $account }; przepadnie, gdy agent się zakończy. Sprawdź dysk.
cli-wrong-person-waiting = Zalogowano użytkownika { $signed_in_as }, ale to nie jest login tego konta. Niczego nie zapisano. Wybierz w przeglądarce, co zrobić.
cli-wrong-person-ended = Zalogowano użytkownika { $signed_in_as }, ale to nie jest login tego konta. Niczego nie zapisano. Rozpocznij logowanie ponownie i wybierz w przeglądarce „Użyj innego konta”.
cli-passphrase = Hasło:
cli-passphrase-choose = Ustal hasło:
cli-passphrase-again = To samo jeszcze raz:
cli-passphrase-short = Ustal hasło o długości co najmniej { $least } znaków.
cli-passphrase-differs = Oba hasła się różnią. Niczego nie zmieniono.
cli-passphrase-present = Obecne hasło:
cli-passphrase-changed = Hasło zmieniono. Od teraz zapisane logowania otwiera tylko nowe.
cli-start-afresh-ask = Na wszystkie konta trzeba będzie zalogować się ponownie. Obecne dane zostaną zachowane w osobnym pliku, ale bez klucza nic ich nie otworzy. Wpisz tak, aby kontynuować:
cli-start-afresh-yes = tak
cli-start-afresh-not = Niczego nie zmieniono: trzeba wyrazić zgodę w terminalu albo podać --yes.
cli-started-afresh = Zaczęto od nowa. Dawne logowania zachowano jako { $path }. Na konta trzeba się teraz zalogować ponownie.
cli-unlocked = Odblokowano. Zapisanych logowań można używać, dopóki działa agent.
cli-passphrase-unasked = O hasło nie wolno pytać (--no-input). Podaj je na standardowym wejściu.
notice-policy-unusable = Tokeny nie są wydawane, ponieważ nie można zastosować zasad organizacji: { $path }: { $detail }
notice-policy-overrules = Zasady organizacji mają tu pierwszeństwo przed Twoimi ustawieniami: { $settings }
notice-reminder =
    { $count ->
        [one] Signet: zaloguj się ponownie na konto { $accounts }, inaczej poczta stanie. Polecenie: signet sign-in { $accounts }
        [few] Signet: zaloguj się ponownie na { $count } konta, inaczej poczta stanie: { $accounts }. Polecenie dla każdego: signet sign-in NAZWA
       *[many] Signet: zaloguj się ponownie na { $count } kont, inaczej poczta stanie: { $accounts }. Polecenie dla każdego: signet sign-in NAZWA
    }

help-profile = Zarządzaj ustawieniami poczty komponentów
help-profile-list = Wypisz profile
help-profile-password = Podaj hasło profilu; zostanie zapieczętowane w magazynie
help-profile-remove = Usuń profil i jego hasło; konto zostaje
help-profile-profile = Profil: mail_server albo identyfikator punktu konfiguracyjnego
help-check = Wypróbuj połączenie profilu krok po kroku i wyjaśnij, co stoi na przeszkodzie
help-check-profile = Profil: mail_server albo identyfikator punktu konfiguracyjnego
help-check-send-to = Wyślij na ten adres prawdziwą wiadomość testową; tylko dla mail_server
cli-no-profiles = Nie ma jeszcze profili. Wpisz [mail_server] lub [points.ID] do config.toml: signet config edit
cli-profile-removed = Usunięto profil { $profile }. Konto zostaje.
cli-password-kept = Hasło profilu { $profile } jest przechowywane w postaci zapieczętowanej.
cli-password = Hasło:
cli-password-unasked = Hasło jest czytane ze standardowego wejścia albo pytane w terminalu bez --no-input.
cli-kind-mail-server = serwer pocztowy
cli-kind-documents = generowanie dokumentów
cli-kind-attachments = pobieranie załączników
cli-yes = tak
cli-no = nie
column-profile = Profil
column-kind = Rodzaj
column-enabled = Włączony
help-profile-show = Wypisz ustawienia profilu pod nazwami z config.toml
help-profile-set = Utwórz profil albo go zmień: podane ustawienia zastąpią dotychczasowe, pusty tekst usuwa ustawienie
help-profile-kind = Rodzaj punktu: documents (domyślnie, generowanie dokumentów) albo attachments (pobieranie załączników)
help-profile-enable = Udostępnij go komponentom; musi być kompletny
help-profile-disable = Nie udostępniaj go komponentom
help-profile-name = Nazwa konta albo punktu
help-profile-description = Opis
help-profile-send-with = Co wysyła: mail_component (komponent na serwerze IIS) albo sql_profile (profil na serwerze SQL, bez OAuth2)
help-profile-sql-profile = Nazwa profilu na serwerze SQL
help-profile-email = Adres nadawcy; dla mail_server
help-profile-display-name = Nazwa nadawcy, którą widzą odbiorcy
help-profile-reply-to = Adres zwrotny
help-profile-protocol = smtp dla mail_server; imap (domyślnie) albo pop dla punktu
help-profile-server = Serwer poczty; bez tej opcji przy OAuth2 serwer Exchange Online
help-profile-port = Jego port
help-profile-encryption = automatic (domyślnie), tls, starttls albo none
help-profile-authentication = password (domyślnie; pyta o nie signet profile password) albo oauth2
help-profile-login = Login na serwerze poczty
help-profile-account = Konto, którego tokeny są używane, jeśli nie jest to konto tego loginu
help-profile-mailbox = Skrzynka do otwarcia albo wysyłania, jeśli nie jest to własna skrzynka loginu
help-profile-folder = Folder do czytania; bez tej opcji INBOX
help-profile-import = Utwórz lub zmień wiele punktów z listy (CSV); wszystkie albo żadnego, jeśli któryś wiersz jest błędny
help-profile-import-file = Plik w UTF-8 albo - dla standardowego wejścia
help-profile-import-after =
    Pierwszy wiersz nazywa kolumny: id i dowolne ustawienia z signet profile set. Rozdzielają je średniki,
    przecinki albo tabulatory. Nowy punkt generuje dokumenty, jest włączony i loguje się przez OAuth2, jeśli jego
    wiersz nie mówi inaczej; pusta komórka nie zmienia ustawienia. Przykład:

      id;login;mailbox;kind
      faktury;anna@firma.pl;faktury@firma.pl;documents
      biuro;biuro@firma.pl;;attachments
cli-profile-saved = Zapisano profil: { $profile }
cli-profile-note = Uwaga: { $detail }
cli-profile-next-password = Nie ma jeszcze hasła. Podaj je poleceniem: signet profile password { $profile }
cli-profile-next-enable = Komponenty jeszcze go nie dostają. Włącz go poleceniem: signet profile set { $profile } --enable
cli-too-long = To więcej, niż mieści się w jednym żądaniu. Podaj mniej naraz; listę można podzielić na kilka.
cli-standard-input = Standardowe wejście
cli-import-too-large = { $file }: to ponad { $limit } KiB, więc nic nie zostało wczytane. Lista tysiąca punktów jest mniejsza; podziel ją albo wskaż inny plik.
cli-import-next-password = Te profile nie mają jeszcze hasła: { $profiles }. Podaj każdemu jego hasło poleceniem: signet profile password PROFIL
cli-import-no-text = Plik nie jest tekstem w UTF-8. Zapisz go jako „CSV UTF-8”.
cli-import-empty = Lista jest pusta. Jej pierwszy wiersz nazywa kolumny, na przykład id;login;mailbox
cli-import-torn = Cudzysłów nie jest zamknięty albo coś stoi obok komórki w cudzysłowie.
cli-import-too-many = Komórek jest więcej niż kolumn.
cli-import-column = Nie ma ustawienia { $column }. Są: { $known }
cli-import-column-twice = Kolumna { $column } występuje dwa razy.
cli-import-no-id = Brakuje kolumny id: stoi w niej identyfikator każdego punktu.
cli-import-password = Haseł nie wpisuje się na listę. Podaj każde poleceniem: signet profile password PROFIL
cli-import-word = „{ $value }” nie jest żadnym z możliwych tu słów.
cli-import-wrong = Wiersz { $line }, kolumna { $column }: { $detail }
cli-import-wrong-line = Wiersz { $line }: { $detail }
cli-import-note = Wiersz { $line }, uwaga: { $detail }
cli-import-nothing = Niczego nie zapisano.
cli-imported =
    { $count ->
        [one] Zapisano { $count } profil.
        [few] Zapisano { $count } profile.
       *[many] Zapisano { $count } profili.
    }
cli-check-cancelled = Sprawdzanie anulowano.
