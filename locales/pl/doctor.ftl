# signet doctor: co stwierdzono, a pod tym samym id z -mend: co z tym zrobić.

doctor-level-fine = dobrze
doctor-level-warning = uwaga
doctor-level-wrong = ŹLE
doctor-mend = Do zrobienia: { $what }
doctor-looking = Sprawdzanie: { $subject } ...
doctor-all-fine = Wszystko jest tak, jak powinno być.
doctor-some-wrong =
    { $count ->
        [one] { $count } rzecz jest nie w porządku.
        [few] { $count } rzeczy są nie w porządku.
       *[many] { $count } rzeczy jest nie w porządku.
    }
doctor-no-account = W konfiguracji nie ma konta { $account }. Znane konta: { $known }.

doctor-subject-configuration = konfiguracja
doctor-subject-state = folder stanu
doctor-subject-agent = działanie agenta
doctor-subject-browser = przeglądarka
doctor-subject-loopback = droga powrotna z przeglądarki
doctor-subject-key = klucz zapisanych logowań
doctor-subject-proxy = serwer proxy
doctor-subject-authority = usługa logowania
doctor-subject-clock = zegar
doctor-subject-registration = rejestracja aplikacji

## Konfiguracja

doctor-configuration-fine = Plik { $path } jest poprawny.
doctor-configuration-no-accounts = W pliku { $path } nie ma żadnego konta.
doctor-configuration-no-accounts-mend = Dodaj konto: signet accounts add nazwa@firma.pl
doctor-configuration-unreadable = Nie można odczytać pliku { $path }: { $detail }
doctor-configuration-unreadable-mend = Oddaj plik swojemu użytkownikowi i pozwól mu go czytać.
doctor-configuration-broken = W pliku { $path } jest błąd, wiersz { $line }, kolumna { $column }: { $detail }
doctor-configuration-broken-mend = Popraw go: signet config edit. Wszystkie błędy wymieni: signet config check

## Folder stanu

doctor-state-fine = Folder { $path } należy tylko do ciebie i jest w nim miejsce.
doctor-state-new = Folderu { $path } jeszcze nie ma; utworzy go agent.
doctor-state-unreadable = Nie można sprawdzić folderu { $path }: { $detail }
doctor-state-unreadable-mend = Oddaj foldery nad nim swojemu użytkownikowi albo wybierz inne miejsce zmienną SIGNET_STATE_DIR.
doctor-state-no-folder = W miejscu folderu stanu jest coś innego: { $path }
doctor-state-no-folder-mend = Przenieś { $path } w inne miejsce; folder utworzy agent.
doctor-state-foreign = Folder { $path } należy do innego użytkownika.
doctor-state-foreign-mend = Oddaj go swojemu użytkownikowi, jako root: chown -R TY { $path }. Czy agenta uruchomiono przez sudo? Nie jest ono potrzebne.
doctor-state-read-only = W folderze { $path } nie można niczego zapisać.
doctor-state-read-only-mend = Pozwól swojemu użytkownikowi na zapis (chmod u+rwx { $path }) i sprawdź, czy dysk nie jest zamontowany tylko do odczytu.
doctor-state-full =
    { $mib ->
        [one] Na dysku folderu { $path } został tylko { $mib } MiB. Odnowione logowanie, którego nie da się zapisać, przepada.
        [few] Na dysku folderu { $path } zostały tylko { $mib } MiB. Odnowione logowanie, którego nie da się zapisać, przepada.
       *[many] Na dysku folderu { $path } zostało tylko { $mib } MiB. Odnowione logowanie, którego nie da się zapisać, przepada.
    }
doctor-state-full-mend = Zrób miejsce na dysku folderu { $path }.
doctor-state-nearly-full =
    { $mib ->
        [one] Na dysku folderu { $path } został tylko { $mib } MiB.
        [few] Na dysku folderu { $path } zostały tylko { $mib } MiB.
       *[many] Na dysku folderu { $path } zostało tylko { $mib } MiB.
    }
doctor-state-nearly-full-mend = Zrób miejsce na dysku folderu { $path }, zanim się zapełni.
doctor-state-open = Inni użytkownicy mogą zaglądać do folderu { $path }.
doctor-state-open-mend = Zamknij go: chmod 700 { $path }. Agent robi to także sam przy starcie.

## Agent

doctor-agent-running = Agent { $version } działa i nasłuchuje pod adresem { $socket }.
doctor-agent-other-version = Działający agent ma wersję { $version }, a to polecenie { $own }.
doctor-agent-other-version-mend = Uruchom agenta ponownie: signet agent --stop, potem signet agent. Jeśli to nic nie zmieni, są dwie instalacje; usuń jedną.
doctor-agent-mute = Pod adresem { $socket } nasłuchuje agent, ale nie daje poprawnej odpowiedzi: { $detail }
doctor-agent-mute-mend = Zakończ go i uruchom ponownie; jego dziennik, agent.log w folderze stanu, mówi, co robił.
doctor-agent-foreign = To, co nasłuchuje pod adresem { $socket }, należy do innego użytkownika, dlatego nie zostanie użyte.
doctor-agent-foreign-mend = Sprawdź zmienne SIGNET_SOCKET i XDG_RUNTIME_DIR; jeśli są poprawne, ustal, kto to tam umieścił.
doctor-agent-unreachable = Nie można użyć punktu końcowego { $socket }: { $detail }
doctor-agent-unreachable-mend = Sprawdź zmienną SIGNET_SOCKET i prawa do folderów nad nim.
doctor-agent-elsewhere = Agent działa (proces { $pid }), ale nie nasłuchuje pod adresem { $socket }.
doctor-agent-elsewhere-mend = Podaj agentowi i poleceniu te same zmienne SIGNET_SOCKET i XDG_RUNTIME_DIR albo zakończ agenta i uruchom go tutaj: signet agent
doctor-agent-dead = Agent nie działa; poprzedni zakończył się nagle i zostawił gniazdo: { $socket }
doctor-agent-dead-mend = Uruchom go: signet agent. Usunie stare gniazdo. Dziennik w folderze stanu mówi, dlaczego poprzedni się zakończył.
doctor-agent-not-running = Agent nie działa.
doctor-agent-not-running-mend = Uruchom go: signet agent

## Przeglądarka i droga powrotna

doctor-browser-fine = Można tu otworzyć przeglądarkę.
doctor-browser-no-opener = Jest pulpit, ale nie ma czym otworzyć przeglądarki.
doctor-browser-no-opener-mend = Zainstaluj xdg-utils albo loguj się poleceniem: signet sign-in NAZWA --no-browser
doctor-browser-no-desktop = Nie ma tu pulpitu, na którym można by otworzyć przeglądarkę.
doctor-browser-no-desktop-mend = Loguj się poleceniem: signet sign-in NAZWA --no-browser, a adres otwórz w przeglądarce na tym komputerze.
doctor-loopback-fine = Odpowiedź przeglądarki dociera pod adres { $address }.
doctor-loopback-no-v6 = Na tym komputerze nie ma IPv6 ({ $address }); odpowiedź przeglądarki dociera przez IPv4.
doctor-loopback-no-listener = Pod adresem { $address } nie można otworzyć portu na odpowiedź przeglądarki: { $detail }
doctor-loopback-no-listener-mend = Sprawdź, czy interfejs sieciowy „lo” jest włączony i czy oprogramowanie zabezpieczające nie zabrania programom nasłuchiwać.
doctor-loopback-no-connection = Port pod adresem { $address } można otworzyć, ale nie można się z nim połączyć z tego komputera: { $detail }
doctor-loopback-no-connection-mend = Zezwól w zaporze na połączenia tego komputera z samym sobą.

## Klucz

doctor-key-there = Klucz zapisanych logowań jest na miejscu ({ $place }).
doctor-key-file = Klucz zapisanych logowań leży w pliku. Kto może czytać pliki tego użytkownika, może je otworzyć.
doctor-key-file-mend = Gdzie jest pulpit, wybierz systemowy magazyn kluczy: key = 'keyring' w sekcji [store] w config.toml.
doctor-key-not-yet = Klucza jeszcze nie ma ({ $place }); utworzy go pierwsze logowanie.
doctor-key-passphrase = Klucz powstaje z hasła, które podaje się po każdym starcie agenta: signet unlock
doctor-key-no-keyring = Nie ma tu systemowego magazynu kluczy.
doctor-key-no-keyring-mend = Uruchom go, na przykład GNOME Keyring albo KWallet, albo wybierz inne miejsce w sekcji [store] w config.toml.
doctor-key-no-bus = Nie ma tu magistrali sesji, więc nie można dotrzeć do systemowego magazynu kluczy.
doctor-key-no-bus-mend = Uruchom Signet w sesji pulpitu albo wybierz inne miejsce w sekcji [store] pliku config.toml.
doctor-key-no-default = W systemowym magazynie kluczy nie ma domyślnego magazynu na klucz.
doctor-key-no-default-mend = Utwórz go w programie magazynu kluczy albo wybierz inne miejsce w sekcji [store] pliku config.toml.
doctor-key-locked = Systemowy magazyn kluczy jest zablokowany.
doctor-key-locked-mend = Odblokuj go, logując się do pulpitu albo w programie magazynu.
doctor-key-denied = Systemowy magazyn kluczy odmawia dostępu do klucza Signeta.
doctor-key-denied-mend = Zezwól na dostęp, gdy system o to zapyta, albo w programie magazynu.
doctor-key-silent = Systemowy magazyn kluczy nie odpowiada. Być może czeka na kogoś przy pulpicie.
doctor-key-silent-mend = Poszukaj jego pytania na pulpicie; w przeciwnym razie zakończ magazyn i zaloguj się do pulpitu ponownie.
doctor-key-missing = Są zapisane logowania, ale brakuje klucza, który je otwiera.
doctor-key-missing-mend = Przywróć używany dotąd magazyn albo plik z kluczem. Jeśli klucz przepadł: signet start-afresh, a potem zaloguj się ponownie.
doctor-key-no-credential = systemd nie przekazał temu poleceniu klucza. Dostaje go tylko jednostka agenta.
doctor-key-no-credential-mend = Jeśli agent mówi to samo (signet status): jednostka potrzebuje LoadCredentialEncrypted=signet-key, a poświadczenie musi mieć 32 bajty.
doctor-key-newer = Zapisane logowania pochodzą z nowszego Signeta.
doctor-key-newer-mend = Użyj tamtej wersji albo jeszcze nowszej.
doctor-key-no-store = Nie można odczytać pliku z zapisanymi logowaniami, state.db.
doctor-key-no-store-mend = Sprawdź prawa do folderu stanu i wolne miejsce. Uszkodzony plik agent odkłada na bok i zachowuje.

## Droga na zewnątrz

doctor-proxy-none = Nie ustawiono serwera proxy, ani w konfiguracji, ani w środowisku.
doctor-proxy-reachable = Z serwerem proxy { $proxy } można się połączyć.
doctor-proxy-unreachable = Nie można połączyć się z serwerem proxy { $proxy }: { $detail }
doctor-proxy-unreachable-mend = Popraw proxy w sekcji [network] w config.toml albo zmienną HTTPS_PROXY; jeśli nie ma serwera proxy, usuń jedno i drugie.
doctor-proxy-no-address = „{ $proxy }” nie jest adresem serwera proxy.
doctor-proxy-no-address-mend = Popraw go w sekcji [network] w config.toml albo w zmiennej HTTPS_PROXY. Taki adres wygląda jak http://proxy.firma.pl:8080.

## Usługa logowania

doctor-authority-reached = { $issuer } odpowiada i jest tym, czym powinno być.
doctor-authority-unreachable = { $issuer } nie odpowiada, jak powinno. { $detail }
doctor-authority-unreachable-mend = Sprawdź sieć, VPN, zaporę i serwer proxy. Sieć dla gości może najpierw wymagać zalogowania na własnej stronie.
doctor-authority-intercepted = Certyfikat przedstawiony jako { $issuer } nie jest tu uznawany: dotyczy „{ $subject }”, a wystawił go „{ $by }” (SHA-256 { $fingerprint }). Ktoś stoi pośrodku albo usługa jest źle skonfigurowana.
doctor-authority-intercepted-mend = Jeśli „{ $by }” należy do twojej organizacji, zapisz jej certyfikat główny w pliku i wskaż ten plik jako extra_ca w sekcji [network] w config.toml. Jeśli nikt go nie zna, nie loguj się w tej sieci.
doctor-authority-untrusted = Nie można nawiązać bezpiecznego połączenia z { $issuer }.
doctor-authority-untrusted-mend = Jeśli sieć kontroluje szyfrowany ruch, wskaż certyfikat główny organizacji jako extra_ca w sekcji [network] w config.toml.
doctor-authority-no-tenant = { $issuer } nie istnieje: ta dzierżawa nie jest tam znana.
doctor-authority-no-tenant-mend = Popraw tenant w sekcji [app] w config.toml: domena organizacji albo jej identyfikator katalogu (dzierżawy). Sprawdź też cloud.
doctor-authority-not-trusted = Nie można użyć { $issuer }. { $detail }
doctor-authority-not-trusted-mend = Popraw issuer albo tenant i cloud w config.toml.
doctor-authority-refuses = { $issuer } odmawia podania, czym jest: { $detail }
doctor-authority-refuses-mend = Spróbuj później; jeśli to nie minie, zapytaj administratora tej usługi.

## Zegar

doctor-clock-fine = Zegar zgadza się z zegarem usługi logowania.
doctor-clock-fast =
    { $minutes ->
        [one] Zegar tego komputera spieszy się o około minutę.
        [few] Zegar tego komputera spieszy się o około { $minutes } minuty.
       *[many] Zegar tego komputera spieszy się o około { $minutes } minut.
    }
doctor-clock-fast-mend = Ustaw zegar albo włącz jego ustawianie przez sieć. Przy różnicy ponad pięciu minut logowania nie są uznawane.
doctor-clock-slow =
    { $minutes ->
        [one] Zegar tego komputera spóźnia się o około minutę.
        [few] Zegar tego komputera spóźnia się o około { $minutes } minuty.
       *[many] Zegar tego komputera spóźnia się o około { $minutes } minut.
    }
doctor-clock-slow-mend = Ustaw zegar albo włącz jego ustawianie przez sieć. Przy różnicy ponad pięciu minut logowania nie są uznawane.

## Rejestracja

doctor-registration-good = Aplikacja { $id } jest tam znana i prowadzi z powrotem do tego komputera. Reszta okaże się, gdy ktoś się zaloguje.
doctor-registration-untold = Strona logowania aplikacji { $id } się otwiera. Reszta okaże się, gdy ktoś się zaloguje.
doctor-registration-no-id = „{ $id }” nie jest identyfikatorem aplikacji: ten ma 32 cyfry i litery w pięciu grupach.
doctor-registration-no-id-mend = Skopiuj identyfikator aplikacji (klienta) ze strony Przegląd rejestracji aplikacji do client_id w config.toml.
doctor-registration-failed = Nie udało się zapytać, czy aplikacja { $id } jest dobrze zarejestrowana.
doctor-registration-failed-mend = Spróbuj ponownie, gdy usługa logowania będzie dostępna.
doctor-registration-unknown = Dzierżawa { $tenant } nie zna aplikacji { $id } (AADSTS{ $code }).
doctor-registration-unknown-mend = Skopiuj identyfikator aplikacji (klienta) ze strony Przegląd, a nie identyfikator obiektu obok niego; sprawdź też, czy tenant to dzierżawa, w której aplikację zarejestrowano.
doctor-registration-no-tenant = Dzierżawa { $tenant } nie jest tam znana (AADSTS{ $code }).
doctor-registration-no-tenant-mend = Popraw tenant w config.toml: domena organizacji albo jej identyfikator katalogu (dzierżawy). Sprawdź też cloud.
doctor-registration-single-tenant = Aplikacja { $id } należy do jednej dzierżawy, a zapytano o nią w „{ $tenant }”, co oznacza dowolną (AADSTS{ $code }).
doctor-registration-single-tenant-mend = Ustaw tenant w sekcji [app] w config.toml: domena organizacji albo jej identyfikator katalogu (dzierżawy).
doctor-registration-no-redirect = Aplikacja { $id } nie prowadzi z powrotem do tego komputera: wśród jej identyfikatorów URI przekierowania nie ma http://localhost (AADSTS{ $code }).
doctor-registration-no-redirect-mend = W rejestracji aplikacji, w części Uwierzytelnianie, dodaj platformę „Aplikacje mobilne i klasyczne” z adresem dokładnie http://localhost: bez portu, ukośnika i ścieżki, nie https.
doctor-registration-page = Identyfikator URI przekierowania aplikacji { $id } zarejestrowano dla aplikacji jednostronicowej (AADSTS{ $code }).
doctor-registration-page-mend = Usuń go stamtąd i dodaj http://localhost w platformie „Aplikacje mobilne i klasyczne”.
doctor-registration-secret = Od aplikacji { $id } żąda się wpisu tajnego: jej identyfikator URI przekierowania jest w platformie „Sieć Web” albo przepływy klienta publicznego są wyłączone (AADSTS{ $code }).
doctor-registration-secret-mend = Usuń identyfikator URI przekierowania z platformy „Sieć Web” i dodaj http://localhost w platformie „Aplikacje mobilne i klasyczne”.
doctor-registration-disabled = Aplikacja { $id } jest wyłączona (AADSTS{ $code }).
doctor-registration-disabled-mend = Administrator musi ją włączyć: Aplikacje dla przedsiębiorstw, ta aplikacja, Właściwości, „Włączone dla logowania użytkowników”.
doctor-registration-refused = Usługa logowania ma zastrzeżenie do aplikacji { $id } (AADSTS{ $code }). { $detail }
doctor-registration-refused-mend = Pokaż to osobie, która zarejestrowała aplikację.
doctor-registration-refused-by-number = Usługa logowania ma zastrzeżenie do aplikacji { $id } (AADSTS{ $code }).
doctor-registration-refused-by-number-mend = Znaczenie numeru podaje strona https://login.microsoftonline.com/error?code={ $code }
doctor-policy = Przeszkodą są zasady organizacji. { $detail }
doctor-policy-mend = Poproś osobę, która zarządza tym komputerem, o poprawienie zasad.
