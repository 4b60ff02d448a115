# Okno: jego strony, w kolejności, w jakiej są pokazywane.

## Na każdej stronie

window-pages = Strony
window-page-accounts = Konta
window-page-mail-server = Serwer pocztowy
window-page-points = Punkty konfiguracyjne
window-page-first-run = Aplikacja
window-page-settings = Ustawienia
window-skip = Przejdź do treści
window-loading = Łączenie z agentem programu Signet...
window-agent-gone = Agent programu Signet nie działa. Widać ostatni znany stan. Gdy agent wróci, okno samo zacznie działać dalej.
window-agent-absent = Agent programu Signet nie działa
window-agent-absent-line = Agent przechowuje logowania, a to okno pokazuje, co o nich wie. Uruchom program Signet z menu aplikacji albo jednym z tych poleceń:
window-agent-absent-tray = z ikoną w zasobniku systemowym
window-agent-absent-alone = bez ikony, w terminalu
window-agent-absent-then = Gdy agent zacznie działać, okno samo przejdzie dalej.
window-notices = Powiadomienia
window-cancel = Anuluj
window-close = Zamknij
window-save = Zapisz
window-back = Wstecz
window-next = Dalej
window-again = Spróbuj ponownie
window-copy = Kopiuj
window-copied = Skopiowano
window-copy-failed = Nie udało się skopiować. Zaznacz tekst i skopiuj go z klawiatury.
window-open-failed = Nie udało się otworzyć przeglądarki. Otwórz w niej ten adres:
window-failed = Nie udało się: { $detail }
window-required = Uzupełnij to pole.
window-locked-by-policy = Ustalone przez organizację.
window-unlock-keyring = Zapytaj ponownie o hasło magazynu kluczy
window-passphrase = Hasło
window-passphrase-again = To samo jeszcze raz
window-passphrase-choose = Ustal to hasło
window-passphrase-differs = Oba hasła się różnią.
window-notice-keyring-denied = Systemowy magazyn kluczy jest zablokowany: pytanie o jego hasło odrzucono albo nie można go tu zadać. Gdy zostanie odblokowany, Signet będzie działać dalej sam.
window-notice-passphrase-wanted = Zapisane logowania są zablokowane. Podaj hasło; będzie można ich używać, dopóki działa agent.
window-notice-no-passphrase-yet = Klucz zapisanych logowań ma pochodzić z hasła, ale hasła jeszcze nie ustalono. Ustal je; Signet zapyta o nie po każdym uruchomieniu.
window-notice-key-missing = Zapisane logowania istnieją, ale brakuje klucza, który je otwiera. Signet zachowuje je i próbuje ponownie. Tylko jeśli klucz przepadł na dobre:
window-notice-store-newer = Zapisane logowania pochodzą z nowszej wersji programu Signet i pozostają nietknięte. Zainstaluj ponownie nowszą wersję. Albo, bez nich:
window-unlock = Odblokuj
window-afresh = Zacznij od nowa...
window-afresh-title = Zacząć bez zapisanych logowań?
window-afresh-line = Na wszystkie konta trzeba będzie zalogować się ponownie. Obecne dane zostaną zachowane w osobnym pliku, ale bez klucza nic ich nie otworzy.
window-afresh-yes = Zacznij od nowa
window-afresh-done = Zaczęto od nowa. Dawne logowania zachowano jako { $path }.

## Konta

accounts-title = Konta
accounts-none = Nie ma jeszcze żadnego konta
accounts-none-line = Konto to jeden login Office 365, z którego poczty korzysta DMS. Dodaj tutaj pierwsze konto, a potem zaloguj się na nie w przeglądarce.
accounts-none-app = Najpierw wskaż aplikację swojej organizacji: bez niej żadne logowanie się nie uda.
accounts-none-app-link = Skonfiguruj aplikację
accounts-filter = Znajdź konto
accounts-filter-short = Tylko niezalogowane
accounts-filter-none = Nie ma takiego konta.
accounts-count =
    { $count ->
        [one] { $count } konto
        [few] { $count } konta
       *[many] { $count } kont
    }
accounts-state-ready = Zalogowano
accounts-state-signing-in = Trwa logowanie
accounts-state-unreachable = Brak połączenia
accounts-state-needs-sign-in = Trzeba się zalogować
accounts-state-signed-out = Wylogowano
accounts-login = Login: { $login }
accounts-token-until = Token dostępu ({ $resource }) ważny do { $time }; Signet odnawia go sam.
accounts-resource-mail = poczta Office 365
accounts-provisional-line = Utworzone dla formularza poczty, którego jeszcze nie zapisano. Jeśli nie zostanie zapisany, to konto też zniknie.
accounts-out-line = Dopóki nikt się nie zaloguje, programy nie dostaną poczty z tego konta.
accounts-transient-line = Signet sam ponowi próbę.
accounts-sign-in = Zaloguj się
accounts-sign-in-again = Zaloguj się ponownie
accounts-retry = Spróbuj teraz
accounts-sign-out = Wyloguj...
accounts-remove = Usuń...
accounts-more = Więcej dla konta { $account }
accounts-sign-out-title = Wylogować konto { $account }?
accounts-sign-out-line = Zapisane logowanie zostanie usunięte z tego komputera. Konto pozostanie na liście, ale programy nie dostaną jego poczty, dopóki ktoś nie zaloguje się ponownie.
accounts-remove-title = Usunąć konto { $account }?
accounts-remove-line = Konto zniknie z listy, a jego zapisane logowanie zostanie usunięte z tego komputera. Sama skrzynka pozostanie nietknięta.
accounts-used = Z tego konta korzystają i bez niego nie dostaną tokenów:
accounts-used-point = Punkt konfiguracyjny: { $point }
accounts-used-unread = Nie udało się odczytać, które ustawienia poczty korzystają z tego konta: { $detail }
accounts-revoke-line = Microsoft nadal pamięta to logowanie. Aby zakończyć je także tam, wybierz na stronie swojego konta „Wyloguj się wszędzie” albo poproś administratora o odwołanie sesji.
accounts-sign-out-yes = Wyloguj
accounts-remove-yes = Usuń
accounts-signed-out = Wylogowano: { $account }. Logowanie usunięto z tego komputera.
accounts-removed = Usunięto: { $account }. Jego logowanie usunięto z tego komputera.
accounts-revoke = Otwórz stronę konta
accounts-next-count =
    { $count ->
        [one] { $count } konto czeka na zalogowanie.
        [few] { $count } konta czekają na zalogowanie.
       *[many] { $count } kont czeka na zalogowanie.
    }
accounts-next = Zaloguj następne: { $account }
accounts-next-first = Loguj jedno po drugim
accounts-next-done = Żadne konto nie czeka już na zalogowanie.

## Dodawanie kont

add-title = Dodaj konto
add-address = Adres skrzynki
add-address-hint = Na przykład biuro@firma.pl
add-login-differs = Login jest inny niż adres
add-login = Login
add-login-hint = To, co użytkownik wpisuje na stronie logowania firmy Microsoft (UPN)
add-submit = Dodaj
add-added = Dodano: { $account }
add-many = Wklej listę...
add-many-title = Dodaj listę kont
add-many-line = Jedno konto w wierszu: adres, a jeśli login jest inny, także login. Można wkleić wiersze z arkusza kalkulacyjnego lub pliku CSV.
add-many-list = Lista adresów
add-many-verdicts = Zawartość listy
add-many-empty = Lista jest jeszcze pusta.
add-many-row = Wiersz
add-many-account = Konto
add-many-verdict = Ocena
add-many-fine = Zostanie dodane
add-many-heading = Nagłówek, pominięty
add-many-no-address = Nie ma tu adresu. Adres ma postać biuro@firma.pl.
add-many-login-no-address = „{ $login }” nie jest loginem. Login ma postać anna@firma.pl.
add-many-known = Już istnieje: pozostanie bez zmian
add-many-twice = To samo co w wierszu { $line }
add-many-twice-differs = W wierszu { $line } to konto ma inny login.
add-many-too-many = W tym wierszu są więcej niż dwa adresy. Pozostaw adres skrzynki i, jeśli jest inny, login.
add-many-submit =
    { $count ->
        [one] Dodaj { $count } konto
        [few] Dodaj { $count } konta
       *[many] Dodaj { $count } kont
    }
add-many-wrong =
    { $count ->
        [one] Najpierw popraw { $count } wiersz. Niczego nie dodano.
        [few] Najpierw popraw { $count } wiersze. Niczego nie dodano.
       *[many] Najpierw popraw { $count } wierszy. Niczego nie dodano.
    }
add-many-adding = Dodawanie { $done } z { $count }...
add-many-refused = Wiersz { $line } odrzucono, więc niczego nie dodano: { $detail }
add-many-kept = Wiersz { $line } odrzucono: { $detail } Tych kont nie udało się wycofać i pozostały: { $accounts }
add-many-added =
    { $count ->
        [one] Dodano { $count } konto.
        [few] Dodano { $count } konta.
       *[many] Dodano { $count } kont.
    }
add-no-address = To nie jest adres. Adres ma postać biuro@firma.pl.
add-no-login = To nie jest login. Login ma postać anna@firma.pl.
add-known = To konto już istnieje.

## Logowanie

signing-title = Logowanie na konto { $account }
signing-starting = Otwieranie strony logowania...
signing-waiting = Strona logowania jest otwarta w przeglądarce. Zaloguj się tam; to okno samo to zauważy.
signing-elsewhere = Rozpoczęto logowanie na to konto. Trwa ono w przeglądarce; jeśli żadna strona nie jest otwarta, skopiuj jej adres i otwórz go w przeglądarce na tym komputerze.
signing-wish = Program { $program } prosi o zalogowanie na to konto.
signing-wish-reason = Podany powód: { $reason }
signing-wish-later = Nie teraz
signing-unopened = Nie udało się otworzyć przeglądarki. Skopiuj adres i otwórz go w przeglądarce na tym komputerze.
signing-again = Otwórz stronę ponownie
signing-copy-address = Kopiuj adres
signing-cancel = Anuluj
signing-stranger = Zalogowano użytkownika { $signed_in_as }, ale to nie jest login tego konta. Niczego nie zapisano. Wybierz w przeglądarce „Użyj innego konta”.
signing-signed-in = Zalogowano użytkownika { $login }
signing-other-login = { $login } jest teraz loginem konta { $account }, zgodnie z potwierdzeniem w przeglądarce.
signing-cancelled = Logowanie anulowano. Niczego nie zmieniono.
signing-declined = Nie udzielono zgody na uprawnienia. Bez nich nie można używać poczty. Aby ich udzielić, zaloguj się ponownie.
signing-expired = Nikt nie zalogował się w ciągu 15 minut, więc logowanie zakończono. Niczego nie zmieniono.
signing-wrong-person = Zalogowano użytkownika { $signed_in_as }, ale to nie jest login tego konta. Niczego nie zapisano. Zaloguj się ponownie i wybierz w przeglądarce „Użyj innego konta”.
signing-failed = Logowanie nie powiodło się
signing-kind-sign-in = Co pomoże: zaloguj się ponownie.
signing-kind-admin = Co pomoże: działanie administratora Twojej organizacji.
signing-kind-configuration = Co pomoże: poprawienie tego ustawienia.
signing-kind-transient = Co pomoże: odczekanie. Signet sam ponowi próbę.
signing-kind-user-choice = To była Twoja decyzja. Możesz zalogować się w każdej chwili.
signing-to-settings = Otwórz ustawienia
signing-to-application = Otwórz stronę aplikacji
signing-consent = Otwórz stronę zgody
signing-consent-copy = Kopiuj odnośnik dla administratora
signing-letter = Tekst dla administratora
signing-letter-copy = Kopiuj tekst
signing-letter-text =
    Dzień dobry,
    Signet, który loguje nasz system obiegu dokumentów do Office 365, wymaga działania administratora w sprawie konta { $account }.
    Co się stało: { $detail }
signing-letter-consent = Aby zatwierdzić uprawnienia aplikacji dla wszystkich, proszę otworzyć jako administrator tę stronę: { $url }
signing-details-copy = Kopiuj szczegóły
signing-detail-account = Konto
signing-detail-login = Login
signing-detail-happened = Co się stało
signing-detail-number = Numer
signing-detail-correlation = Identyfikator korelacji
signing-detail-time = Czas

## Numer błędu w słowach

explain-title = Przeglądarka pokazała błąd?
explain-line = Niektóre błędy Microsoft pokazuje tylko w przeglądarce. Wklej to, co widać, albo sam numer.
explain-input = Treść lub numer błędu
explain-hint = Na przykład AADSTS50105
explain-none = Nie ma tu numeru. Poszukaj takiego jak AADSTS50105.
explain-unknown = Signet nie zna numeru AADSTS{ $code }. Podaj go administratorowi razem z widocznym obok identyfikatorem korelacji.

## Aplikacja: pierwsze uruchomienie

first-title = Aplikacja
first-line = Signet zwraca się do firmy Microsoft w imieniu aplikacji, którą organizacja rejestruje jeden raz. To trzy kroki; wszystko zostanie zapisane razem na końcu.
first-step = Krok { $step } z { $count }
first-steps = Kroki
first-step-organisation = Organizacja
first-step-application = Identyfikator aplikacji
first-step-test = Test i zapis
first-domain = Domena organizacji
first-domain-hint = To, co w adresie stoi po znaku @, na przykład firma.pl
first-domain-wrong = To nie jest domena. Domena ma postać firma.pl.
first-cloud = Chmura firmy Microsoft
first-cloud-global = Globalna (niemal wszyscy)
first-cloud-us-government = Administracja USA (GCC High)
first-cloud-china = Chiny (21Vianet)
first-find = Znajdź organizację
first-finding = Trwa pytanie do firmy Microsoft...
first-to-network = Ta sieć wymaga serwera proxy? Najpierw go ustaw
first-found = Znaleziono. Identyfikator dzierżawy: { $tenant }
first-client-id = Identyfikator aplikacji (klienta)
first-client-id-hint = 36 znaków ze strony Przegląd tej aplikacji
first-client-id-wrong = Identyfikator aplikacji ma postać 11111111-2222-3333-4444-555555555555.
first-client-id-is-tenant = To identyfikator samej organizacji (dzierżawy). Identyfikator aplikacji (klienta) stoi nad nim na stronie Przegląd.
first-have = Jeśli ktoś podał Ci identyfikator, wpisz go tutaj. W przeciwnym razie zarejestruj teraz aplikację, ręcznie albo poniższym skryptem.
first-guide = Rejestracja ręczna
first-script = Rejestracja w PowerShellu
first-script-line = Dla administratora: skrypt rejestruje aplikację zgodnie z instrukcją, na życzenie udziela zgody za wszystkich i podaje identyfikator.
first-script-copy = Kopiuj skrypt
first-consent = Zgoda za wszystkich
first-consent-line = Tym odnośnikiem administrator może zatwierdzić uprawnienia za wszystkich naraz. Na końcu przeglądarka pokaże pustą stronę localhost i tak ma być.
first-consent-vendor = Zgoda udzielona wcześniej własnej aplikacji dostawcy DMS nie przechodzi na tę rejestrację: trzeba jej udzielić na nowo.
first-test = Przetestuj rejestrację
first-testing = Trwa test...
first-test-line = Signet pyta firmę Microsoft o to, co można ustalić bez logowania. Niczego nie zmienia.
first-test-fine = Nie wykryto problemów z tą rejestracją.
first-test-wrong = Coś trzeba poprawić. Można mimo to zapisać i poprawić później.
first-level-fine = W porządku
first-level-warning = Uwaga
first-level-wrong = Błąd
first-summary = Co zostanie zapisane
first-summary-tenant = Dzierżawa
first-saved = Zapisano. Teraz dodaj konta.
first-to-accounts = Przejdź do kont
first-colleagues = Dla współpracowników
first-colleagues-line = Administrator może ustawić to na wszystkich komputerach organizacji, żeby nikt inny nie musiał przechodzić przez te kroki. Służą do tego te zasady:
first-colleagues-copy = Kopiuj zasady
first-colleagues-windows = Windows, na przykład przez zasady grupy: ten tekst jako wartość policy.toml (REG_SZ) klucza HKEY_LOCAL_MACHINE\Software\Policies\Signet.
first-colleagues-others = Linux: jako plik /etc/signet/policy.toml, macOS: /private/etc/signet/policy.toml. Plik i jego folder muszą należeć do użytkownika root.
first-present = Obecnie używane: aplikacja { $client_id }, dzierżawa { $tenant }.
first-tenant-any = dowolna organizacja

## Rejestracja ręczna, strona po stronie

guide-step = Strona { $step } z { $count }
guide-open = Otwórz Microsoft Entra
guide-new-title = Nowa rejestracja
guide-new = Zaloguj się do Microsoft Entra jako osoba, która może rejestrować aplikacje. Wybierz „Rejestracje aplikacji” (App registrations), a potem „Nowa rejestracja” (New registration). W polu „Nazwa” (Name) wpisz nazwę aplikacji, którą każdy zobaczy przy wyrażaniu zgody, na przykład:
guide-name = Nazwa
guide-types-title = Kto może jej używać
guide-types = W polu „Obsługiwane typy kont” (Supported account types) wybierz „Tylko konta w tym katalogu organizacyjnym” (jedna dzierżawa). „Dowolny katalog organizacyjny” (wiele dzierżaw) wybierz tylko wtedy, gdy logować się będą osoby z kilku organizacji. Identyfikator URI przekierowania na razie zostaw pusty i zarejestruj.
guide-id-title = Zapisz identyfikator
guide-id = Na stronie „Przegląd” (Overview) skopiuj „Identyfikator aplikacji (klienta)” i wklej go powyżej. „Identyfikator obiektu” obok to coś innego.
guide-redirect-title = Przekierowanie
guide-redirect = Wybierz „Uwierzytelnianie” (Authentication), „Dodaj platformę”, a potem „Aplikacje mobilne i klasyczne” (Mobile and desktop applications). Nie „Sieć Web” ani „Aplikacja jednostronicowa”. W polu „Niestandardowe identyfikatory URI przekierowania” wpisz dokładnie to: z http, bez portu i bez ukośnika na końcu:
guide-permissions-title = Uprawnienia
guide-permissions = Wybierz „Uprawnienia interfejsu API” (API permissions), „Dodaj uprawnienie”, „Microsoft Graph”, a potem „Uprawnienia delegowane” (Delegated permissions). Nie „Uprawnienia aplikacji”. Zaznacz te:
guide-consent-title = Zgoda
guide-consent = Na tej samej stronie wybierz „Udziel zgody administratora” (Grant admin consent). Bez niej każdy zostanie zapytany przy pierwszym logowaniu, o ile organizacja pozwala użytkownikom decydować samodzielnie.
guide-menu-registrations = Rejestracje aplikacji
guide-menu-overview = Przegląd
guide-menu-authentication = Uwierzytelnianie
guide-menu-permissions = Uprawnienia interfejsu API
guide-pick-single = Tylko konta w tym katalogu organizacyjnym
guide-pick-personal = Tylko konta osobiste Microsoft
guide-pick-client-id = Identyfikator aplikacji (klienta)
guide-pick-object-id = Identyfikator obiektu
guide-pick-desktop = Aplikacje mobilne i klasyczne
guide-pick-web = Sieć Web
guide-pick-spa = Aplikacja jednostronicowa
guide-pick-delegated = Uprawnienia delegowane
guide-pick-application = Uprawnienia aplikacji
guide-pick-consent = Udziel zgody administratora

## Ustawienia

settings-title = Ustawienia
settings-unread = Nie udało się odczytać ustawień: { $detail }
settings-saved = Zapisano
settings-general = Ogólne
settings-language = Język
settings-language-system = Jak w systemie
settings-language-en = Angielski (English)
settings-language-pl = Polski
settings-autostart = Uruchamiaj Signet po zalogowaniu do systemu
settings-reminders = Przypomnienia
settings-remind-minutes = Przypomnij ponownie po tylu minutach
settings-remind-minutes-hint = 0: powiadom tylko raz
settings-remind-minutes-wrong = Wpisz całkowitą liczbę minut od 0 do 10080 (tydzień).
settings-network = Sieć
settings-proxy = Serwer proxy
settings-proxy-hint = Na przykład http://proxy.firma.pl:8080; puste: jak w systemie
settings-proxy-wrong = Adres serwera proxy ma postać http://proxy.firma.pl:8080.
settings-proxy-masked = Gwiazdki zastępują hasło. Wpisz cały adres ponownie.
settings-extra-ca = Dodatkowy urząd certyfikacji
settings-extra-ca-hint = Plik PEM z certyfikatem głównym organizacji, jeśli sprawdza ona ruch szyfrowany
settings-kept = Gdzie co jest przechowywane
settings-config-file = Plik ustawień
settings-state-folder = Zapisane logowania
settings-key = Miejsce klucza
settings-key-line = Zapisane logowania są zaszyfrowane, a ich klucz leży osobno. Inne miejsce zacznie obowiązywać po ponownym uruchomieniu programu Signet.
settings-key-keyring = Systemowy magazyn kluczy
settings-key-passphrase = Hasło podawane po każdym uruchomieniu
settings-key-systemd = Przekazywany przez systemd
settings-key-file = Osobny plik (kto może go odczytać, otworzy zapisane logowania)
settings-about = Informacje
settings-version = Signet { $version }
settings-licence = Wolne oprogramowanie: MIT lub Apache 2.0, do wyboru.
settings-copy-path = Kopiuj ścieżkę: { $path }
