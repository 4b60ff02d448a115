# Ikona w zasobniku: menu, powiadomienia i słowa signet-tray w wierszu poleceń.

## Menu

tray-account = { $account } – { $state }
tray-accounts = Konta ({ $count })
tray-no-accounts = Nie ma jeszcze żadnego konta: dodaj je...
tray-state-admin = wymaga działania administratora
tray-state-configuration = błędne ustawienie
tray-state-wished = program prosi o zalogowanie
tray-sign-in = Zaloguj się na konto { $account }...
tray-sign-in-next =
    { $count ->
        [one] Zaloguj się... (czeka { $count } konto)
        [few] Zaloguj się... (czekają { $count } konta)
       *[many] Zaloguj się... (czeka { $count } kont)
    }
tray-put-off = Nie teraz: { $account }
tray-open-page = Otwórz ponownie stronę logowania { $account }
tray-cancel = Anuluj logowanie na konto { $account }
tray-unlock = Odblokuj magazyn kluczy...
tray-attention = Signet wymaga Twojej uwagi...
tray-open = Otwórz Signet
tray-language = Język
tray-language-en = English
tray-language-pl = Polski
tray-start = Uruchom agenta Signet
tray-quit = Zakończ

## Co mówi ikona

tray-title-signed-in = Signet: zalogowano
tray-title-working = Signet: chwileczkę...
tray-title-attention = Signet wymaga Twojej uwagi
tray-title-accounts =
    { $count ->
        [one] Signet: { $count } konto czeka na Ciebie
        [few] Signet: { $count } konta czekają na Ciebie
       *[many] Signet: { $count } kont czeka na Ciebie
    }
tray-title-signed-out = Signet: nikt nie jest zalogowany
tray-title-locked = Signet: zapisane logowania są zablokowane
tray-title-not-running = Signet: agent nie działa

## Powiadomienia

tray-reminder-title = Zaloguj się ponownie
tray-reminder-admin-title = Potrzebny jest administrator
tray-reminder-one = Do tego czasu programy nie odbiorą poczty z tego konta.
tray-reminder-many =
    { $count ->
        [one] { $count } konto wymaga ponownego zalogowania: { $names }
        [few] { $count } konta wymagają ponownego zalogowania: { $names }
       *[many] { $count } kont wymaga ponownego zalogowania: { $names }
    }
tray-and-more = { $names } i jeszcze { $count }
tray-locked-title = Zapisane logowania są zablokowane
tray-store-title = Nie można zapisać logowań
tray-settings-title = Zajrzyj do ustawień Signet
tray-wish-title = Zalogować się na konto { $account }?
tray-wish = Prosi o to { $program }.
tray-wish-because = Prosi o to { $program }: { $reason }
tray-wishes-title = Programy proszą o zalogowanie
tray-wishes =
    { $count ->
        [one] { $count } konto: { $names }.
        [few] { $count } konta: { $names }.
       *[many] { $count } kont: { $names }.
    } Kto o to prosi: { $programs }
tray-signed-in = Zalogowano użytkownika { $login }
tray-signed-in-body = Programy mogą już używać konta { $account }.
tray-failed = Logowanie na konto { $account } nie powiodło się
tray-unopened = Nie udało się otworzyć strony logowania na konto { $account }
tray-unopened-body = Nie udało się otworzyć przeglądarki. W oknie programu Signet, na stronie Konta, skopiuj adres strony logowania i otwórz go w przeglądarce na tym komputerze. Signet czeka na zalogowanie.
tray-unlock-failed = Zapisane logowania są nadal zablokowane
tray-not-set = Nie udało się ustawić języka
tray-not-started = Agent Signet nie uruchamia się
tray-agent-mute = Inny proces ({ $pid }) ma otwarte zapisane logowania i nie odpowiada. Zakończ go i uruchom agenta ponownie.
tray-button-sign-in = Zaloguj się
tray-button-not-now = Nie teraz
tray-button-unlock = Odblokuj
tray-button-open = Otwórz Signet

## W wierszu poleceń

tray-help =
    Utrzymuje logowanie do Office 365, z ikoną w zasobniku

    Użycie: signet-tray [OPCJE]
            signet-tray window [--page STRONA]

    Uruchomiony ponownie otwiera okno tego, który już działa.

    Opcje:
      window           Otwórz okno
      --page STRONA    ...na tej stronie: accounts, mail-server, points, settings albo first-run
      --at-login       Nie otwieraj okna, jeśli już działa
      -h, --help       Wyświetl tę pomoc
      -V, --version    Wyświetl wersję

    Bez pulpitu uruchom zamiast tego „signet agent”.
tray-misused = { $argument } jest tu nieoczekiwane. Więcej mówi: signet-tray --help
tray-no-desktop = Nie ma tu pulpitu: nie ustawiono ani DISPLAY, ani WAYLAND_DISPLAY. Aby utrzymywać logowania bez niego, uruchom: signet agent
tray-no-window = Nie można otworzyć okna
tray-needs-webview2 = Najpewniej na tym komputerze brakuje środowiska Microsoft WebView2; administrator może je zainstalować. Menu ikony i polecenie signet działają bez niego.
tray-needs-webkit = Albo brakuje biblioteki WebKitGTK 4.1 (Debian i Ubuntu: libwebkit2gtk-4.1-0), albo ekran jest nieosiągalny; dziennik mówi, co z tego. Menu ikony i polecenie signet działają bez okna.
